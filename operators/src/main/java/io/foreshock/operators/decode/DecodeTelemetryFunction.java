package io.foreshock.operators.decode;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Raw records to checked batches. Bad bytes never fail the task: what cannot be used goes to {@link
 * #DEAD_LETTERS}, exactly one letter for each refused record or item, the same on every replay.
 *
 * <p>Event times stay in the batch; a record's Flink timestamp (its append time) is passed on.
 *
 * <p>Metrics: {@code decodedMessages}, {@code measurements}, {@code waveforms}, {@code
 * indicatorsLeftOut}, and {@code count} in group {@code deadLetters}, by {@code tenant} and {@code
 * reason}.
 */
public final class DecodeTelemetryFunction extends ProcessFunction<RawRecord, TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  /** What could not be used, and why. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private final DecodeRules rules;
  private final ChannelRegistry channels;
  private final boolean readingsWanted;

  private transient DecodeTask task;

  /**
   * @param channels known channels and their ranges; a channel that is not known passes unchecked
   */
  public DecodeTelemetryFunction(DecodeRules rules, ChannelRegistry channels) {
    this(rules, channels, true);
  }

  /**
   * @param readingsWanted whether somebody looks at the readings; false where they are passed on
   */
  public DecodeTelemetryFunction(
      DecodeRules rules, ChannelRegistry channels, boolean readingsWanted) {
    this.rules = rules;
    this.channels = channels;
    this.readingsWanted = readingsWanted;
  }

  @Override
  public void open(OpenContext context) {
    task =
        new DecodeTask(
            new TelemetryDecoder(
                rules, channels, TelemetryDecoder.Normalization.NONE, readingsWanted),
            getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<TelemetryBatch> out) {
    task.decode(record, context::output, out);
  }
}
