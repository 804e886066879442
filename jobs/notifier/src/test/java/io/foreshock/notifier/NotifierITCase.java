package io.foreshock.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.local.Await;
import io.foreshock.notifier.Receiver.Reply;
import io.foreshock.notifier.Receiver.Request;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receivers that fail, ask for patience, stall and answer late; a real broker. */
class NotifierITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String tenant = Kafka.newTenant();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void triesAgainUntilTheReceiverTakesThePage() {
    AtomicInteger attempts = new AtomicInteger();
    receiver.answering(request -> attempts.incrementAndGet() <= 4 ? Reply.status(503) : Reply.OK);
    try (Notifier notifier = Notifiers.of(tenant).webhook("hook", receiver).start()) {
      Kafka.send(Pages.page(tenant, "pump-1"));
      List<Request> requests = receiver.await(5);

      assertThat(requests).extracting(Request::id).containsOnly(Pages.id(tenant, "pump-1", "page"));
      awaitCommitted("hook", 1);
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void asksNobodyBeforeTheTimeThatTheReceiverNamed() {
    AtomicInteger attempts = new AtomicInteger();
    receiver.answering(
        request -> attempts.incrementAndGet() == 1 ? Reply.retryAfter(429, "2") : Reply.OK);
    try (Notifier notifier =
        Notifiers.of(tenant)
            .webhook("hook", receiver)
            .with("channels.hook.concurrency", "1")
            .start()) {
      Kafka.send(Pages.page(tenant, "pump-1"), Pages.page(tenant, "pump-2"));
      List<Request> requests = receiver.await(3);

      assertThat(requests.get(1).nanos() - requests.get(0).nanos())
          .as("also a page that was never tried waits")
          .isGreaterThanOrEqualTo(Duration.ofMillis(1_990).toNanos());
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void repeatsUnderTheSameIdWhatIsAnsweredTooLate() {
    // The first answer comes only when the second request is there.
    CountDownLatch second = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    receiver.answering(
        request -> attempts.incrementAndGet() == 1 ? Reply.after(second, 200) : answerBoth(second));
    try (Notifier notifier =
        Notifiers.of(tenant)
            .webhook("hook", receiver)
            .with("channels.hook.timeout", "200 ms")
            .start()) {
      Kafka.send(Pages.page(tenant, "pump-1"), Pages.resolved(tenant, "pump-1"));
      List<Request> requests = receiver.await(3);

      assertThat(requests)
          .extracting(Request::id)
          .containsExactly(
              Pages.id(tenant, "pump-1", "page"),
              Pages.id(tenant, "pump-1", "page"),
              Pages.id(tenant, "pump-1", "resolved"));
      awaitCommitted("hook", 2);
      assertThat(receiver.requests()).hasSize(3);
      assertThat(notifier.failure()).isNotDone();
    }
  }

  private static Reply answerBoth(CountDownLatch first) {
    first.countDown();
    return Reply.OK;
  }

  @Test
  void aStuckChannelHoldsUpNeitherOthersNorOtherTenants() {
    String other = Kafka.newTenant();
    try (Receiver stuck = new Receiver().answering(request -> Reply.NEVER);
        Notifier notifier =
            Notifiers.of(tenant, other)
                .webhook("hook", receiver)
                .webhook("stuck", stuck)
                .with("channels.stuck.timeout", "30 s")
                .with("channels.stuck.concurrency", "1")
                .with("pending.max", "1")
                .with("routes.both.tenants", tenant)
                .with("routes.both.channels", "hook, stuck")
                .start()) {
      for (int i = 0; i < 20; i++) {
        Kafka.send(Pages.page(tenant, "pump-" + i), Pages.page(other, "pump-" + i));
      }
      receiver.await(40);
      awaitCommitted("hook", 20);
      assertThat(stuck.requests()).hasSizeLessThanOrEqualTo(1);
      assertThat(Kafka.committed("of-" + tenant + ".stuck", tenant)).isLessThan(1);
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void aPageThatStallsHoldsUpOnlyItsOwnIncident() {
    receiver.answering(
        request ->
            request.json().get("assetId").asText().equals("pump-1") ? Reply.NEVER : Reply.OK);
    try (Notifier notifier =
        Notifiers.of(tenant)
            .webhook("hook", receiver)
            .with("channels.hook.timeout", "300 ms")
            .with("channels.hook.retry.give-up-after", "1 s")
            .start()) {
      Kafka.send(
          Pages.page(tenant, "pump-1"),
          Pages.resolved(tenant, "pump-1"),
          Pages.page(tenant, "pump-2"));
      receiver.await("the other", all -> ids(all).contains(Pages.id(tenant, "pump-2", "page")));
      var letters = Kafka.letters(tenant, 2);

      assertThat(letters)
          .extracting(letter -> Kafka.header(letter, "foreshock-source"))
          .containsExactlyInAnyOrder(tenant + ".notifications/0/0", tenant + ".notifications/0/1");
      assertThat(Kafka.header(letters.get(0), "foreshock-reason"))
          .startsWith("no answer within 300 ms (");
      assertThat(Kafka.header(letters.get(0), "foreshock-channel")).isEqualTo("hook");
      awaitCommitted("hook", 3);
      List<String> ofPump1 =
          receiver.requests().stream()
              .map(Request::id)
              .filter(id -> !id.equals(Pages.id(tenant, "pump-2", "page")))
              .distinct()
              .toList();
      assertThat(ofPump1)
          .as("in order")
          .containsExactly(
              Pages.id(tenant, "pump-1", "page"), Pages.id(tenant, "pump-1", "resolved"));
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void makesDeadLettersOfWhatIsRefusedAndWhatIsNoPage() {
    receiver.answering(request -> Reply.status(400));
    try (Notifier notifier = Notifiers.of(tenant).webhook("hook", receiver).start()) {
      Kafka.send(Pages.page(tenant, "pump-1"));
      Kafka.send(TenantTopic.NOTIFICATIONS.of(tenant), "x", new byte[] {1, 2, 3});
      Kafka.send(
          TenantTopic.NOTIFICATIONS.of(tenant),
          "y",
          Pages.page("mallory", "pump-1").build().toByteArray());
      var letters = Kafka.letters(tenant, 3);

      assertThat(letters)
          .extracting(letter -> Kafka.header(letter, "foreshock-reason"))
          .anySatisfy(reason -> assertThat(reason).isEqualTo("HTTP 400"))
          .anySatisfy(reason -> assertThat(reason).startsWith("The record is no page: "))
          .anySatisfy(
              reason ->
                  assertThat(reason)
                      .contains("names tenant \"mallory\" on a topic of \"" + tenant + '"'));
      awaitCommitted("hook", 3);
      assertThat(receiver.requests()).hasSize(1);
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void saysThatAPageIsLateOrSumsLatePagesUp() {
    long yesterday = System.currentTimeMillis() - Duration.ofHours(26).toMillis();
    try (Receiver second = new Receiver();
        Notifier notifier =
            Notifiers.of(tenant)
                .webhook("marks", receiver)
                .webhook("sums", second)
                .with("channels.sums.stale.mode", "summarise")
                .with("default-channels", "marks, sums")
                .start()) {
      for (int i = 0; i < 30; i++) {
        Kafka.send(Pages.page(tenant, "pump-" + i).setCreatedAtEpochMillis(yesterday + i));
      }
      Kafka.send(Pages.page(tenant, "fan-1"), Pages.resolved(tenant, "pump-3"));
      List<Request> each = receiver.await(32);
      List<Request> few =
          second.await(
              "all 30 in summaries", requests -> sums(requests) == 30 && requests.size() >= 3);

      assertThat(title(each.get(0).json())).startsWith("[late by 26 h] pump-");
      assertThat(few).hasSizeLessThan(15);
      assertThat(few.stream().map(request -> title(request.json())))
          .contains("fan-1: bearing wear", "Over: pump-3: bearing wear");
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void beginsALittleBackAndNotWithTheWeek() {
    Kafka.send(Pages.page(tenant, "pump-1"));
    Notifiers options = Notifiers.of(tenant).webhook("hook", receiver);
    try (Notifier notifier = options.with("start.look-back", "0 s").start()) {
      Kafka.send(Pages.page(tenant, "pump-2"));
      receiver.await(1);
      assertThat(notifier.failure()).isNotDone();
    }
    try (Notifier another =
        options.with("group", "another-" + tenant).with("start.look-back", "1 h").start()) {
      receiver.await(3);
      assertThat(another.failure()).isNotDone();
    }
    assertThat(receiver.requests())
        .extracting(Request::id)
        .containsExactlyInAnyOrder(
            Pages.id(tenant, "pump-2", "page"),
            Pages.id(tenant, "pump-1", "page"),
            Pages.id(tenant, "pump-2", "page"));
  }

  private static java.util.Set<String> ids(List<Request> requests) {
    return requests.stream().map(Request::id).collect(java.util.stream.Collectors.toSet());
  }

  private static String title(JsonNode page) {
    return page.get("title").asText();
  }

  /** Pages that the summaries among the requests stand for, and single late ones. */
  private static int sums(List<Request> requests) {
    return requests.stream()
        .mapToInt(
            request -> {
              String title = title(request.json());
              if (title.startsWith("[late")) {
                return 1;
              }
              return title.contains(" pages about ")
                  ? Integer.parseInt(title.substring(0, title.indexOf(' ')))
                  : 0;
            })
        .sum();
  }

  private void awaitCommitted(String channel, long offset) {
    String group = "of-" + tenant + "." + channel;
    Await.until(
        "offset " + offset + " of " + group,
        PATIENCE,
        () -> Kafka.committed(group, tenant) == offset);
  }
}
