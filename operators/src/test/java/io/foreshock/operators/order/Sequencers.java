package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;

/** Runs a {@link Sequencer} without Flink, for messages that never have to wait. */
final class Sequencers {

  /** Refuses to keep anything. */
  static final class DirectOutlet implements Outlet {
    @Override
    public void at(long ingestMillis) {}

    final List<TelemetryBatch> emitted = new ArrayList<>();

    @Override
    public void emit(TelemetryBatch batch) {
      emitted.add(batch);
    }

    @Override
    public void late(TelemetryBatch batch) {
      throw new AssertionError("late: " + batch);
    }

    @Override
    public void keep(long key, TelemetryBatch batch) {
      throw new AssertionError("had to wait: " + batch);
    }

    @Override
    public TelemetryBatch take(long key) {
      throw new AssertionError("nothing waits");
    }

    @Override
    public void duplicate() {
      throw new AssertionError("duplicate");
    }

    @Override
    public void lost(long messages) {
      throw new AssertionError("lost");
    }

    @Override
    public void jump() {
      throw new AssertionError("jump");
    }

    @Override
    public void overflow() {
      throw new AssertionError("overflow");
    }
  }

  private Sequencers() {}

  static List<TelemetryBatch> accept(AssetCursors asset, TelemetryBatch batch) {
    DirectOutlet outlet = new DirectOutlet();
    String name = batch.deviceId().equals(batch.asset().assetId()) ? "" : batch.deviceId();
    DeviceCursor device = asset.find(name);
    if (device == null) {
      device = new DeviceCursor(name);
      asset.devices.add(device);
    }
    device.lastSeenMillis = batch.appendTimeMillis();
    OrderRules rules = OrderRules.DEFAULT;
    new Sequencer(rules, outlet, new InOrder(rules, outlet)).accept(asset, device, batch);
    return outlet.emitted;
  }
}
