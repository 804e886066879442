package io.foreshock.operators.features;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Computes feature rows of each asset and feature set. Keyed by {@link FeatureInput#key()}.
 *
 * <p>Event time of readings drives everything; see {@code AssetFeatures}. Flink's timestamps are
 * the ingest clock: corrections that no later reading asked for are given {@link #CORRECT_AFTER}
 * after the batch that made them due, and an asset without a batch for {@code forgetAfter} is
 * forgotten. At the end of a bounded input all corrections are given.
 *
 * <p>The rows that hold in the end are a function of the set of readings, as long as none comes
 * later than the set's corrections: neither order nor parallelism nor restarts matter.
 *
 * <p>State: one value for clock and open slice, read and written once for each batch; closed slices
 * in blocks, read when a row is due. One timer.
 *
 * <p>Metrics: {@code readings}, {@code readingsUnusable} (not finite, or beyond 1e150), {@code
 * readingsTooLate}, {@code rows}, {@code rowsCorrected}, {@code assetsForgotten}.
 */
public final class ComputeFeaturesFunction
    extends KeyedProcessFunction<String, FeatureInput, FeatureRow> {
  private static final long serialVersionUID = 1L;

  /** Names of the states. Part of the state contract. */
  public static final String CLOCK_STATE = "feature-clock";

  public static final String SLICES_STATE = "feature-slices";

  /** Ingest time that corrections wait for more of the same. */
  public static final Duration CORRECT_AFTER = Duration.ofMinutes(1);

  /** How long an asset is remembered by default. */
  public static final Duration DEFAULT_FORGET_AFTER = Duration.ofDays(90);

  private final ArrayList<FeatureSet> sets;
  private final long forgetAfterMillis;

  private transient Map<String, AssetFeatures> hosts;
  private transient ValueState<byte[]> clock;
  private transient MapState<Long, byte[]> slices;
  private transient Blocks blocks;
  private transient Counter readings;
  private transient Counter unusable;
  private transient Counter tooLate;
  private transient Counter rows;
  private transient Counter corrected;
  private transient Counter forgotten;

  /**
   * @param forgetAfter ingest time without a batch after which an asset is forgotten
   */
  public ComputeFeaturesFunction(List<FeatureSet> sets, Duration forgetAfter) {
    this.sets = new ArrayList<>(sets);
    this.sets.removeIf(FeatureSet::isOfFleet);
    this.forgetAfterMillis = forgetAfter.toMillis();
    this.sets.forEach(FeaturePlan::new);
  }

  @Override
  public void open(OpenContext context) {
    hosts = new HashMap<>();
    sets.forEach(set -> hosts.put(set.name(), new AssetFeatures(new FeaturePlan(set))));
    clock =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    CLOCK_STATE, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    slices =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    SLICES_STATE,
                    Types.LONG,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    blocks = new Blocks(slices);
    var metrics = getRuntimeContext().getMetricGroup();
    readings = metrics.counter("readings");
    unusable = metrics.counter("readingsUnusable");
    tooLate = metrics.counter("readingsTooLate");
    rows = metrics.counter("rows");
    corrected = metrics.counter("rowsCorrected");
    forgotten = metrics.counter("assetsForgotten");
  }

  private record Blocks(MapState<Long, byte[]> slices) implements SliceStore.Blocks {
    @Override
    public byte[] get(long key) throws Exception {
      return slices.get(key);
    }

    @Override
    public void put(long key, byte[] value) throws Exception {
      slices.put(key, value);
    }

    @Override
    public void remove(long key) throws Exception {
      slices.remove(key);
    }
  }

  @Override
  public void processElement(FeatureInput input, Context context, Collector<FeatureRow> out)
      throws Exception {
    AssetFeatures host = hosts.get(input.set());
    host.load(clock.value(), blocks);
    host.onBatch(input.batch(), input.backfill(), row -> give(row, out));
    long due = dueMillis(host);
    if (due < host.timerMillis) {
      if (host.timerMillis != AssetFeatures.NO_TIMER) {
        context.timerService().deleteEventTimeTimer(host.timerMillis);
      }
      context.timerService().registerEventTimeTimer(due);
      host.timerMillis = due;
    }
    clock.update(host.store());
    count(host);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FeatureRow> out)
      throws Exception {
    String key = context.getCurrentKey();
    int slash = key.indexOf('/');
    int second = key.indexOf('/', slash + 1);
    AssetFeatures host = hosts.get(key.substring(0, slash));
    byte[] stored = clock.value();
    if (stored == null) {
      return;
    }
    if (host == null) {
      // The set is no longer computed.
      forget();
      return;
    }
    host.load(stored, blocks);
    if (host.timerMillis != timestamp) {
      return;
    }
    AssetRef asset =
        new AssetRef(
            key.substring(slash + 1, second), key.substring(second + 1), host.assetClass());
    if (host.owesCorrections()) {
      host.correct(asset, timestamp, row -> give(row, out));
    }
    TimerService timers = context.timerService();
    boolean ended = timers.currentWatermark() == Long.MAX_VALUE;
    if (!ended && host.lastAppendMillis + forgetAfterMillis <= timestamp) {
      forget();
      return;
    }
    host.timerMillis = ended ? AssetFeatures.NO_TIMER : dueMillis(host);
    if (!ended) {
      timers.registerEventTimeTimer(host.timerMillis);
    }
    clock.update(host.store());
  }

  private void forget() {
    clock.clear();
    slices.clear();
    forgotten.inc();
  }

  private long dueMillis(AssetFeatures host) {
    return host.lastAppendMillis
        + (host.owesCorrections() ? CORRECT_AFTER.toMillis() : forgetAfterMillis);
  }

  private void give(FeatureRow row, Collector<FeatureRow> out) {
    rows.inc();
    corrected.inc(row.kind() == FeatureRow.Kind.CORRECTED ? 1 : 0);
    out.collect(row);
  }

  private void count(AssetFeatures host) {
    readings.inc(host.used);
    unusable.inc(host.unusable);
    tooLate.inc(host.tooLate);
    host.used = 0;
    host.unusable = 0;
    host.tooLate = 0;
  }
}
