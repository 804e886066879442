package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Statistic;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which readings make a vector, and that a detector goes on where its state was written. */
class VectorDetectorTest {

  static Stream<DetectorSpec> specs() {
    return Stream.of(
        Vectors.health(Statistic.MAHALANOBIS, 5),
        Vectors.health(Statistic.T2, 15),
        Vectors.health(Statistic.Q, 1),
        Vectors.following(Duration.ofSeconds(5), Duration.ofSeconds(60)),
        Vectors.changes(5));
  }

  private static VectorDetector detector(DetectorSpec spec) {
    return (VectorDetector) Detector.of(spec);
  }

  private static byte[] bytes(Detector detector) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    detector.write(out);
    return out.getCopyOfBuffer();
  }

  private static void copy(Detector from, Detector to) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes(from));
    to.read(from.version(), in);
    assertThat(in.available()).isZero();
  }

  @Test
  void aVectorIsJudgedWhenItIsComplete() throws IOException {
    VectorDetector detector = detector(Vectors.health(Statistic.MAHALANOBIS, 5));
    Vectors.giveNormal(detector, new Random(1), 0, 300);

    assertThat(detector.onReading(0, 300_000, 55)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(1, 300_000, 17)).isEqualTo(Outcome.ONSET);
  }

  @Test
  void aChannelThatIsMissingStandsInWithItsLastValueForTheGap() {
    VectorDetector detector = detector(Vectors.following(Duration.ZERO, Duration.ofSeconds(60)));
    Vectors.giveNormal(detector, new Random(1), 0, 400);
    List<Long> onsets = new ArrayList<>();
    for (int second = 400; second < 420; second++) {
      if (detector.onReading(0, second * 1000L, 500) == Outcome.ONSET) {
        onsets.add((long) second);
      }
    }

    // Beyond from 400 on, known a reading later, held for 3 s; the last value is good for 5 s.
    assertThat(onsets).containsExactly(404L);
  }

  @Test
  void tellsTheValueThatWasJudgedAndNotTheOneThatMadeTheVectorKnown() {
    VectorDetector detector = detector(Vectors.following(Duration.ZERO, Duration.ofSeconds(60)));
    Vectors.giveNormal(detector, new Random(1), 0, 400);
    int second = 400;
    while (detector.onReading(0, second * 1000L, 500 + second) == Outcome.NONE) {
      second++;
    }

    assertThat(detector.leading()).isZero();
    assertThat(detector.leadingValue()).isEqualTo(500 + second - 1);
  }

  @Test
  void withoutAGapIncompleteVectorsAreLeftOut() throws IOException {
    VectorDetector detector = detector(Vectors.health(Statistic.MAHALANOBIS, 5));
    Vectors.giveNormal(detector, new Random(1), 0, 300);
    for (int second = 300; second < 600; second++) {
      assertThat(detector.onReading(0, second * 1000L, 5000)).isEqualTo(Outcome.NONE);
    }
    assertThat(Vectors.give(detector, 600, 55, 17)).isEqualTo(Outcome.ONSET);
  }

  @Test
  void ignoresWhatIsNoNumberAndWhatIsNotNewer() throws IOException {
    VectorDetector detector = detector(Vectors.health(Statistic.MAHALANOBIS, 5));
    Vectors.giveNormal(detector, new Random(1), 0, 300);
    byte[] before = bytes(detector);
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
      assertThat(detector.onReading(0, 301_000, value)).isEqualTo(Outcome.NONE);
    }
    detector.onReading(0, 299_000, 999);
    detector.onReading(1, 10_000, 999);

    assertThat(bytes(detector)).isEqualTo(before);
  }

  @Test
  void sixteenChannelsFitIntoOneState() throws IOException {
    List<String> names = Stream.iterate(0, i -> i + 1).limit(16).map(i -> "c" + i).toList();
    VectorDetector detector =
        detector(
            new DetectorSpec.ChangePoint(
                names,
                Duration.ofSeconds(100),
                5,
                Duration.ofSeconds(4),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15),
                Duration.ZERO,
                ""));
    Random random = new Random(3);
    int largest = 0;
    for (int second = 0; second < 300; second++) {
      Vectors.give(detector, second, random.doubles(16).toArray());
      largest = Math.max(largest, bytes(detector).length);
    }

    assertThat(largest).isBetween(1000, 4000);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void saysTheSameAsOneThatWasNeverWritten(DetectorSpec spec) throws IOException {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int seed = 0; seed < 20; seed++) {
      List<String> alone = run(spec, seed, false, seen);
      assertThat(run(spec, seed, true, seen)).as("%s, seed %s", spec, seed).isEqualTo(alone);
    }
    assertThat(seen).containsExactlyInAnyOrder(Outcome.values());
  }

  private static List<String> run(DetectorSpec spec, int seed, boolean restarts, Set<Outcome> seen)
      throws IOException {
    Random random = new Random(seed);
    Random when = new Random(seed + 1_000_000);
    VectorDetector detector = detector(spec);
    VectorDetector other = detector(spec);
    List<String> said = new ArrayList<>();
    long time = 1_700_000_000_000L;
    double level = 0;
    for (int i = 0; i < 1200; i++) {
      time += random.nextInt(60) == 0 ? random.nextInt(200_000) : 500 + random.nextInt(1000);
      if (random.nextInt(80) == 0) {
        level = 15 * (random.nextInt(3) - 1);
      }
      double[] vector = Vectors.normal(random);
      vector[0] += level;
      if (random.nextInt(900) == 0) {
        note(detector.relearn(), time, detector, said, seen);
      }
      for (int channel = 0; channel < 2; channel++) {
        if (random.nextInt(20) > 0) {
          note(detector.onReading(channel, time, vector[channel]), time, detector, said, seen);
        }
        if (restarts && when.nextInt(5) == 0) {
          Vectors.give(other, 7, 1, 1);
          copy(detector, other);
          VectorDetector swap = detector;
          detector = other;
          other = swap;
        }
      }
    }
    return said;
  }

  private static void note(
      Outcome outcome, long time, VectorDetector detector, List<String> said, Set<Outcome> seen) {
    seen.add(outcome);
    if (outcome != Outcome.NONE) {
      said.add(
          time
              + " "
              + outcome
              + " "
              + detector.score()
              + " "
              + detector.limit()
              + " "
              + detector.leading());
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aResetDetectorIsANewOne(DetectorSpec spec) throws IOException {
    VectorDetector used = detector(spec);
    Vectors.giveNormal(used, new Random(5), 0, 500);
    used.reset();

    assertThat(bytes(used)).isEqualTo(bytes(detector(spec)));
  }
}
