package io.foreshock.backtest.data.gearbox;

import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.model.RawRecord;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks of both files as the waveforms that the measuring points of two machines would send. */
final class GearboxRecording implements Recording {
  static final String TENANT = "gearbox";
  static final String WAVEFORM = "gearbox_gfd_wave";

  /** Not stated by the set; see waveforms.yaml. Only ratios to the shaft's frequency count. */
  static final double SAMPLING_RATE_HZ = 12_800;

  private static final String ASSET_CLASS = "gearbox-rig";
  private static final String COMPONENT = "gear";

  private final GearboxPlan plan;

  GearboxRecording(GearboxPlan plan) {
    this.plan = plan;
  }

  @Override
  public List<String> describe() {
    return List.of(
        "%,d samples of %d sensors healthy, %,d with a broken tooth; blocks of %,d samples, overlapping by half"
            .formatted(
                plan.healthy().sensors()[0].length,
                Vibration.SENSORS.size(),
                plan.broken().sensors()[0].length,
                Vibration.BLOCK),
        "Calibration: the first %d blocks of the healthy file. Judged: its other %d, and all %d of the broken one."
            .formatted(
                plan.calibration(),
                plan.healthy().blocks() - plan.calibration() - 1,
                plan.broken().blocks()));
  }

  @Override
  public String referenceSet() {
    return PatternCatalogue.GEARBOX;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    long written = 0;
    for (GearboxPlan.Block block : plan.blocks()) {
      for (int sensor = 0; sensor < Vibration.SENSORS.size(); sensor++) {
        target.write(record(block, sensor, written++));
      }
    }
    return written;
  }

  private static RawRecord record(GearboxPlan.Block block, int sensor, long offset) {
    String asset = GearboxPlan.point(block.machine(), sensor);
    Waveform.Builder waveform =
        Waveform.newBuilder()
            .setChannel(WAVEFORM)
            .setEventTimeEpochMillis(block.millis())
            .setSamplingRateHz(SAMPLING_RATE_HZ);
    for (float sample : block.source().block(sensor, block.sourceIndex())) {
      waveform.addSamples(sample);
    }
    TelemetryMessage message =
        TelemetryMessage.newBuilder()
            .setDeviceId(asset)
            .setAssetClass(ASSET_CLASS)
            .setBootId("recording")
            .setSequence(block.index())
            .addWaveforms(waveform)
            .build();
    return new RawRecord(
        TENANT,
        TENANT + ".telemetry.raw",
        0,
        offset,
        block.millis() + 1_000,
        asset.getBytes(StandardCharsets.UTF_8),
        message.toByteArray());
  }

  /**
   * The tooth is broken from the first block on, so an alarm at any time until the end is right.
   */
  @Override
  public Truth truth() {
    List<GearboxPlan.Block> blocks = plan.blocks();
    long end = blocks.get(blocks.size() - 1).millis() + 1;
    List<String> assets = new ArrayList<>();
    List<ComponentEvent> failures = new ArrayList<>();
    for (int sensor = 0; sensor < Vibration.SENSORS.size(); sensor++) {
      assets.add(GearboxPlan.point(GearboxPlan.HEALTHY, sensor));
      String broken = GearboxPlan.point(GearboxPlan.BROKEN, sensor);
      assets.add(broken);
      failures.add(new ComponentEvent(broken, COMPONENT, end));
    }
    return new Truth(
        failures,
        List.of(),
        List.of(),
        Observation.ofEvents(assets, GearboxPlan.FIRST_MILLIS, end, failures));
  }

  @Override
  public Optional<Figures> figures(RunOutcome outcome) {
    Indicators indicators = Indicators.of(this, plan, channels());
    return Optional.of(GearboxFigures.of(indicators, plan, outcome.detections().list()));
  }
}
