package io.foreshock.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnderwayTest {
  private final Underway underway = new Underway(1_000);
  private final List<Long> took = new ArrayList<>();

  @Test
  void anAlertAnswersAllMessagesUpToTheNewestItRestsOn() {
    underway.sent(100);
    underway.sent(200);
    underway.sent(300);

    underway.seen(200, 450, took::add);

    assertThat(took).containsExactly(350L, 250L);
    assertThat(underway.oldestMillis(500)).isEqualTo(200);
  }

  @Test
  void theSameAlertAgainAnswersNothing() {
    underway.sent(100);
    underway.seen(100, 150, took::add);
    underway.seen(100, 170, took::add);

    assertThat(took).containsExactly(50L);
    assertThat(underway.oldestMillis(500)).isZero();
  }

  @Test
  void aMessageWithoutAnAnswerInTimeIsLostOnce() {
    underway.sent(100);
    underway.sent(900);

    assertThat(underway.lost(1_100)).isZero();
    assertThat(underway.lost(1_101)).isEqualTo(1);
    assertThat(underway.lost(1_102)).isZero();
    underway.seen(900, 1_200, took::add);
    assertThat(took).containsExactly(300L);
  }

  @Test
  void whatWasNotSentIsNeitherAnsweredNorLost() {
    underway.sent(100);
    underway.withdraw(100);

    underway.seen(100, 150, took::add);
    assertThat(took).isEmpty();
    assertThat(underway.lost(5_000)).isZero();
  }
}
