package io.foreshock.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.Pages;
import io.foreshock.notifier.channel.Page;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When what is tried. */
class PacingTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void theBucketAllowsTheBurstAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(60, 3, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.waitNanos(0)).isZero();
      bucket.take();
    }
    assertThat(bucket.waitNanos(0)).isEqualTo(SECOND);
    assertThat(bucket.waitNanos(SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(bucket.waitNanos(SECOND)).isZero();
    bucket.take();
    assertThat(bucket.waitNanos(100 * SECOND)).as("no more than the burst piles up").isZero();
    for (int i = 0; i < 3; i++) {
      bucket.take();
    }
    assertThat(bucket.waitNanos(100 * SECOND)).isPositive();
  }

  @Test
  void delaysDoubleUpToALimitAndDiffer() {
    Patience patience =
        new Patience(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1));
    Random random = new Random(7);
    for (int failures = 1; failures <= 100; failures++) {
      double most = Math.min(10, Math.pow(2, failures - 1));
      assertThat(patience.delay(failures, random).toMillis() / 1e3)
          .isBetween(most / 2 - 0.001, most);
    }
  }

  @Test
  void commitsUpToTheFirstThatIsNotDone() {
    OffsetTracker tracker = new OffsetTracker();
    assertThat(tracker.committable(5)).isEqualTo(5);
    tracker.begin(5, 100);
    tracker.begin(7, 90);
    tracker.begin(8, 80);
    tracker.end(8);
    tracker.end(7);
    assertThat(tracker.committable(10)).isEqualTo(5);
    assertThat(tracker.oldestMillis()).isEqualTo(100);
    tracker.end(5);
    assertThat(tracker.committable(10)).as("gaps of transactions are passed over").isEqualTo(10);
    assertThat(tracker.pending()).isZero();
    assertThat(tracker.oldestMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLaneKeepsTheOrderOfAnIncidentAndPrefersTheSevere() {
    Lane lane = new Lane();
    Lane.Attempt first = attempt("a", Severity.WARNING);
    Lane.Attempt second = attempt("a", Severity.CRITICAL);
    Lane.Attempt other = attempt("b", Severity.CRITICAL);
    lane.add(first);
    lane.add(second);
    lane.add(other);

    assertThat(lane.takeDue(0)).isSameAs(other);
    assertThat(lane.takeDue(0)).isSameAs(first);
    assertThat(lane.takeDue(0)).as("its incident is under way").isNull();
    first.dueNanos = 50;
    lane.again(first);
    assertThat(lane.takeDue(0)).isNull();
    assertThat(lane.waitNanos(0)).isEqualTo(50);
    assertThat(lane.takeDue(50)).isSameAs(first);
    lane.done(first);
    assertThat(lane.takeDue(50)).isSameAs(second);
    lane.done(second);
    lane.done(other);
    assertThat(lane.isEmpty()).isTrue();
    assertThat(lane.waitNanos(0)).isEqualTo(Long.MAX_VALUE);
  }

  private static Lane.Attempt attempt(String incident, Severity severity) {
    Page page = Pages.of(Page.Kind.PAGE, severity);
    return new Lane.Attempt(
        new Delivery(
            new Page(
                page.id(),
                incident,
                page.kind(),
                page.subject(),
                severity,
                List.of(),
                List.of(),
                0,
                0,
                "x",
                List.of(),
                page.late()),
            List.of()),
        0);
  }
}
