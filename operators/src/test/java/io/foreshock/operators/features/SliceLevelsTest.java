package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceLevelsTest {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long MONTH = Duration.ofDays(30).toMillis();

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1",
    "1, 120, 1",
    "1, 121, 10",
    "1, 720, 10",
    "1, 721, 60",
    "1, 4320, 60",
    "1, 4321, 360",
    "10, 720, 10",
    "10, 721, 60",
    "60, 4320, 60",
    "60, 43200, 360"
  })
  void windowsBeginAtTheSlicesThatGoWithThem(long finest, long window, long begins) {
    SliceLevels levels = new SliceLevels(finest * MINUTE, MONTH, HOUR);
    long end = 1_767_600_000_000L / (finest * MINUTE) * finest * MINUTE;
    long begin = levels.begin(end, window * MINUTE);
    assertThat(begin)
        .isEqualTo(Math.floorDiv(end - window * MINUTE, begins * MINUTE) * begins * MINUTE);
  }

  @Test
  void windowsAreAtMostATwelfthTooLongAndNeverTooShort() {
    Random random = new Random(5);
    SliceLevels levels = new SliceLevels(MINUTE, MONTH, HOUR);
    for (int i = 0; i < 10_000; i++) {
      long window = (1 + random.nextInt(43_200)) * MINUTE;
      long end = 1_700_000_040_000L + random.nextInt(1_000_000) * MINUTE;
      long length = end - levels.begin(end, window);
      assertThat(length).isBetween(window, window + window / 12);
    }
  }

  @Test
  void slicesStayUntilNoWindowBeginsInside() {
    SliceLevels levels = new SliceLevels(MINUTE, MONTH, HOUR);
    assertThat(levels.count()).isEqualTo(4);
    long slices = levels.keep(0) / levels.length(0);
    for (int level = 1; level < levels.count(); level++) {
      slices += (levels.keep(level) - levels.keep(level - 1)) / levels.length(level);
    }
    assertThat(slices).as("slices of a month").isBetween(350L, 480L);
    assertThat(new SliceLevels(MINUTE, 2 * HOUR, HOUR).count()).isEqualTo(1);
    assertThat(new SliceLevels(HOUR, 72 * HOUR, HOUR).count()).isEqualTo(1);
  }
}
