package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Drift;
import io.foreshock.operators.detect.DetectorSpec.FlatLine;
import io.foreshock.operators.detect.DetectorSpec.RateOfChange;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Silence;
import io.foreshock.operators.detect.DetectorSpec.Step;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import io.foreshock.operators.detect.DetectorSpec.Trend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A detector whose state is written and read back at random moments, into an object that served
 * somebody else before, says the same as one that was left alone.
 */
class DetectorRestartTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration HOLD = Duration.ofMinutes(3);

  static Stream<DetectorSpec> specs() {
    return Stream.of(
        new Threshold("t", Side.ABOVE, 1.5, 1, HOLD, Duration.ZERO),
        new Threshold("t", Side.BELOW, -0.5, 0, HOLD, Duration.ofMinutes(10)),
        new Drift("t", HOUR, Side.ABOVE, 3, 1, Duration.ofMinutes(5), HOLD, ""),
        new Drift("t", HOUR.multipliedBy(3), Side.BELOW, 3, 1, Duration.ZERO, Duration.ZERO, ""),
        new Step("t", HOUR, 1, 4, ""),
        new Trend("t", Duration.ofMinutes(20), Side.ABOVE, 3, 2),
        new RateOfChange("t", 0.02, Duration.ofMinutes(3)),
        new FlatLine("t", 0.2, Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void saysTheSameAsOneThatWasNeverWritten(DetectorSpec spec) throws IOException {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int seed = 0; seed < 40; seed++) {
      List<String> alone = new ArrayList<>();
      List<String> restarted = new ArrayList<>();
      run(spec, seed, false, alone, seen);
      run(spec, seed, true, restarted, seen);
      assertThat(restarted).as("%s, seed %s", spec, seed).isEqualTo(alone);
    }
    // Otherwise the test proves nothing.
    assertThat(seen).containsExactlyInAnyOrder(Outcome.values());
  }

  private static void run(
      DetectorSpec spec, int seed, boolean restarts, List<String> said, Set<Outcome> seen)
      throws IOException {
    Random random = new Random(seed);
    Random when = new Random(seed + 1_000_000);
    ReadingDetector detector = ReadingDetector.of(spec);
    ReadingDetector other = ReadingDetector.of(spec);
    long time = 1_700_000_000_000L;
    double level = 0;
    boolean stuck = false;
    for (int i = 0; i < 1500; i++) {
      time += random.nextInt(50) == 0 ? random.nextInt(3_600_000) : random.nextInt(120_000) - 500;
      if (random.nextInt(60) == 0) {
        level = random.nextInt(3) - 1;
        stuck = random.nextInt(4) == 0;
      }
      double value =
          random.nextInt(100) == 0
              ? 50 * random.nextGaussian()
              : level + (stuck ? 0 : 0.5 * random.nextGaussian());
      if (random.nextInt(500) == 0) {
        note(detector.relearn(), time, detector, said, seen);
      }
      note(detector.onReading(time, value), time, detector, said, seen);
      if (restarts && when.nextInt(5) == 0) {
        // Somebody else's state first: nothing of it may survive.
        other.onReading(time + 77, 1e9);
        DataOutputSerializer out = new DataOutputSerializer(64);
        detector.write(out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        other.read(detector.version(), in);
        assertThat(in.available()).isZero();
        ReadingDetector swap = detector;
        detector = other;
        other = swap;
      }
    }
  }

  private static void note(
      Outcome outcome, long time, Detector detector, List<String> said, Set<Outcome> seen) {
    seen.add(outcome);
    if (outcome != Outcome.NONE) {
      said.add(time + " " + outcome + " " + detector.score() + " " + detector.limit());
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aResetDetectorIsANewOne(DetectorSpec spec) throws IOException {
    ReadingDetector used = ReadingDetector.of(spec);
    for (int i = 0; i < 500; i++) {
      used.onReading(i * 60_000L, new Random(i).nextGaussian());
    }
    used.reset();

    assertThat(bytes(used)).isEqualTo(bytes(ReadingDetector.of(spec)));
  }

  @org.junit.jupiter.api.Test
  void silenceSurvivesToo() throws IOException {
    Silence spec = new Silence("t", Duration.ofSeconds(10));
    SilenceDetector detector = new SilenceDetector(spec);
    detector.arm(1000);
    detector.onIngestTime(11_000);
    SilenceDetector other = new SilenceDetector(spec);
    other.read(1, new DataInputDeserializer(bytes(detector)));

    assertThat(other.active()).isTrue();
    assertThat(other.onSeen(21_000)).isEqualTo(Outcome.CLEARED);
    assertThat(other.score()).isEqualTo(20);
  }

  private static byte[] bytes(Detector detector) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    detector.write(out);
    return out.getCopyOfBuffer();
  }
}
