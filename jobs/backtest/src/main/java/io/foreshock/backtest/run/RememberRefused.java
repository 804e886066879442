package io.foreshock.backtest.run;

import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Keeps the first of what was refused, to be shown at the end. */
final class RememberRefused extends RichMapFunction<String, String> {
  static final String NAME = "remember-refused";

  private static final long serialVersionUID = 1L;
  private static final int MOST = 20;

  private transient ListAccumulator<String> refused;

  @Override
  public void open(OpenContext context) {
    refused = new ListAccumulator<>();
    getRuntimeContext().addAccumulator(NAME, refused);
  }

  @Override
  public String map(String text) {
    if (refused.getLocalValue().size() < MOST) {
      refused.add(text);
    }
    return text;
  }
}
