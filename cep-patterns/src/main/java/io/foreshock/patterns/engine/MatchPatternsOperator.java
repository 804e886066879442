package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.PatternSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs {@link MatchPatternsFunction} and keeps the values of the assets heard of last in memory.
 * They are written to Flink's state before each checkpoint, for which the key must be set, which a
 * function cannot do. State and results are the same without it.
 */
public final class MatchPatternsOperator extends KeyedProcessOperator<String, Signal, Detection> {
  private static final long serialVersionUID = 1L;

  private final MatchPatternsFunction function;

  /** The record that the key was to be set for is not to be processed. */
  private transient boolean ofNoUse;

  public MatchPatternsOperator(MatchPatternsFunction function) {
    super(function);
    this.function = function;
  }

  /** Matches the patterns against the signals of each asset; the caller gives uid and name. */
  public static SingleOutputStreamOperator<Detection> match(
      KeyedStream<Signal, String> signals,
      PatternSet patterns,
      EngineRules rules,
      NearMissRules nearMisses) {
    return signals.transform(
        "match-patterns",
        TypeInformation.of(Detection.class),
        new MatchPatternsOperator(new MatchPatternsFunction(patterns, rules, nearMisses)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    // On a bounded stream that is sorted by key a key that was left must not come back.
    if (!getKeyedStateBackend().getBackendTypeIdentifier().equals("batch")) {
      function.matching().remember(this::setCurrentKey);
    }
  }

  /**
   * To select the key, hash it and write it for the state takes as long as all else that is done
   * for a signal of no use. So the patterns are asked first.
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public void setKeyContextElement1(StreamRecord record) throws Exception {
    ofNoUse = !function.matching().concerns((Signal) record.getValue());
    if (!ofNoUse) {
      function.matching().ingestTime(record);
      if (function.matching().knowsKeysByItself()) {
        KeySelector<Signal, String> selector = (KeySelector<Signal, String>) getStateKeySelector1();
        function.matching().keyLater(selector.getKey((Signal) record.getValue()));
      } else {
        super.setKeyContextElement1(record);
      }
    }
  }

  @Override
  public void processElement(StreamRecord<Signal> signal) throws Exception {
    if (!ofNoUse) {
      super.processElement(signal);
    }
    ofNoUse = false;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    flush();
    super.snapshotState(context);
  }

  /** Brings Flink's state up to date with what is in memory. */
  void flush() throws Exception {
    Object key = getCurrentKey();
    function.matching().flush();
    if (key != null) {
      setCurrentKey(key);
    }
  }
}
