package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumberRangesTest {

  @Test
  void behavesLikeASetOfNumbers() {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      NumberRanges ranges = new NumberRanges();
      TreeSet<Long> set = new TreeSet<>();
      for (int step = 0; step < 300; step++) {
        long number = random.nextInt(60);
        if (random.nextBoolean()) {
          assertThat(ranges.remove(number)).as("seed %d", seed).isEqualTo(set.remove(number));
        } else if (set.add(number)) {
          ranges.add(number, number, step);
        }
        NumberRanges checked = step % 2 == 0 ? ranges : ranges.copy();
        TreeSet<Long> held = new TreeSet<>();
        for (int i = 0; i < checked.size(); i++) {
          assertThat(i == 0 || checked.from(i) > checked.to(i - 1) + 1).isTrue();
          for (long n = checked.from(i); n <= checked.to(i); n++) {
            held.add(n);
          }
        }
        assertThat(held).as("seed %d", seed).isEqualTo(set);
        assertThat(checked.contains(number)).isEqualTo(set.contains(number));
        assertThat(checked.count()).isEqualTo(set.size());
      }
    }
  }

  @Test
  void keepsTheEarliestArrivalOfWhatItJoins() {
    NumberRanges ranges = new NumberRanges();
    ranges.add(5, 5, 30);
    ranges.add(1, 1, 10);
    ranges.add(3, 3, 20);
    assertThat(ranges.earliest()).isEqualTo(10);

    ranges.add(4, 4, 40);
    ranges.removeRange(0);

    assertThat(ranges.size()).isEqualTo(1);
    assertThat(ranges.from(0)).isEqualTo(3);
    assertThat(ranges.to(0)).isEqualTo(5);
    assertThat(ranges.earliest()).isEqualTo(20);
  }
}
