package io.foreshock.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.local.LocalService;
import io.foreshock.notifier.Receiver.Reply;
import io.foreshock.notifier.Receiver.Request;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The notifier as a process that is killed at every step of a page's way. */
class KilledNotifierITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String tenant = Kafka.newTenant();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  /** Read from Kafka, not yet with the receiver: it never takes the connection's request. */
  @Test
  void deliversAfterAKillBeforeTheReceiverHasThePage() throws Exception {
    try (SilentServer silent = new SilentServer();
        LocalService notifier =
            Notifiers.of(tenant)
                .webhook("hook", receiver)
                .with("channels.hook.url", silent.url())
                .process()) {
      Kafka.send(Pages.page(tenant, "pump-1"));
      silent.awaitConnection();
      notifier.kill();
    }
    assertThat(receiver.requests()).isEmpty();

    try (Notifier next = Notifiers.of(tenant).webhook("hook", receiver).start()) {
      assertThat(receiver.await(1).get(0).id()).isEqualTo(Pages.id(tenant, "pump-1", "page"));
      awaitCommitted(1);
      assertThat(next.failure()).isNotDone();
    }
    assertThat(receiver.requests()).hasSize(1);
  }

  /** The receiver has it, the notifier does not know. */
  @Test
  void repeatsUnderTheSameKeyAfterAKillBetweenReceiptAndAnswer() {
    receiver.answering(request -> Reply.NEVER);
    try (LocalService notifier = Notifiers.of(tenant).webhook("hook", receiver).process()) {
      Kafka.send(Pages.page(tenant, "pump-1"));
      receiver.await(1);
      notifier.kill();
    }
    assertThat(Kafka.committed(group(), tenant)).isLessThan(1);

    receiver.answering(request -> Reply.OK);
    deliverTheRest();
    assertThatEachCarriesOneKey(receiver.requests(), 2, 1);
  }

  /** Delivered and answered, not committed. */
  @Test
  void repeatsUnderTheSameKeyAfterAKillBetweenAnswerAndCommit() {
    try (LocalService notifier =
        Notifiers.of(tenant)
            .webhook("hook", receiver)
            .with("commit.interval", "1 h")
            .with("metrics.port", "0")
            .process()) {
      for (int i = 0; i < 10; i++) {
        Kafka.send(Pages.page(tenant, "pump-" + i));
      }
      receiver.await(10);
      notifier.kill();
    }
    assertThat(Kafka.committed(group(), tenant)).isLessThan(1);

    deliverTheRest();
    assertThatEachCarriesOneKey(receiver.requests(), 20, 10);
  }

  /** The dead letter is in Kafka, the offset is not. */
  @Test
  void writesADeadLetterAgainAfterAKillBetweenLetterAndCommit() {
    receiver.answering(request -> Reply.status(422));
    Notifiers options =
        Notifiers.of(tenant).webhook("hook", receiver).with("commit.interval", "1 h");
    try (LocalService notifier = options.process()) {
      Kafka.send(Pages.page(tenant, "pump-1"));
      Kafka.letters(tenant, 1);
      notifier.kill();
    }
    try (Notifier next = options.with("commit.interval", "50 ms").start()) {
      var letters = Kafka.letters(tenant, 2);
      assertThat(letters)
          .extracting(letter -> Kafka.header(letter, "foreshock-source"))
          .containsOnly(tenant + ".notifications/0/0");
      awaitCommitted(1);
      assertThat(next.failure()).isNotDone();
    }
  }

  /** Killed wherever it happens to be, again and again, while the receiver fails now and then. */
  @Test
  void losesNoPageHoweverOftenItIsKilled() {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    int kills = Integer.getInteger("foreshock.notifier.kills", 4);
    Random random = new Random(seed);
    receiver.answering(request -> random.nextInt(5) == 0 ? Reply.status(500) : Reply.OK);
    Set<String> sent = new HashSet<>();
    for (int kill = 0; kill < kills; kill++) {
      try (LocalService notifier = Notifiers.of(tenant).webhook("hook", receiver).process()) {
        int before = receiver.ids().size();
        for (int i = 0; i < 50; i++) {
          String asset = "pump-" + kill + "-" + i;
          Kafka.send(Pages.page(tenant, asset));
          sent.add(Pages.id(tenant, asset, "page"));
        }
        int enough = before + 1 + random.nextInt(49);
        receiver.await("some pages, seed " + seed, requests -> ids(requests).size() >= enough);
        notifier.kill();
      }
    }
    try (Notifier last = Notifiers.of(tenant).webhook("hook", receiver).start()) {
      receiver.await("every page, seed " + seed, requests -> ids(requests).containsAll(sent));
      awaitCommitted(sent.size());
      assertThat(last.failure()).isNotDone();
    }
    assertThat(ids(receiver.requests())).as("seed %d", seed).isEqualTo(sent);
  }

  @Test
  void stopsOnRequestWithNothingLeftToRepeat() {
    try (LocalService notifier =
        Notifiers.of(tenant).webhook("hook", receiver).with("commit.interval", "1 h").process()) {
      Kafka.send(Pages.page(tenant, "pump-1"), Pages.resolved(tenant, "pump-1"));
      receiver.await(2);
      notifier.terminate();
      assertThat(notifier.exitCode()).as(notifier.output()).isZero();
      assertThat(notifier.output()).contains("The notifier has stopped.").doesNotContain("whsec_");
    }
    assertThat(Kafka.committed(group(), tenant)).isEqualTo(2);
    assertThat(receiver.requests()).hasSize(2);
  }

  private String group() {
    return "of-" + tenant + ".hook";
  }

  private void deliverTheRest() {
    long end = receiver.ids().size();
    try (Notifier next = Notifiers.of(tenant).webhook("hook", receiver).start()) {
      awaitCommitted(end);
      assertThat(next.failure()).isNotDone();
    }
  }

  private void awaitCommitted(long offset) {
    Await.until("offset " + offset, PATIENCE, () -> Kafka.committed(group(), tenant) == offset);
  }

  private static Set<String> ids(List<Request> requests) {
    return requests.stream().map(Request::id).collect(Collectors.toSet());
  }

  private static void assertThatEachCarriesOneKey(List<Request> requests, int count, int keys) {
    assertThat(requests).hasSize(count);
    assertThat(ids(requests)).hasSize(keys);
    requests.stream()
        .collect(Collectors.groupingBy(Request::id))
        .values()
        .forEach(
            same ->
                assertThat(same)
                    .extracting(request -> request.json().get("dedupKey").asText())
                    .containsOnly(same.get(0).json().get("dedupKey").asText()));
  }
}
