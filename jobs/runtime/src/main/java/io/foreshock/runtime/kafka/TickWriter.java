package io.foreshock.runtime.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes ticks on a thread of its own. A tick is no data: one that fails is counted ({@code
 * ticksFailed}) and the next one comes soon, so nothing is written again, and nobody waits. While
 * the brokers do not answer, ticks are left out ({@code ticksSkipped}).
 */
final class TickWriter implements SinkWriter<Long> {
  private static final Logger LOG = LoggerFactory.getLogger(TickWriter.class);
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final TenantTopics topics;
  private final boolean statesTime;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "write-ticks");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Counter written = new ThreadSafeSimpleCounter();
  private final Counter failed = new ThreadSafeSimpleCounter();
  private final Counter skipped = new ThreadSafeSimpleCounter();

  private Map<String, Integer> partitions = Map.of();
  private long lookedNanos;
  private volatile boolean failing;

  /**
   * @param kind topics that get ticks
   * @param statesTime whether an element is a time that the ticks carry; otherwise a tick has the
   *     time at which the broker appends it
   */
  TickWriter(KafkaConfig config, TenantTopic kind, boolean statesTime, MetricGroup metrics) {
    this(
        new TenantTopics(kind, config.tenants(), Set.of(), false, true),
        statesTime,
        admin(config),
        producer(config),
        metrics);
  }

  TickWriter(
      TenantTopics topics,
      boolean statesTime,
      Admin admin,
      Producer<byte[], byte[]> producer,
      MetricGroup metrics) {
    this.topics = topics;
    this.statesTime = statesTime;
    this.admin = admin;
    this.producer = producer;
    metrics.counter("ticks", written);
    metrics.counter("ticksFailed", failed);
    metrics.counter("ticksSkipped", skipped);
  }

  private static Admin admin(KafkaConfig config) {
    Properties admins = config.clientProperties();
    admins.setProperty("default.api.timeout.ms", "10000");
    admins.setProperty("request.timeout.ms", "5000");
    return Admin.create(admins);
  }

  private static Producer<byte[], byte[]> producer(KafkaConfig config) {
    Properties properties = config.clientProperties();
    properties.setProperty("acks", "1");
    properties.setProperty("enable.idempotence", "false");
    properties.setProperty("retries", "0");
    properties.setProperty("linger.ms", "0");
    properties.setProperty("request.timeout.ms", "5000");
    properties.setProperty("delivery.timeout.ms", "5000");
    properties.setProperty("max.block.ms", "2000");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void write(Long number, Context context) {
    if (busy.compareAndSet(false, true)) {
      List<Header> headers = headers(number);
      thread.execute(() -> tick(headers));
    } else {
      skipped.inc();
    }
  }

  private List<Header> headers(long millis) {
    byte[] time =
        statesTime ? ByteBuffer.allocate(Long.BYTES).putLong(millis).array() : new byte[0];
    return List.of(new RecordHeader(RawRecordDeserializer.TICK_HEADER, time));
  }

  private void tick(List<Header> headers) {
    try {
      long now = System.nanoTime();
      if (partitions.isEmpty() || now - lookedNanos > LOOK_AGAIN_NANOS) {
        partitions = topics.find(admin, Set.of()).partitions();
        lookedNanos = now;
      }
      if (!tick(partitions, headers)) {
        partitions = Map.of();
      }
    } catch (ExecutionException | KafkaException e) {
      report(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      busy.set(false);
    }
  }

  /** Returns whether all goes well so far; else topics must be looked for again. */
  boolean tick(Map<String, Integer> topics, List<Header> headers) {
    boolean well = true;
    for (Map.Entry<String, Integer> topic : topics.entrySet()) {
      well &= tick(topic.getKey(), topic.getValue(), headers);
    }
    return well;
  }

  /**
   * Leaves a topic at the first failure that is known: when the topic is gone, each further send
   * would block for max.block.ms, and with it the ticks of the others.
   */
  private boolean tick(String topic, int count, List<Header> headers) {
    AtomicBoolean refused = new AtomicBoolean();
    for (int partition = 0; partition < count && !refused.get(); partition++) {
      producer.send(
          new ProducerRecord<>(topic, partition, null, null, null, headers),
          (metadata, failure) -> {
            if (failure == null) {
              written.inc();
              failing = false;
            } else {
              refused.set(true);
              report(failure);
            }
          });
    }
    return !refused.get();
  }

  /** Counts each failure and says the first of a row. */
  private void report(Exception failure) {
    failed.inc();
    if (!failing) {
      failing = true;
      LOG.warn("Ticks cannot be written; time stands still where no device speaks.", failure);
    }
  }

  @Override
  public void flush(boolean endOfInput) {}

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
