package io.foreshock.patterns.live;

import io.foreshock.model.Detection;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.MatchPatternsOperator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** As {@link MatchPatternsOperator}, for {@link MatchLivePatternsFunction}. */
public final class MatchLivePatternsOperator
    extends CoBroadcastWithKeyedOperator<String, Signal, PatternRecord, Detection> {
  private static final long serialVersionUID = 1L;

  private final MatchLivePatternsFunction function;
  private transient InternalTimerService<VoidNamespace> time;

  /** The record that the key was to be set for is not to be processed. */
  private transient boolean ofNoUse;

  MatchLivePatternsOperator(MatchLivePatternsFunction function) {
    super(function, List.of(PatternRegistry.STATE));
    this.function = function;
  }

  /**
   * Matches patterns that change while the job runs; the caller gives uid and name.
   *
   * @param changes accepted changes, of which each task gets all
   */
  public static SingleOutputStreamOperator<Detection> match(
      KeyedStream<Signal, String> signals, DataStream<PatternRecord> changes, LiveRules rules) {
    return signals
        .connect(changes.broadcast())
        .transform(
            "match-live-patterns",
            TypeInformation.of(Detection.class),
            new MatchLivePatternsOperator(new MatchLivePatternsFunction(rules)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    // The one that Flink's operator uses.
    time = getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
    if (!getKeyedStateBackend().getBackendTypeIdentifier().equals("batch")) {
      function.matching().remember(this::setCurrentKey);
    }
  }

  /** As {@link MatchPatternsOperator#setKeyContextElement1}. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public void setKeyContextElement1(StreamRecord record) throws Exception {
    ofNoUse = !function.concerns((Signal) record.getValue(), time.currentWatermark());
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
  public void processElement1(StreamRecord<Signal> signal) throws Exception {
    if (!ofNoUse) {
      super.processElement1(signal);
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
