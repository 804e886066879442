package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTelemetryFunctionTest {

  /** The arrival orders, see {@link ArrivalScript}. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # name                  | arrivals                     | passed on              | late        | duplicates lost reordered overflow
          in order                | a0 a1 a2                     | a0 a1 a2               |             | 0 0 0 0
          swapped                 | a0 a2 a1 a3                  | a0 a1 a2 a3            |             | 0 0 1 0
          reversed                | a4 a3 a2 a1 a0               | a0 a1 a2 a3 a4         |             | 0 0 4 0
          two gaps                | a0 a2 a4 a3 a1               | a0 a1 a2 a3 a4         |             | 0 0 3 0
          lost in the middle      | a0 a1 a3 +10 a4              | a0 a1 a3 a4            |             | 0 1 1 0
          given up by a message   | ~60 a0 a1 a3 a4 +9 a5        | a0 a1 a3 a4 a5         |             | 0 1 2 0
          waits until the time    | a0 a2 +9 a1                  | a0 a1 a2               |             | 0 0 1 0
          lost start              | a2 a3 +10 a4                 | a2 a3 a4               |             | 0 0 2 0
          start comes last        | a2 a3 a1 a0                  | a0 a1 a2 a3            |             | 0 0 3 0
          lost end                | a0 a1                        | a0 a1                  |             | 0 0 0 0
          late                    | a0 a2 +10 a1 a3              | a0 a2 a1! a3           | a1          | 0 1 1 0
          late start              | a2 +10 a1 a3                 | a2 a1! a3              | a1          | 0 0 1 0
          late twice              | a0 a3 +10 a2 a1 a2 a1        | a0 a3 a2! a1!          | a2 a1       | 2 2 1 0
          duplicate               | a0 a1 a1 a0 a2               | a0 a1 a2               |             | 2 0 0 0
          duplicate that waits    | a0 a2 a2 a1                  | a0 a1 a2               |             | 1 0 1 0
          heartbeats              | a0 a2! a1! a3                | a0 a1! a2! a3          |             | 0 0 1 0
          behind in its place     | a0@5 a1@3 a2@6               | a0 a1! a2              | a1          | 0 0 0 0
          boot change             | a0 a1 b0 b1                  | a0 a1 b0 b1            |             | 0 0 0 0
          boot change in a gap    | a0 a2 b0 b1 a1 b2            | a0 a1 a2 b0 b1 b2      |             | 0 0 3 0
          boot change, gap stays  | a0 a2 b0 b1 +10              | a0 a2 b0 b1            |             | 0 1 3 0
          old boot comes late     | a0 b0 a1 b1                  | a0 b0 a1! b1           | a1          | 0 0 0 0
          old boot repeats        | a0 a1 b0 a0 a1 b1            | a0 a1 b0 b1            |             | 2 0 0 0
          old boot fills its gap  | a0 a2 +10 b0 a1 a1 b1        | a0 a2 b0 a1! b1        | a1          | 1 1 1 0
          old boot, long unknown  | b0 a0 a0 b1                  | b0 a0! b1              | a0          | 1 0 0 0
          new boot's start lost   | a0 b1 b2 +10 b3              | a0 b1 b2 b3            |             | 0 1 2 0
          two boots at first      | b1 a1 b0 a0 +10              | a0 a1 b0 b1            |             | 0 0 3 0
          back to an earlier boot | a0 b0 a1@1001 b1@1002 a2@1003 | a0 b0 a1 b1 a2        |             | 0 0 0 0
          old boot's heartbeat    | a0 b0 a1! b1                 | a0 b0 a1! b1           | a1!         | 0 0 0 0
          damaged boot id         | a0 x1@1 a2 a3 +9 a4          | a0 a2 a3 x1! a4        | x1          | 0 2 3 0
          damaged number          | a0 a9000@1 a1@2 +10 a2@3 a3@4 | a0 a1 a9000! a2 a3    | a9000       | 0 0 1 0
          damaged number at rest  | a0 a9000@1 +10 a1@2 a2@3     | a0 a9000 a1 a2         |             | 0 0 1 0
          damaged number at first | a9000@1 +10 a5@2 a6@3        | a9000 a5 a6            |             | 0 0 1 0
          straggler after a jump  | a0 a9000 +10 a1 a9001        | a0 a9000 a1! a9001     | a1          | 0 0 1 0
          three boots in a gap    | a0 a2 c0 b0 a1 c1            | a0 a1 a2 b0 c0 c1      |             | 0 0 3 0
          devices side by side    | x:a0 y:a0 x:a2 y:a1 y:a2 x:a1 | x:a0 y:a0 y:a1 y:a2 x:a1 x:a2 |     | 0 0 1 0
          no numbers              | -1 -2 -2 -3                  | -1 -2 -3               |             | 1 0 0 0
          no numbers, swapped     | -2 -1 -3                     | -2 -1! -3              | -1          | 0 0 0 0
          restart in a gap        | a0 a2 a4 restart a3 a1       | a0 a1 a2 a3 a4         |             | 0 0 3 0
          restart, then the timer | a0 a2 restart +10            | a0 a2                  |             | 0 1 1 0
          """)
  void bringsMessagesIntoOrder(
      String name, String arrivals, String passedOn, String late, String counters)
      throws Exception {
    for (OrderHarness.Backend backend : OrderHarness.Backend.values()) {
      try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, backend)) {
        new ArrivalScript(harness).play(arrivals);

        assertThat(ArrivalScript.words(harness.emitted())).isEqualTo(passedOn);
        assertThat(ArrivalScript.words(harness.late())).isEqualTo(late == null ? "" : late);
        assertThat(
                harness.count("duplicates")
                    + " "
                    + harness.count("lost")
                    + " "
                    + harness.count("reordered")
                    + " "
                    + harness.count("overflow"))
            .isEqualTo(counters);
        assertThat(harness.timers()).isEqualTo(1);

        harness.watermark(Long.MAX_VALUE);
        assertThat(ArrivalScript.words(harness.emitted())).isEqualTo(passedOn);
        assertThat(harness.stateLeft()).isEmpty();
        assertThat(harness.timers()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void passesOnWhatWaitsAtTheEndOfInput(OrderHarness.Backend backend) throws Exception {
    try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, backend)) {
      new ArrivalScript(harness).play("a0 a4 a2 b1 x:a7");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0");

      harness.watermark(Long.MAX_VALUE);

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0 a2 a4 b1 x:a7");
      assertThat(harness.stateLeft()).isEmpty();
      assertThat(harness.timers()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesAGapUpWhenTooManyWait(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withMaxPending(3);
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      new ArrivalScript(harness).play("a0 a2 a3 a5");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0");

      new ArrivalScript(harness).play("a6");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0 a2 a3");
      assertThat(harness.count("overflow")).isEqualTo(1);
      assertThat(harness.count("lost")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsRepeatsOfTheLastSixteenBootsBeforeThisOne(OrderHarness.Backend backend)
      throws Exception {
    try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, backend)) {
      ArrivalScript script = new ArrivalScript(harness);
      script.play("a0 b0 c0 d0 e0 f0 g0 h0 i0 j0 k0 l0 m0 n0 o0 p0 q0 a0");
      assertThat(harness.count("duplicates")).isEqualTo(1);
      assertThat(harness.late()).isEmpty();

      script.play("r0 a0");
      assertThat(ArrivalScript.words(harness.late())).as("one too many").isEqualTo("a0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsHalfOfTheMessageIdsThatCameAtTheSameTime(OrderHarness.Backend backend)
      throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withIds(Duration.ofDays(1), 8);
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      for (int id = 1; id <= 9; id++) {
        harness.send(ArrivalScript.message("-" + id, ArrivalScript.START));
      }
      for (int id = 1; id <= 8; id++) {
        harness.send(ArrivalScript.message("-" + id, ArrivalScript.START));
      }
      // Four of the eight were known; those that were not pushed some of them out again.
      assertThat(harness.count("duplicates")).isBetween(1L, 4L);
    }
  }

  /** Numbers are chosen so that the second message is kept where the first one is. */
  @ParameterizedTest
  @EnumSource
  void losesOneOfTwoMessagesWhoseHashesWereMadeToMeetAndGoesOn(OrderHarness.Backend backend)
      throws Exception {
    int name = 0;
    while (meets("x", "y" + name, 2) < 10_000) {
      name++;
    }
    String other = "y" + name + ":a";
    long number = meets("x", "y" + name, 2);
    try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, backend)) {
      ArrivalScript script = new ArrivalScript(harness);
      script.play(
          "x:a0 %1$s0 x:a2 %1$s%2$d@3 +10 x:a3 %1$s%3$d@4".formatted(other, number, number + 1));

      assertThat(ArrivalScript.words(harness.emitted()))
          .isEqualTo("x:a0 %1$s0 %1$s%2$d x:a3 %1$s%3$d".formatted(other, number, number + 1));
      // Number 1 of x, and one of the two; the jump of y is counted apart.
      assertThat(harness.count("lost")).isEqualTo(2);
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.stateLeft()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void losesAMessageWithoutNumberWhoseHashWasMadeToMeetAndGoesOn(OrderHarness.Backend backend)
      throws Exception {
    int id = 3;
    while (meetsId("x", id, "y") < 1) {
      id++;
    }
    OrderRules rules = OrderRules.DEFAULT.withDisorderBound(Duration.ofSeconds(30));
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      String number = "y:a" + meetsId("x", id, "y");
      new ArrivalScript(harness).play("y:a0 x:-" + id + " " + number + "@3 +10 x:-90 +10");

      assertThat(ArrivalScript.words(harness.emitted()))
          .isEqualTo("y:a0 %s x:-90".formatted(number));
      assertThat(harness.count("lost")).isEqualTo(1);
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.stateLeft()).isEmpty();
    }
  }

  /** Number of the other device's boot a that is kept where a number of the first one's is. */
  private static long meets(String device, String other, long number) {
    return number + (seed(bootOf(device)) - seed(bootOf(other)));
  }

  private static long meetsId(String device, int id, String other) {
    return seed(StableHash.of(device)) + StableHash.of(String.valueOf(id)) - seed(bootOf(other));
  }

  private static long bootOf(String device) {
    return StableHash.of(StableHash.of(device), StableHash.of("a"));
  }

  private static long seed(long first) {
    return StableHash.mix(first) * StableHash.FNV_PRIME;
  }

  @ParameterizedTest
  @EnumSource
  void waitsForStragglersOfTheOldBootWhenAsked(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withBootWait(Duration.ofSeconds(5));
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      ArrivalScript script = new ArrivalScript(harness);
      script.play("a0 b0 a1 b1");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0 a1");

      script.play("+5 b2");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0 a1 b0 b1 b2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sortsMessagesWithoutNumbersWithinTheBound(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withDisorderBound(Duration.ofSeconds(3));
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      ArrivalScript script = new ArrivalScript(harness);
      script.play("-3 -1 -2 -2 restart -5 -4 -9");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-1 -2 -3 -4 -5");

      script.play("+10 -8");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-1 -2 -3 -4 -5 -9");
      script.play("+10");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-1 -2 -3 -4 -5 -9 -8!");
      assertThat(ArrivalScript.words(harness.late())).isEqualTo("-8");
      assertThat(harness.count("duplicates")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsARepeatOfWhatWaitsEvenWhenItsIdIsForgotten(OrderHarness.Backend backend)
      throws Exception {
    OrderRules rules =
        OrderRules.DEFAULT.withDisorderBound(Duration.ofSeconds(3)).withIds(Duration.ofHours(1), 2);
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      new ArrivalScript(harness).play("-5 -6 -7 -5 +10");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-5 -6 -7");
      assertThat(harness.count("duplicates")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsItemsPassThatLieBehindByLessThanAllowed(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withLateAfter(Duration.ofSeconds(2));
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      new ArrivalScript(harness).play("a0@5 a1@3 a2@2 a3@6");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("a0 a1 a2! a3");
      assertThat(ArrivalScript.words(harness.late())).isEqualTo("a2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsMessageIdsAfterTheirTime(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withIds(Duration.ofSeconds(60), 100);
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      ArrivalScript script = new ArrivalScript(harness);
      script.play("-1@1 +58 -1@1");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-1");

      script.play("+2 -1@1 +120");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-1 -1");
      assertThat(harness.stateLeft()).containsExactly("cursors");
    }
  }

  @ParameterizedTest
  @EnumSource
  void remembersABoundedNumberOfMessageIds(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withIds(Duration.ofHours(1), 4);
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      new ArrivalScript(harness).play("-1 -2 -3 -4 -5 -5 -4@6 -1@7");

      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("-1 -2 -3 -4 -5 -1");
      assertThat(harness.count("duplicates")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgetsADeviceThatIsSilentForLong(OrderHarness.Backend backend) throws Exception {
    OrderRules rules = OrderRules.DEFAULT.withCursorTtl(Duration.ofDays(1));
    try (OrderHarness harness = new OrderHarness(rules, backend)) {
      ArrivalScript script = new ArrivalScript(harness);
      script.play("x:a0 +80000 y:a0 +6400");
      assertThat(harness.stateLeft()).containsExactly("cursors");
      assertThat(harness.timers()).isEqualTo(1);

      script.play("+80000");

      assertThat(harness.stateLeft()).isEmpty();
      assertThat(harness.timers()).isZero();
      script.play("y:a1 +10");
      assertThat(ArrivalScript.words(harness.emitted())).isEqualTo("x:a0 y:a0 y:a1");
      assertThat(harness.count("lost")).isZero();
    }
  }
}
