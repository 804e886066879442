package io.foreshock.notifier.delivery;

import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.service.OccasionalLog;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that a channel could not deliver, on {@code <tenant>.notifications.dlq}: the notification
 * as it was, and in headers which channel gave up, why, and where the notification stands.
 *
 * <p>A letter that Kafka finds too large goes without the notification, which stands where the
 * header {@code foreshock-source} says. A page is done only when Kafka has its letter. Until then
 * it is tried again for as long as the notifier runs; after that it is still in the topic of
 * notifications.
 */
final class DeadLetters implements AutoCloseable {
  static final String CHANNEL = "foreshock-channel";
  static final String REASON = "foreshock-reason";
  static final String ATTEMPTS = "foreshock-attempts";
  static final String SOURCE = "foreshock-source";
  static final String GIVEN_UP = "foreshock-given-up-at";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int LONGEST_REASON = 2_000;

  private final Producer<byte[], byte[]> producer;
  private final NotifierMetrics metrics;
  private final Clock clock;
  private final OccasionalLog occasional = new OccasionalLog(LOG, System::nanoTime);
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dead-letters");
            thread.setDaemon(true);
            return thread;
          });

  DeadLetters(Producer<byte[], byte[]> producer, NotifierMetrics metrics, Clock clock) {
    this.producer = producer;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Writes one letter for each record of the delivery; each record is done when it is written. */
  void write(String channel, Delivery delivery, String reason, int attempts) {
    LOG.error(
        "Dead letter: page {} of {} did not go out by channel {}: {}",
        delivery.page().id(),
        delivery.tenant(),
        channel,
        reason);
    for (Delivery.Source source : delivery.sources()) {
      write(delivery.tenant(), channel, source, reason, attempts);
    }
  }

  /** The same for a record that is no page. */
  void write(String tenant, String channel, Delivery.Source source, String reason, int attempts) {
    String topic = TenantTopic.NOTIFICATION_DEAD_LETTERS.of(tenant);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, source.key(), source.value());
    Headers headers = letter.headers();
    headers.add(CHANNEL, utf8(channel));
    headers.add(REASON, utf8(reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
    headers.add(ATTEMPTS, utf8(String.valueOf(attempts)));
    headers.add(SOURCE, utf8(source.place()));
    headers.add(GIVEN_UP, utf8(clock.instant().toString()));
    later(Duration.ZERO, () -> send(letter, tenant, channel, source));
  }

  private void send(
      ProducerRecord<byte[], byte[]> letter,
      String tenant,
      String channel,
      Delivery.Source source) {
    try {
      producer.send(
          letter,
          (written, failure) -> {
            if (failure == null) {
              metrics.deadLetter(channel, tenant);
              source.done();
            } else {
              failed(letter, tenant, channel, source, failure);
            }
          });
    } catch (IllegalStateException closed) {
      LOG.debug("Stopped before a dead letter was written; the page comes again.", closed);
    } catch (RuntimeException e) {
      failed(letter, tenant, channel, source, e);
    }
  }

  private void failed(
      ProducerRecord<byte[], byte[]> letter,
      String tenant,
      String channel,
      Delivery.Source source,
      Exception failure) {
    if (failure instanceof RecordTooLargeException) {
      tooLarge(letter, tenant, channel, source, failure);
      return;
    }
    metrics.deadLetterWaits(tenant);
    occasional.warn(
        letter.topic(),
        "Kafka does not take dead letters for "
            + letter.topic()
            + ", tried again every "
            + PAUSE.toSeconds()
            + " s: "
            + failure.getMessage());
    later(PAUSE, () -> send(letter, tenant, channel, source));
  }

  /** Trying the same again would never end, and would hold up the partition's offset. */
  private void tooLarge(
      ProducerRecord<byte[], byte[]> letter,
      String tenant,
      String channel,
      Delivery.Source source,
      Exception failure) {
    if (letter.value() == null || letter.value().length == 0) {
      LOG.error(
          "No dead letter for {}: {} takes none of it: {}",
          source.place(),
          letter.topic(),
          failure.getMessage());
      metrics.deadLetter(channel, tenant);
      source.done();
      return;
    }
    LOG.error(
        "The dead letter for {} is too large for {} and goes without the notification: {}",
        source.place(),
        letter.topic(),
        failure.getMessage());
    ProducerRecord<byte[], byte[]> rest =
        new ProducerRecord<>(letter.topic(), null, letter.key(), new byte[0], letter.headers());
    later(Duration.ZERO, () -> send(rest, tenant, channel, source));
  }

  private void later(Duration delay, Runnable task) {
    try {
      worker.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("Stopped before a dead letter was written; the page comes again.", stopped);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    worker.shutdown();
    try {
      worker.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(2));
  }
}
