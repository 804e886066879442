package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.detect.DetectorSpec.Drift;
import io.foreshock.operators.detect.DetectorSpec.FlatLine;
import io.foreshock.operators.detect.DetectorSpec.RateOfChange;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Silence;
import io.foreshock.operators.detect.DetectorSpec.Step;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import io.foreshock.operators.detect.DetectorSpec.Trend;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;

/**
 * Prints what detectors cost: nanoseconds of the thread's processor time for each reading, which a
 * busy machine disturbs least, and bytes for each asset. Run its main class with the test class
 * path; arguments: assets (1000), batches of each asset (400).
 */
final class DetectorTiming {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int CHANNELS = 4;

  private final PrintStream out;
  private final int assets;
  private final int batches;

  private DetectorTiming(PrintStream out, int assets, int batches) {
    this.out = out;
    this.assets = assets;
    this.batches = batches;
  }

  public static void main(String[] args) throws Exception {
    int assets = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int batches = args.length > 1 ? Integer.parseInt(args[1]) : 400;
    DetectorTiming timing = new DetectorTiming(System.out, assets, batches);
    timing.eachDetector();
    timing.hosted("learned", Duration.ofHours(1));
    timing.hosted("learning", Duration.ofDays(30));
    timing.operator(DetectHarness.Backend.HASH_MAP);
    timing.operator(DetectHarness.Backend.ROCKSDB);
  }

  private static List<DetectorSpec> specs(String channel, Duration baseline) {
    return List.of(
        new Threshold(channel, Side.ABOVE, 7.1, 6.5, MINUTE, MINUTE.multipliedBy(5)),
        new Drift(channel, baseline, Side.ABOVE, 6, 3, MINUTE.multipliedBy(30), MINUTE, "c"),
        new Step(channel, baseline, 1, 12, "c"),
        new Trend(channel, Duration.ofHours(6), Side.ABOVE, 2, 6),
        new FlatLine(channel, 1e-9, Duration.ofHours(1)));
  }

  private static DetectorPlan plan(Duration baseline) {
    List<DetectorSpec> specs = new ArrayList<>();
    for (int channel = 0; channel < CHANNELS; channel++) {
      specs.addAll(specs("channel_" + channel, baseline));
    }
    return DetectHarness.plan(specs.toArray(DetectorSpec[]::new));
  }

  /** One state machine at a time, in memory. */
  private void eachDetector() {
    List<DetectorSpec> all = new ArrayList<>(specs("c", Duration.ofHours(1)));
    all.add(new RateOfChange("c", 1, MINUTE.multipliedBy(5)));
    for (DetectorSpec spec : all) {
      ReadingDetector detector = ReadingDetector.of(spec);
      double[] noise = new Random(1).doubles(4096).toArray();
      int count = 0;
      long nanos = 0;
      for (int round = 0; round < 5; round++) {
        long start = cpuNanos();
        for (int i = 0; i < 2_000_000; i++) {
          long time = (round * 2_000_000L + i) * 60_000;
          count += detector.onReading(time, noise[i & 4095]) == Detector.Outcome.NONE ? 0 : 1;
        }
        nanos = cpuNanos() - start;
      }
      out.printf(
          "%-14s %6.1f ns/reading (%d outcomes)%n",
          spec.getClass().getSimpleName(), nanos / 2e6, count);
    }
  }

  /** Five detectors on each of four channels, state decoded and encoded for each batch of four. */
  private void hosted(String name, Duration baseline) throws IOException {
    AssetPlans plans = new AssetPlans(plan(baseline));
    DetectorHost host = new DetectorHost();
    List<Signal> signals = new ArrayList<>();
    ListCollector<Signal> collector = new ListCollector<>(signals);
    byte[][] states = new byte[assets][];
    Random random = new Random(2);
    long nanos = 0;
    int measured = 0;
    for (int i = 0; i < batches; i++) {
      TelemetryBatch[] round = round(i, random);
      long start = cpuNanos();
      for (int asset = 0; asset < assets; asset++) {
        host.load(plans.of(round[asset].asset()), states[asset]);
        host.onBatch(round[asset], round[asset].asset(), collector);
        states[asset] = host.state().toBytes();
      }
      if (i >= batches / 2) {
        nanos += cpuNanos() - start;
        measured += CHANNELS * assets;
      }
    }
    out.printf(
        "%-9s 5 detectors on each of %d channels: %.0f ns/reading, %d bytes/asset (%d signals)%n",
        name, CHANNELS, (double) nanos / measured, states[0].length, signals.size());
  }

  /** The stream operator with its state backend, in the harness; with a silence. */
  private void operator(DetectHarness.Backend backend) throws Exception {
    List<DetectorPlan.Assignment> assignments =
        new ArrayList<>(plan(Duration.ofHours(1)).detectors());
    assignments.addAll(DetectHarness.plan(new Silence("", Duration.ofHours(2))).detectors());
    DetectorPlan plan = new DetectorPlan(assignments, java.util.Map.of());
    Random random = new Random(3);
    long nanos = 0;
    int measured = 0;
    try (DetectHarness harness = DetectHarness.start(backend, plan)) {
      for (int i = 0; i < batches; i++) {
        TelemetryBatch[] round = round(i, random);
        long start = cpuNanos();
        for (TelemetryBatch batch : round) {
          harness.flink.processElement(batch, batch.appendTimeMillis());
        }
        if (i >= batches / 2) {
          nanos += cpuNanos() - start;
          measured += CHANNELS * assets;
        }
        harness.watermark(i * 60_000L);
        harness.take();
      }
    }
    out.printf("%-9s operator: %.0f ns/reading%n", backend, (double) nanos / measured);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private TelemetryBatch[] round(int number, Random random) {
    TelemetryBatch[] round = new TelemetryBatch[assets];
    for (int asset = 0; asset < assets; asset++) {
      round[asset] = batch(asset, number, random);
    }
    return round;
  }

  private static TelemetryBatch batch(int asset, int number, Random random) {
    long time = number * 60_000L;
    Batches batch = Batches.of(new AssetRef("acme", "asset-" + asset, "pump"), time);
    for (int channel = 0; channel < CHANNELS; channel++) {
      batch.reading("channel_" + channel, time, random.nextGaussian());
    }
    return batch.build();
  }
}
