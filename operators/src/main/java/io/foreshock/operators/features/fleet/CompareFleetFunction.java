package io.foreshock.operators.features.fleet;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.FleetComparison;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Compares the rows that machines of one tenant and model have of one time. Keyed by {@link
 * FleetInput#key()}: a key is one such time, so state comes and goes with it.
 *
 * <p>Flink's timestamps are the ingest clock. The first row of a time waits for those of other
 * machines ({@link FleetComparison#patience}), then every machine gets its row; rows that come or
 * are corrected later wait as long, and all machines for which that changes something get theirs
 * again as a revision. A row further behind its time than {@link FleetComparison#remember} when it
 * could be known is counted and not compared; then the time is forgotten. At the end of bounded
 * input everything is given.
 *
 * <p>The rows that hold in the end are a function of the rows that hold of each machine, bit for
 * bit, as long as none comes later than that.
 *
 * <p>State: a value for each machine, one for timers; one timer.
 *
 * <p>Metrics: {@code fleetRows}, {@code fleetRowsCorrected}, {@code fleetRowsTooLate}.
 */
public final class CompareFleetFunction
    extends KeyedProcessFunction<String, FleetInput, FeatureRow> {
  private static final long serialVersionUID = 1L;

  /** Names of the states. Part of the state contract. */
  public static final String MEMBERS_STATE = "fleet-members";

  public static final String TIMER_STATE = "fleet-timer";

  /** A time is forgotten this long after the last row of it may come: clocks may be ahead. */
  private static final long SLACK_MILLIS = 3_600_000;

  private final HashMap<String, FeatureSet> sets = new HashMap<>();

  private transient MapState<String, byte[]> members;
  private transient ValueState<Long> timer;
  private transient DataOutputSerializer out;
  private transient Counter rows;
  private transient Counter corrected;
  private transient Counter tooLate;

  /**
   * @param sets feature sets; those that are not of a fleet are left out
   */
  public CompareFleetFunction(List<FeatureSet> sets) {
    sets.stream().filter(FeatureSet::isOfFleet).forEach(set -> this.sets.put(set.name(), set));
  }

  @Override
  public void open(OpenContext context) {
    members =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    MEMBERS_STATE,
                    Types.STRING,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    timer = getRuntimeContext().getState(new ValueStateDescriptor<>(TIMER_STATE, Types.LONG));
    out = new DataOutputSerializer(128);
    var metrics = getRuntimeContext().getMetricGroup();
    rows = metrics.counter("fleetRows");
    corrected = metrics.counter("fleetRowsCorrected");
    tooLate = metrics.counter("fleetRowsTooLate");
  }

  @Override
  public void processElement(FleetInput input, Context context, Collector<FeatureRow> output)
      throws Exception {
    FeatureRow row = input.row();
    FleetComparison fleet = sets.get(row.featureSet()).fleet();
    if (row.computedAtMillis() - row.eventTimeMillis() > fleet.remember().toMillis()) {
      tooLate.inc();
      return;
    }
    String asset = row.asset().assetId();
    byte[] stored = members.get(asset);
    FleetMember member = stored == null ? new FleetMember() : FleetMember.read(stored);
    member.take(row);
    members.put(asset, member.write(out));
    long due = row.computedAtMillis() + fleet.patience().toMillis();
    Long registered = timer.value();
    if (registered == null || isForgetting(registered)) {
      if (registered != null) {
        context.timerService().deleteEventTimeTimer(-registered);
      }
      context.timerService().registerEventTimeTimer(due);
      timer.update(due);
    }
  }

  /** A negative time is when all is forgotten; a positive one is when rows are given. */
  private static boolean isForgetting(long registered) {
    return registered < 0;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FeatureRow> output)
      throws Exception {
    Long registered = timer.value();
    if (registered == null || Math.abs(registered) != timestamp) {
      return;
    }
    String[] key = context.getCurrentKey().split("/", 4);
    FeatureSet set = sets.get(key[0]);
    boolean ended = context.timerService().currentWatermark() == Long.MAX_VALUE;
    long time = Long.parseLong(key[2]);
    if (set != null && !isForgetting(registered)) {
      give(set, key[1], time, timestamp, output);
    }
    if (set == null || ended || isForgetting(registered)) {
      members.clear();
      timer.clear();
      return;
    }
    long forget = Math.max(timestamp, time + set.fleet().remember().toMillis()) + SLACK_MILLIS;
    context.timerService().registerEventTimeTimer(forget);
    timer.update(-forget);
  }

  private void give(
      FeatureSet set, String tenant, long time, long nowMillis, Collector<FeatureRow> output)
      throws Exception {
    TreeMap<String, FleetMember> fleet = new TreeMap<>();
    for (Map.Entry<String, byte[]> entry : members.entries()) {
      fleet.put(entry.getKey(), FleetMember.read(entry.getValue()));
    }
    FleetStatistics statistics =
        new FleetStatistics(
            fleet.values(), set.fleet().places().size(), set.fleet().minimumPeers());
    for (Map.Entry<String, FleetMember> entry : fleet.entrySet()) {
      FleetMember member = entry.getValue();
      double[] values = statistics.row(member);
      long hash = hash(values);
      if (member.given > 0 && member.givenHash == hash) {
        continue;
      }
      boolean again = member.given > 0;
      output.collect(
          new FeatureRow(
              new AssetRef(tenant, entry.getKey(), member.assetClass),
              set.name(),
              member.setVersion,
              time,
              nowMillis,
              member.given,
              again ? FeatureRow.Kind.CORRECTED : member.kind,
              values));
      rows.inc();
      corrected.inc(again ? 1 : 0);
      member.given++;
      member.givenHash = hash;
      members.put(entry.getKey(), member.write(out));
    }
  }

  /** 64 bits: that two rows differ and are taken for the same is not to be expected. */
  private static long hash(double[] values) {
    long hash = Arrays.hashCode(values);
    for (double value : values) {
      hash = (hash ^ Double.doubleToLongBits(value)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
