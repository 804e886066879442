package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a message when Kafka's client answers in ways that no broker can be made to. */
class ForwarderTest {
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final InFlight inFlight = new InFlight();
  private final CompletableFuture<String> fatal = new CompletableFuture<>();
  private final TelemetryTooLarge producer = new TelemetryTooLarge();
  private final Forwarder forwarder =
      new Forwarder(
          mapper(),
          producer,
          inFlight,
          new BridgeMetrics(inFlight::count),
          worker,
          fatal::complete);

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @Test
  void bridgeStopsWhenNotEvenTheDeadLetterCanBeSent() throws Exception {
    worker.submit(() -> forwarder.accept(message())).get(20, TimeUnit.SECONDS);
    producer.answer();

    assertThat(fatal.get(20, TimeUnit.SECONDS))
        .contains("plants/acme/hall-1/t-1/telemetry", "cannot be processed", "no such letter");
    inFlight.whenEmpty().get(20, TimeUnit.SECONDS);
  }

  @Test
  void answerThatComesAfterTheStopDisturbsNobody() throws Exception {
    worker.submit(() -> forwarder.accept(message())).get(20, TimeUnit.SECONDS);
    forwarder.stop();
    worker.shutdown();
    producer.answer();

    assertThat(fatal).isNotDone();
  }

  private static Mqtt5Publish message() {
    return Mqtt5Publish.builder()
        .topic("plants/acme/hall-1/t-1/telemetry")
        .payload(
            "{\"time\": 1780000000123, \"measurements\": {\"temperature_c\": 21.5}}"
                .getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static MessageMapper mapper() {
    List<String> problems = new ArrayList<>();
    List<Route> routes =
        RouteReader.read(
            Map.of(
                "climate.topic",
                "plants/{tenant}/{asset}/{device}/telemetry",
                "climate.tenants",
                "acme"),
            problems);
    assertThat(problems).isEmpty();
    return new MessageMapper(routes, 1024);
  }

  /** Takes telemetry and finds it too large when asked; takes no dead letters. */
  private static final class TelemetryTooLarge extends MockProducer<byte[], byte[]> {
    private Callback pending;

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (record.topic().endsWith(".dlq")) {
        throw new SerializationException("no such letter");
      }
      pending = callback;
      return new CompletableFuture<>();
    }

    private synchronized void answer() {
      pending.onCompletion(null, new RecordTooLargeException("too large"));
    }
  }
}
