package io.foreshock.backtest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.junit.jupiter.api.Test;

class SortedResultsTest {

  @Test
  void givesEverythingInOrderAsOftenAsWantedWhateverFitsMemory() {
    long seed = 20261120;
    List<String> wanted = IntStream.range(0, 100).mapToObj(i -> "%03d".formatted(i)).toList();
    for (int chunk : new int[] {1, 7, 100, 1_000}) {
      List<String> shuffled = new ArrayList<>(wanted);
      Collections.shuffle(shuffled, new Random(seed));
      SortedResults<String> results =
          new SortedResults<>(StringSerializer.INSTANCE, Comparator.naturalOrder(), chunk);
      shuffled.forEach(results::add);

      assertThat(results.size()).isEqualTo(100);
      assertThat(results.list()).as("seed %d, chunk %d", seed, chunk).isEqualTo(wanted);
      assertThat(results.list()).isEqualTo(wanted);
    }
  }

  @Test
  void holdsNothingAtFirst() {
    SortedResults<String> results =
        new SortedResults<>(StringSerializer.INSTANCE, Comparator.naturalOrder(), 1);
    assertThat(results.size()).isZero();
    assertThat(results.list()).isEmpty();
  }
}
