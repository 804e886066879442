package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionPrefixTest {

  @Test
  void noPrefixBeginsAnother() {
    long seed = System.nanoTime();
    System.out.println("TransactionPrefixTest seed " + seed);
    Random random = new Random(seed);
    List<String> prefixes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      prefixes.add(TransactionPrefix.of(name(random), name(random), "precursors", "detections"));
    }
    for (String one : prefixes) {
      for (String other : prefixes) {
        assertThat(other.startsWith(one))
            .as("%s begins %s", one, other)
            .isEqualTo(one.equals(other));
      }
    }
  }

  @Test
  void endsInADot() {
    assertThat(TransactionPrefix.of("plant-1", "t1", "precursors", "detections"))
        .isEqualTo("plant-1.t1.precursors.detections.");
  }

  @Test
  void refusesWhatCouldBreakTheRule() {
    for (String name : List.of("", "a.b", "A", "-a", "a-", "a b")) {
      assertThatThrownBy(() -> TransactionPrefix.of("plant-1", name, "precursors", "detections"))
          .hasMessage(
              "A transactional prefix needs lower case letters, digits and dashes, but scope is \""
                  + name
                  + "\".");
    }
  }

  /** Short names over few letters, so that one often begins another. */
  private static String name(Random random) {
    StringBuilder name = new StringBuilder("t");
    for (int length = random.nextInt(4); length > 0; length--) {
      name.append("01-".charAt(random.nextInt(3)));
    }
    return name.append('1').toString();
  }
}
