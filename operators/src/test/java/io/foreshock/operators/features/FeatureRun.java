package io.foreshock.operators.features;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.FaultCode;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One asset without Flink: batches in, rows out, with state written and read around each batch. */
final class FeatureRun implements SliceStore.Blocks {
  static final AssetRef PUMP = new AssetRef("acme", "pump-1", "pump");
  static final ChannelRegistry CHANNELS =
      new ChannelRegistry(
          List.of(
              new Channel("temperature_c", "°C", -100, 500, "Somewhere"),
              new Channel("motor_power_kw", "kW", -1e9, 1e9, "Power")));

  final List<FeatureRow> rows = new ArrayList<>();
  final Map<Long, byte[]> blocks = new HashMap<>();
  byte[] clock;
  AssetFeatures host;
  private long sequence;

  FeatureRun(FeatureSet set) {
    use(set);
  }

  /** Goes on with another set, as after a restart. */
  void use(FeatureSet set) {
    host = new AssetFeatures(new FeaturePlan(set));
  }

  static FeatureSet set(String yaml) {
    return new FeatureLanguage(CHANNELS).parse("test.yaml", yaml).orThrow().get(0);
  }

  /** Name of a column and its place. */
  static int column(FeatureSet set, String name) {
    for (int i = 0; i < set.columns().size(); i++) {
      if (set.columns().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name + " is not one of " + set.columns());
  }

  FeatureRun read(String channel, long millis, double value) throws Exception {
    return take(List.of(new Measurement(channel, millis, value)), List.of(), List.of(), List.of());
  }

  FeatureRun read(List<Measurement> readings) throws Exception {
    return take(readings, List.of(), List.of(), List.of());
  }

  FeatureRun take(
      List<Measurement> readings,
      List<FaultCode> codes,
      List<MaintenanceEvent> works,
      List<OperatingStateChange> states)
      throws Exception {
    return take(readings, codes, works, states, false);
  }

  /** A reading that comes beside those in order. */
  FeatureRun backfill(String channel, long millis, double value) throws Exception {
    List<Measurement> readings = List.of(new Measurement(channel, millis, value));
    return take(readings, List.of(), List.of(), List.of(), true);
  }

  private FeatureRun take(
      List<Measurement> readings,
      List<FaultCode> codes,
      List<MaintenanceEvent> works,
      List<OperatingStateChange> states,
      boolean backfill)
      throws Exception {
    TelemetryBatch batch =
        new TelemetryBatch(
            PUMP,
            "gw",
            "boot",
            sequence++,
            "",
            1_000,
            false,
            readings,
            codes,
            works,
            states,
            List.of());
    host.load(clock, this);
    host.onBatch(batch, backfill, rows::add);
    clock = host.store();
    return this;
  }

  /** Gives the corrections that are due. */
  FeatureRun correct() throws Exception {
    host.load(clock, this);
    host.correct(PUMP, 2_000, rows::add);
    clock = host.store();
    return this;
  }

  /** The rows that hold, by time. */
  Map<Long, FeatureRow> last() {
    Map<Long, FeatureRow> last = new TreeMap<>();
    rows.forEach(
        row ->
            last.merge(row.eventTimeMillis(), row, (a, b) -> a.revision() > b.revision() ? a : b));
    return last;
  }

  long stateBytes() {
    return clock.length + blocks.values().stream().mapToLong(block -> block.length).sum();
  }

  @Override
  public byte[] get(long key) {
    return blocks.get(key);
  }

  @Override
  public void put(long key, byte[] value) {
    blocks.put(key, value);
  }

  @Override
  public void remove(long key) {
    blocks.remove(key);
  }
}
