package io.foreshock.chaos;

import io.foreshock.chaos.truth.Fleet;
import io.foreshock.chaos.truth.Outgoing;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.chaos.truth.Upload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what the devices hand out, at an even rate, and a tick per partition and second. Waits out
 * every outage of the broker: a record is sent until it is acknowledged, in order.
 */
final class Sender implements AutoCloseable {
  /** Header with the id of a record, by which it is found again on the raw topic. */
  static final String ID_HEADER = "chaos-id";

  private static final String TICK_HEADER = "foreshock-tick";
  private static final long PACE_NANOS = 5_000_000;
  private static final long TICK_NANOS = 1_000_000_000L;
  private static final String PATIENCE_MILLIS = "3600000";

  private final Fleet fleet;
  private final Truth truth;
  private final List<String> tenants;
  private final int partitions;
  private final double rate;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "send-telemetry");
  private volatile Uploading uploading;
  private volatile boolean finishing;
  private volatile boolean finished;
  private volatile boolean closed;

  /**
   * A device that uploads what it has kept.
   *
   * @param beginNanos when it began
   * @param rate messages per second that its connection carries
   */
  private record Uploading(Upload upload, long beginNanos, double rate) {}

  /**
   * @param partitions partitions of each raw topic
   * @param rate turns of devices per second
   */
  Sender(
      String bootstrapServers,
      Fleet fleet,
      Truth truth,
      List<String> tenants,
      int partitions,
      double rate) {
    this.fleet = fleet;
    this.truth = truth;
    this.tenants = tenants;
    this.partitions = partitions;
    this.rate = rate;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500",
                ProducerConfig.LINGER_MS_CONFIG, "2"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Lets a device upload what it has kept, beside all others. */
  void upload(Upload upload, double rate) {
    uploading = new Uploading(upload, System.nanoTime(), rate);
  }

  /** True until all that a device had kept is handed to the producer. */
  boolean isUploading() {
    return uploading != null;
  }

  /** Lets every device complete what it has begun; ticks go on until {@link #close}. */
  void finish() {
    finishing = true;
  }

  /** True when all records are acknowledged. */
  boolean isFinished() {
    return finished;
  }

  /** Why the broker refused a record; null when it refused none. */
  Exception refusal() {
    return refused.get();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    producer.close(java.time.Duration.ZERO);
  }

  private void run() {
    try {
      send();
    } catch (org.apache.kafka.common.KafkaException e) {
      if (!closed) {
        refused.compareAndSet(null, e);
      }
    }
  }

  private void send() {
    long begin = System.nanoTime();
    long nextTick = begin;
    long turns = 0;
    long uploaded = 0;
    while (!closed) {
      long now = System.nanoTime();
      if (now >= nextTick) {
        tick();
        nextTick = now + TICK_NANOS;
      }
      uploaded = upload(now, uploaded);
      if (!finishing) {
        long due = (long) ((now - begin) / 1e9 * rate);
        for (; turns < due && !finishing; turns++) {
          fleet.next(this::send);
        }
      } else if (!finished) {
        fleet.finish(this::send);
        producer.flush();
        finished = true;
      }
      LockSupport.parkNanos(PACE_NANOS);
    }
  }

  /** Sends what is due of an upload; returns how much of it is sent. */
  private long upload(long now, long sent) {
    Uploading current = uploading;
    if (current == null) {
      return 0;
    }
    long uploaded = sent;
    long due = (long) ((now - current.beginNanos()) / 1e9 * current.rate());
    for (; uploaded < due; uploaded++) {
      if (!current.upload().next(this::send)) {
        uploading = null;
        return 0;
      }
    }
    return uploaded;
  }

  private void send(Outgoing record) {
    truth.sent(record);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            rawTopic(record.tenant()),
            record.device().getBytes(StandardCharsets.UTF_8),
            record.value());
    message
        .headers()
        .add(
            new RecordHeader(
                ID_HEADER, ByteBuffer.allocate(Long.BYTES).putLong(record.id()).array()));
    producer.send(message, (metadata, failure) -> remember(failure));
  }

  private void tick() {
    for (String tenant : tenants) {
      for (int partition = 0; partition < partitions; partition++) {
        ProducerRecord<byte[], byte[]> tick =
            new ProducerRecord<>(rawTopic(tenant), partition, null, new byte[0]);
        tick.headers().add(new RecordHeader(TICK_HEADER, new byte[0]));
        producer.send(tick, (metadata, failure) -> remember(failure));
      }
    }
  }

  private void remember(Exception failure) {
    if (failure != null && !closed) {
      refused.compareAndSet(null, failure);
    }
  }

  static String rawTopic(String tenant) {
    return tenant + ".telemetry.raw";
  }
}
