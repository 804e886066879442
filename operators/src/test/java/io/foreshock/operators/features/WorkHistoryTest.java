package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class WorkHistoryTest {
  private final WorkHistory history = new WorkHistory(List.of("bearing", "seal"));

  WorkHistoryTest() {
    history.clear();
  }

  private int bytes() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    history.write(out);
    return out.length();
  }

  @Test
  void repeatsOfOneEventAreKeptOnce() throws IOException {
    history.onWork("bearing", 1_000);
    history.onWork("seal", 1_000);
    int once = bytes();
    for (int i = 0; i < 1_000; i++) {
      history.onWork("bearing", 1_000);
    }
    assertThat(bytes()).isEqualTo(once);
    assertThat(history.lastWork(0, 1_001)).isEqualTo(1_000);
  }

  @Test
  void eventsAreBoundedThoughNothingMovesTheClock() throws IOException {
    for (int i = 0; i < 30_000; i++) {
      history.onWork("bearing", 1_000 + i);
    }
    assertThat(bytes()).isLessThan(200_000);
    assertThat(history.lastWork(0, Long.MAX_VALUE)).isEqualTo(30_999);
  }

  @Test
  void workThatComesAfterItWasSettledDoesNotHideNewerWork() {
    history.onWork("bearing", 5_000);
    history.onStart(6_000);
    history.settle(10_000);
    history.onWork("bearing", 1_000);
    assertThat(history.lastWork(0, 20_000)).isEqualTo(5_000);
    assertThat(history.startsSince(0, 20_000)).isEqualTo(1);
    history.settle(10_000);
    assertThat(history.lastWork(0, 20_000)).isEqualTo(5_000);
    assertThat(history.startsSince(0, 20_000)).isEqualTo(1);
  }
}
