package io.foreshock.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.Pages;
import io.foreshock.notifier.channel.Channel;
import io.foreshock.notifier.channel.Outcome;
import io.foreshock.notifier.channel.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          "hook",
          60_000,
          100,
          1,
          new Patience(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMinutes(1)),
          Duration.ofMillis(20),
          Duration.ofDays(50_000),
          ChannelSettings.StaleMode.MARK,
          100,
          Duration.ofSeconds(1));

  private final NotifierMetrics metrics = new NotifierMetrics();
  private final LinkedBlockingQueue<ProducerRecord<byte[], byte[]>> letters =
      new LinkedBlockingQueue<>();
  private final CompletableFuture<String> fatal = new CompletableFuture<>();

  /** A channel that answers as a test wants. */
  private record Scripted(Supplier<Outcome> answer) implements Channel {
    @Override
    public Outcome deliver(Page page) {
      return answer.get();
    }

    @Override
    public boolean says(Page page) {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Takes no letter that is longer than one byte. */
  private Producer<byte[], byte[]> smallBroker() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
      @Override
      public synchronized Future<RecordMetadata> send(
          ProducerRecord<byte[], byte[]> letter, Callback callback) {
        letters.add(letter);
        boolean fits = letter.value().length <= 1;
        callback.onCompletion(null, fits ? null : new RecordTooLargeException("too large"));
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  private static Delivery delivery(OffsetTracker tracker) {
    tracker.begin(7, 0);
    return new Delivery(
        Pages.of(Page.Kind.PAGE, Severity.CRITICAL),
        List.of(
            new Delivery.Source("acme.notifications", 0, 7, null, new byte[] {1, 2, 3}, tracker)));
  }

  @Test
  void aReceiverThatAsksForYearsGetsThePageAfterTheLongestQuiet() throws Exception {
    LinkedBlockingQueue<Outcome> answers = new LinkedBlockingQueue<>();
    answers.add(new Outcome.TryAgain("later", Duration.ofDays(3_000_000)));
    answers.add(Outcome.delivered());
    CompletableFuture<Void> second = new CompletableFuture<>();
    Channel channel =
        new Scripted(
            () -> {
              Outcome answer = answers.poll();
              if (answers.isEmpty()) {
                second.complete(null);
              }
              return answer;
            });
    try (DeadLetters dead = new DeadLetters(smallBroker(), metrics, Clock.systemUTC());
        Dispatcher dispatcher =
            new Dispatcher(SETTINGS, channel, dead, metrics, Clock.systemUTC(), fatal::complete)) {
      dispatcher.start();
      dispatcher.submit(delivery(new OffsetTracker()));

      second.get(30, TimeUnit.SECONDS);
      assertThat(letters).isEmpty();
      assertThat(fatal).isNotDone();
    }
  }

  @Test
  void aWorkerThatDiesSaysSo() throws Exception {
    Channel channel =
        new Scripted(
            () -> {
              throw new AssertionError("no more of this");
            });
    try (DeadLetters dead = new DeadLetters(smallBroker(), metrics, Clock.systemUTC());
        Dispatcher dispatcher =
            new Dispatcher(SETTINGS, channel, dead, metrics, Clock.systemUTC(), fatal::complete)) {
      dispatcher.start();
      dispatcher.submit(delivery(new OffsetTracker()));

      assertThat(fatal.get(30, TimeUnit.SECONDS)).contains("hook", "no more of this");
    }
  }

  @Test
  void aLetterThatIsTooLargeGoesWithoutTheNotification() throws Exception {
    OffsetTracker tracker = new OffsetTracker();
    try (DeadLetters dead = new DeadLetters(smallBroker(), metrics, Clock.systemUTC())) {
      dead.write("hook", delivery(tracker), "x".repeat(9_000), 3);

      assertThat(letters.poll(30, TimeUnit.SECONDS).value()).hasSize(3);
      ProducerRecord<byte[], byte[]> rest = letters.poll(30, TimeUnit.SECONDS);
      assertThat(rest.value()).isEmpty();
      assertThat(new String(rest.headers().lastHeader(DeadLetters.SOURCE).value()))
          .isEqualTo("acme.notifications/0/7");
      assertThat(rest.headers().lastHeader(DeadLetters.REASON).value()).hasSize(2_000);
    }
    assertThat(tracker.pending()).isZero();
  }
}
