package io.foreshock.cli.demo;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.fleet.Upload;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.OperatingStateChange.State;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the fleet's messages at the pace of the simulated clock. Records carry simulated time: it
 * is the clock of the broker in the demo.
 */
final class FleetFeed {
  private static final long PACE_NANOS = 20_000_000L;

  private final FleetSimulation fleet;
  private final double speed;
  private final SendLog log;
  private final Properties client = new Properties();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong readings = new AtomicLong();
  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private final Map<String, State> states = new ConcurrentHashMap<>();
  private volatile long simulatedMillis;
  private volatile boolean stopped;

  /**
   * @param speed simulated seconds per second
   */
  FleetFeed(String bootstrapServers, FleetSimulation fleet, double speed, SendLog log) {
    this.fleet = fleet;
    this.speed = speed;
    this.log = log;
    this.simulatedMillis = fleet.config().startMillis();
    client.putAll(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG, "2",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"));
  }

  /** Sends until the end of the simulated span or until {@link #stop()}; blocks. */
  void run() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      long begin = System.nanoTime();
      long end = fleet.config().endMillis();
      while (!stopped && simulatedMillis < end && refused.get() == null) {
        double simulatedSeconds = (System.nanoTime() - begin) / 1e9 * speed;
        simulatedMillis =
            Math.min(end, fleet.config().startMillis() + (long) (simulatedSeconds * 1000));
        fleet.advanceTo(simulatedMillis, upload -> send(producer, upload));
        LockSupport.parkNanos(PACE_NANOS);
      }
      if (!stopped) {
        fleet.finish(upload -> send(producer, upload));
      }
      producer.flush();
    }
  }

  void stop() {
    stopped = true;
  }

  /** The simulated clock. */
  long simulatedMillis() {
    return simulatedMillis;
  }

  long messages() {
    return messages.get();
  }

  long readings() {
    return readings.get();
  }

  /** What each machine last said it was doing. */
  Map<String, State> states() {
    return states;
  }

  /** Why the broker refused a message; null when it refused none. */
  Exception refusal() {
    return refused.get();
  }

  private void send(KafkaProducer<byte[], byte[]> producer, Upload upload) {
    byte[] value = TelemetryCodec.encode(upload.batch());
    log.sent(upload.batch(), System.nanoTime());
    producer.send(
        new ProducerRecord<>(
            FleetRecords.topic(upload), null, upload.sendMillis(), FleetRecords.key(upload), value),
        (metadata, e) -> {
          if (e != null) {
            refused.compareAndSet(null, e);
          }
        });
    for (OperatingStateChange change : upload.batch().operatingStateChanges()) {
      states.put(upload.batch().asset().key(), change.state());
    }
    messages.incrementAndGet();
    readings.addAndGet(upload.batch().measurements().size());
  }
}
