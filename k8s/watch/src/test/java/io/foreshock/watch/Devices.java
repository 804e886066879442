package io.foreshock.watch;

import io.foreshock.model.AssetRef;
import io.foreshock.samples.Readings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Ten pumps, of which one speaks each tenth of a second: it shakes, reports a fault (one detection)
 * and is calm again, over and over.
 */
final class Devices implements AutoCloseable {
  private static final int PUMPS = 10;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final KafkaProducer<byte[], byte[]> producer;
  private final String tenant;
  private final int[] sequences = new int[PUMPS];
  private int turn;

  Devices(String servers, String tenant) {
    this.tenant = tenant;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    clock.scheduleAtFixedRate(this::speak, 0, 1000 / PUMPS, TimeUnit.MILLISECONDS);
  }

  private synchronized void speak() {
    int pump = turn++ % PUMPS;
    int number = sequences[pump]++;
    send("pump-" + pump, message("pump-" + pump, number, (number + pump) % 3));
  }

  /** One pump sends many messages at once. */
  synchronized void flood(int pump, int messages) {
    for (int i = 0; i < messages; i++) {
      int number = sequences[pump]++;
      send("pump-" + pump, message("pump-" + pump, number, 2));
    }
    producer.flush();
  }

  /** A message that was sent before, once more. */
  synchronized void repeat() {
    send("pump-0", message("pump-0", 0, 2));
    producer.flush();
  }

  /** Bytes that are no message, in the place of one. */
  void poison() {
    send("pump-0", new byte[] {0x0e, 1, 2});
    producer.flush();
  }

  private byte[] message(String pump, int number, int phase) {
    Readings message =
        Readings.of(new AssetRef(tenant, pump, "pump"))
            .sequence(number)
            .at(System.currentTimeMillis());
    return (switch (phase) {
          case 0 -> message.reading("vibration_rms_mm_s", 8.5);
          case 1 -> message.fault("E42");
          default -> message.reading("vibration_rms_mm_s", 2.0);
        })
        .bytes();
  }

  private void send(String pump, byte[] value) {
    producer.send(
        new ProducerRecord<>(
            tenant + ".telemetry.raw", pump.getBytes(StandardCharsets.UTF_8), value));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close();
  }
}
