package io.foreshock.bench.latency;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends each message at its moment, late when it must, and never leaves one out. */
final class Sender implements AutoCloseable {
  private final Schedule schedule;
  private final String topic;
  private final long messages;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Thread thread = new Thread(this::run, "sender");
  private volatile long worstLateMillis;

  Sender(String servers, String topic, Schedule schedule, long messages) {
    this.schedule = schedule;
    this.topic = topic;
    this.messages = messages;
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", servers);
    properties.setProperty("acks", "all");
    properties.setProperty("enable.idempotence", "true");
    properties.setProperty("linger.ms", "1");
    properties.setProperty("delivery.timeout.ms", "300000");
    properties.setProperty("max.block.ms", "300000");
    properties.setProperty("compression.type", "none");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    for (long message = 0; message < messages && failure.get() == null; message++) {
      byte[] key = Schedule.assetId(schedule.asset(message)).getBytes(StandardCharsets.UTF_8);
      byte[] value = schedule.message(message);
      long due = schedule.dueMillis(message);
      long now = System.currentTimeMillis();
      while (now < due) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(due - now, 5)));
        now = System.currentTimeMillis();
      }
      worstLateMillis = Math.max(worstLateMillis, now - due);
      producer.send(
          new ProducerRecord<>(topic, key, value),
          (metadata, e) -> {
            if (e != null) {
              failure.compareAndSet(null, e);
            } else {
              acknowledged.incrementAndGet();
            }
          });
    }
    producer.flush();
  }

  /** Waits until everything was sent. */
  void join() throws InterruptedException {
    thread.join();
    if (failure.get() != null) {
      throw new IllegalStateException("A message could not be sent", failure.get());
    }
  }

  /** Messages that the broker has. */
  long sent() {
    return acknowledged.get();
  }

  /** How far behind its moment the latest message was handed over, in milliseconds. */
  long worstLateMillis() {
    return worstLateMillis;
  }

  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("closed"));
    producer.close(java.time.Duration.ofSeconds(5));
  }
}
