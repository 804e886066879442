package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Batches.OTHER_PUMP;
import static io.foreshock.operators.detect.Batches.PUMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.DetectHarness.Backend;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Silence;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times are milliseconds of ingest time; event times lie five milliseconds before. */
class DetectSilenceTest {
  private static final Silence ASSET = new Silence("", Duration.ofMillis(100));
  private static final Silence CHANNEL = new Silence("t", Duration.ofMillis(100));
  private static final Threshold ANY =
      new Threshold("t", Side.ABOVE, 1e6, 1e6, Duration.ZERO, Duration.ZERO);

  private static Batches reading(long ingestMillis) {
    return Batches.of(PUMP, ingestMillis).reading("t", ingestMillis - 5, 7);
  }

  @ParameterizedTest
  @EnumSource
  void beginsWhenTheDurationHasPassedAndEndsWithTheNextBatch(Backend backend) throws Exception {
    try (DetectHarness harness = DetectHarness.start(backend, DetectHarness.plan(ASSET))) {
      harness.send(reading(1000));
      harness.watermark(1050);
      harness.send(reading(1060));
      harness.watermark(1159);
      assertThat(harness.take()).isEmpty();

      harness.watermark(1160);
      assertThat(harness.take())
          .containsExactly(
              Signal.symptom(PUMP, true, ASSET.id(), "", 1160, Double.NaN, 0.1, 0.1, false));

      harness.watermark(2000);
      assertThat(harness.take()).isEmpty();

      harness.send(reading(2060));
      assertThat(harness.take())
          .containsExactly(
              Signal.symptom(PUMP, false, ASSET.id(), "", 2055, Double.NaN, 0.1, 1.0, false));
      harness.watermark(2160);
      assertThat(harness.take()).extracting(Signal::kind).containsExactly(SignalKind.SYMPTOM);
    }
  }

  @Test
  void keepsOneTimerForEachAssetHoweverManyBatches() throws Exception {
    try (DetectHarness harness =
        DetectHarness.start(Backend.HASH_MAP, DetectHarness.plan(ASSET, CHANNEL, ANY))) {
      for (int i = 0; i < 50; i++) {
        harness.send(reading(1000 + i * 30));
        harness.send(Batches.of(OTHER_PUMP, 1000 + i * 30).reading("t", 1000 + i * 30, 1));
        harness.watermark(1000 + i * 30);
        assertThat(harness.timers()).isEqualTo(2);
      }
      assertThat(harness.take()).isEmpty();
    }
  }

  @Test
  void aChannelIsMissedFromTheFirstBatchOfAnyKind() throws Exception {
    try (DetectHarness harness =
        DetectHarness.start(Backend.HASH_MAP, DetectHarness.plan(ASSET, CHANNEL))) {
      harness.send(Batches.of(PUMP, 1000));
      harness.send(Batches.of(PUMP, 1080).fault("P1", 1079));
      harness.watermark(1100);

      assertThat(harness.take())
          .extracting(Signal::name, Signal::eventTimeMillis)
          .containsExactly(tuple("P1", 1079L), tuple(CHANNEL.id(), 1100L));

      // Another channel does not end it; its own does, with the value that came.
      harness.send(Batches.of(PUMP, 1110).reading("other", 1109, 1));
      assertThat(harness.take()).isEmpty();
      harness.send(reading(1120));
      assertThat(harness.take())
          .containsExactly(
              Signal.symptom(PUMP, false, CHANNEL.id(), "t", 1115, 7, 0.1, 0.12, false));
    }
  }

  @Test
  void aHeartbeatIsASignOfLifeOfTheAsset() throws Exception {
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, DetectHarness.plan(ASSET))) {
      harness.send(reading(1000));
      harness.send(Batches.of(PUMP, 1090));
      harness.watermark(1180);
      assertThat(harness.take()).isEmpty();
      harness.watermark(1190);
      assertThat(harness.take()).hasSize(1);
      harness.send(Batches.of(PUMP, 1300));
      assertThat(harness.take())
          .extracting(Signal::kind, Signal::eventTimeMillis)
          .containsExactly(tuple(SignalKind.SYMPTOM_CLEARED, 1300L));
    }
  }

  @Test
  void anUploadOfOldReadingsDoesNotEndASilenceBeforeItBegan() throws Exception {
    DetectorPlan plan =
        new DetectorPlan(
            DetectHarness.plan(CHANNEL).detectors(),
            java.util.Map.of("t", List.of(AssetScope.EVERY_ASSET)));
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, plan)) {
      harness.send(reading(1000));
      harness.watermark(1500);
      harness.take();
      harness.send(
          Batches.of(PUMP, 1600).reading("t", 1010, 1).reading("t", 1099, 2).reading("t", 1200, 3));

      assertThat(harness.take())
          .extracting(Signal::kind, Signal::eventTimeMillis)
          .containsExactly(
              tuple(SignalKind.READING, 1010L),
              tuple(SignalKind.READING, 1099L),
              tuple(SignalKind.SYMPTOM_CLEARED, 1101L),
              tuple(SignalKind.READING, 1200L));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOutageOfTheJobIsNoSilence(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (DetectHarness harness = DetectHarness.start(backend, DetectHarness.plan(ASSET))) {
      harness.send(reading(1000));
      harness.watermark(1000);
      snapshot = harness.snapshot();
    }
    // Hours later by the wall clock; the backlog comes with the times at which it was appended.
    try (DetectHarness harness =
        DetectHarness.restore(backend, DetectHarness.plan(ASSET), snapshot)) {
      harness.flink.setProcessingTime(10_000_000);
      for (int i = 1; i <= 100; i++) {
        harness.send(reading(1000 + 60 * i));
        harness.watermark(1000 + 60 * i);
      }
      assertThat(harness.take()).isEmpty();
      assertThat(harness.timers()).isEqualTo(1);

      // And a silence that is one is still found.
      harness.watermark(7100);
      assertThat(harness.take()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfABoundedInputIsNoSilence(Backend backend) throws Exception {
    OperatorSubtaskState drained;
    try (DetectHarness harness = DetectHarness.start(backend, DetectHarness.plan(ASSET))) {
      harness.send(reading(1000));
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.take()).isEmpty();
      drained = harness.snapshot();
    }
    // A job that was drained and goes on later misses the asset again.
    try (DetectHarness harness =
        DetectHarness.restore(backend, DetectHarness.plan(ASSET), drained)) {
      harness.send(reading(1050));
      harness.watermark(1150);
      assertThat(harness.take()).extracting(Signal::kind).containsExactly(SignalKind.SYMPTOM);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAssetThatIsGoneIsForgotten(Backend backend) throws Exception {
    Duration after = Duration.ofMillis(1000);
    try (DetectHarness harness =
        DetectHarness.forgetting(backend, DetectHarness.plan(ASSET, CHANNEL, ANY), after)) {
      harness.send(reading(1000));
      harness.send(reading(1060));
      harness.watermark(2059);
      assertThat(harness.take()).extracting(Signal::kind).containsOnly(SignalKind.SYMPTOM);
      assertThat(harness.states()).isEqualTo(1);
      assertThat(harness.timers()).isEqualTo(1);

      harness.watermark(2060);
      assertThat(harness.take()).isEmpty();
      assertThat(harness.states()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void anAssetWithoutSilencesIsForgottenToo() throws Exception {
    try (DetectHarness harness =
        DetectHarness.forgetting(
            Backend.HASH_MAP, DetectHarness.plan(ANY), Duration.ofMillis(1000))) {
      harness.send(reading(1000));
      assertThat(harness.timers()).isEqualTo(1);
      harness.watermark(2000);
      assertThat(harness.states()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void aShorterSilenceInANewPlanReplacesTheTimer() throws Exception {
    OperatorSubtaskState snapshot;
    try (DetectHarness harness = DetectHarness.start(Backend.HASH_MAP, DetectHarness.plan(ASSET))) {
      harness.send(reading(1000));
      snapshot = harness.snapshot();
    }
    Silence shorter = new Silence("t", Duration.ofMillis(20));
    try (DetectHarness harness =
        DetectHarness.restore(Backend.HASH_MAP, DetectHarness.plan(ASSET, shorter), snapshot)) {
      harness.send(reading(1010));
      assertThat(harness.timers()).isEqualTo(1);
      harness.watermark(1030);
      assertThat(harness.take()).extracting(Signal::name).containsExactly(shorter.id());
      harness.watermark(1110);
      assertThat(harness.take()).extracting(Signal::name).containsExactly(ASSET.id());
    }
  }

  @Test
  void signalsDoNotDependOnHowOftenWatermarksAreSent() throws Exception {
    DetectorPlan plan =
        DetectHarness.plan(
            ASSET,
            CHANNEL,
            new Silence("u", Duration.ofMillis(70)),
            new Threshold("t", Side.ABOVE, 5, 4, Duration.ofMillis(100), Duration.ZERO));
    for (int seed = 0; seed < 20; seed++) {
      List<Signal> always = run(plan, seed, 1);
      assertThat(always).extracting(Signal::kind).contains(SignalKind.SYMPTOM_CLEARED);
      assertThat(run(plan, seed, 4)).as("seed %s", seed).isEqualTo(always);
      assertThat(run(plan, seed, 1_000_000)).as("seed %s", seed).isEqualTo(always);
    }
  }

  /** One asset; a watermark after every n-th batch, at its append time less one. */
  private static List<Signal> run(DetectorPlan plan, int seed, int everyNth) throws Exception {
    Random random = new Random(seed);
    try (DetectHarness harness =
        DetectHarness.forgetting(Backend.HASH_MAP, plan, Duration.ofMillis(400))) {
      long ingest = 1000;
      for (int i = 0; i < 200; i++) {
        ingest += random.nextInt(20) == 0 ? random.nextInt(1000) : random.nextInt(60);
        Batches batch = Batches.of(PUMP, ingest);
        if (random.nextInt(3) > 0) {
          batch.reading("t", ingest - random.nextInt(100), 10 * random.nextDouble());
        }
        if (random.nextInt(3) == 0) {
          batch.reading("u", ingest - 300, 1);
        }
        if (i % everyNth == 0) {
          harness.watermark(ingest - 1);
        }
        harness.send(random.nextInt(5) == 0 ? batch.backlog() : batch);
      }
      harness.watermark(ingest + 60);
      return harness.take();
    }
  }
}
