package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Detector.Outcome.CLEARED;
import static io.foreshock.operators.detect.Detector.Outcome.NONE;
import static io.foreshock.operators.detect.Detector.Outcome.ONSET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangePointDetectorTest {
  private final Random random = new Random(12);

  @Test
  void findsEachChangeOnceWhateverTheLevelWasBefore() {
    ChangePointDetector detector = new ChangePointDetector(Vectors.changes(7));
    List<Integer> onsets = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int second = 0; second < 1500; second++) {
      double[] vector = Vectors.normal(random);
      double level = second < 500 ? 0 : second < 900 ? -40 : second < 1200 ? -80 : 0;
      Detector.Outcome outcome = Vectors.give(detector, second, vector[0] + level, vector[1]);
      if (outcome == ONSET) {
        onsets.add(second);
        assertThat(detector.leading()).isZero();
        assertThat(detector.score()).isGreaterThan(7);
      } else if (outcome == CLEARED) {
        ends.add(second);
      }
    }

    assertThat(onsets).hasSize(3);
    assertThat(onsets.get(0)).isBetween(500, 510);
    assertThat(onsets.get(1)).isBetween(900, 910);
    assertThat(onsets.get(2)).isBetween(1200, 1210);
    assertThat(ends).containsExactlyElementsOf(onsets.stream().map(at -> at + 15).toList());
  }

  @Test
  void saysNothingWhileItLearns() {
    ChangePointDetector detector = new ChangePointDetector(Vectors.changes(7));
    for (int second = 0; second < 200; second++) {
      double[] vector = Vectors.normal(random);
      assertThat(Vectors.give(detector, second, vector[0] + (second > 100 ? 40 : 0), vector[1]))
          .isEqualTo(NONE);
    }
  }

  @Test
  void maintenanceEndsAChangeAndStartsTheLearningAnew() {
    ChangePointDetector detector = new ChangePointDetector(Vectors.changes(7));
    Vectors.giveNormal(detector, random, 0, 300);
    int second = 300;
    while (Vectors.give(detector, second, 150, 20) != ONSET) {
      assertThat(++second).isLessThan(310);
    }

    assertThat(detector.relearn()).isEqualTo(CLEARED);
    assertThat(detector.relearn()).isEqualTo(NONE);
  }
}
