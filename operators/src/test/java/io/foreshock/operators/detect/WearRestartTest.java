package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Degradation;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import io.foreshock.operators.detect.DetectorSpec.Season;
import io.foreshock.operators.detect.DetectorSpec.Seasonal;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.StandsOut;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link DetectorRestartTest}, for detectors that learn over days and take several channels. */
class WearRestartTest {
  private static final Duration HOUR = Duration.ofHours(1);

  static List<DetectorSpec> specs() {
    Duration day = Duration.ofDays(1);
    Growth growth = new Growth(0.5, 4, 0.2, 0.02, 0.01, 0.3, Duration.ofHours(100));
    return List.of(
        new StandsOut("a", List.of("b", "c"), day, 3, 1, HOUR, HOUR, ""),
        new Degradation(
            List.of("a"), List.of("b", "c"), day, HOUR, growth, Duration.ofHours(60), HOUR, ""),
        new Seasonal(
            "a",
            Season.DAILY,
            24,
            ZoneId.of("Europe/Berlin"),
            day.multipliedBy(3),
            Side.ABOVE,
            2,
            1,
            HOUR,
            HOUR,
            ""));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void saysTheSameAsOneThatWasNeverWritten(DetectorSpec spec) throws IOException {
    Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    for (int seed = 0; seed < 20; seed++) {
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
    Detector detector = Detector.of(spec);
    Detector other = Detector.of(spec);
    long time = 1_700_000_000_000L;
    double[] levels = new double[3];
    for (int i = 0; i < 800; i++) {
      time +=
          random.nextInt(60) == 0
              ? random.nextInt(90_000_000)
              : 1_700_000 + random.nextInt(500_000);
      if (random.nextInt(50) == 0) {
        levels[random.nextInt(3)] = random.nextInt(13) - 6;
      }
      for (int channel = 0; channel < spec.channels().size(); channel++) {
        double value = levels[channel] + random.nextGaussian();
        if (random.nextInt(30) == 0) {
          continue;
        }
        if (restarts && when.nextInt(4) == 0) {
          DataOutputSerializer out = new DataOutputSerializer(1024);
          detector.write(out);
          Detector used = detector;
          detector = other;
          other = used;
          detector.read(detector.version(), new DataInputDeserializer(out.getCopyOfBuffer()));
        }
        long at = time - (random.nextInt(40) == 0 ? 3_000_000 : 0);
        Outcome outcome =
            detector instanceof VectorDetector vector
                ? vector.onReading(channel, at, value)
                : ((ReadingDetector) detector).onReading(at, value);
        seen.add(outcome);
        if (outcome != Outcome.NONE) {
          said.add(
              i
                  + " "
                  + outcome
                  + " "
                  + detector.score()
                  + " "
                  + detector.limit()
                  + " "
                  + detector.detail());
        }
      }
      if (random.nextInt(400) == 0) {
        said.add(i + " " + detector.relearn());
      }
    }
  }
}
