package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WatchedTimeTest {
  private final WatchedTime time =
      new WatchedTime.Builder().add(10, 20).add(20, 25).add(40, 50).build();

  @Test
  void joinsSpansThatTouchAndKnowsWhatLiesBetween() {
    assertThat(time.totalMillis()).isEqualTo(25);
    assertThat(time.contains(9)).isFalse();
    assertThat(time.contains(10)).isTrue();
    assertThat(time.contains(24)).isTrue();
    assertThat(time.contains(25)).isFalse();
    assertThat(time.contains(49)).isTrue();
    assertThat(time.contains(50)).isFalse();
    assertThat(time.firstMillis()).isEqualTo(10);
    assertThat(time.lastMillis()).isEqualTo(50);
    assertThat(WatchedTime.never().contains(0)).isFalse();
  }

  @Test
  void findsTheTimeAtWhichAnAssetHasBeenWatchedForSoLong() {
    assertThat(time.after(0)).isEqualTo(10);
    assertThat(time.after(14)).isEqualTo(24);
    assertThat(time.after(15)).isEqualTo(40);
    assertThat(time.after(24)).isEqualTo(49);
  }

  @Test
  void refusesSpansThatAreNotInOrder() {
    WatchedTime.Builder builder = new WatchedTime.Builder().add(10, 20);
    assertThatThrownBy(() -> builder.add(5, 30)).hasMessageContaining("order of time");
    assertThatThrownBy(() -> builder.add(30, 29)).hasMessageContaining("order of time");
  }
}
