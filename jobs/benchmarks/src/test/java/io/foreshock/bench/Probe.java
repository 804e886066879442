package io.foreshock.bench;

import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Stands at the end of a job: counts or keeps matches, and tells the run how far time has come. */
final class Probe<T> extends AbstractStreamOperator<Boolean>
    implements OneInputStreamOperator<T, Boolean> {
  private static final long serialVersionUID = 1L;

  /** What makes two matches the same. */
  interface Identity<T> extends Serializable {
    String of(T match);
  }

  private final long number;
  private final Identity<T> identity;
  private transient Run run;

  Probe(Run run, Identity<T> identity) {
    number = run.number;
    this.identity = identity;
  }

  @Override
  public void open() throws Exception {
    super.open();
    run = Run.of(number);
  }

  @Override
  public void processElement(StreamRecord<T> match) {
    run.matchCount.increment();
    if (run.collects()) {
      run.matched(identity.of(match.getValue()));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    run.seen(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), mark.getTimestamp());
  }
}
