package io.foreshock.cli.imports;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the messages of a recording to {@code <tenant>.telemetry.raw} and its bad cells to {@code
 * <tenant>.telemetry.dlq}, idempotently: a retry of the client writes nothing twice. The broker's
 * clock is the arrival.
 */
final class ImportToKafka implements AutoCloseable {
  private final KafkaConnection kafka;
  private final String rawTopic;
  private final String letterTopic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * @param kafka where the topics are
   */
  ImportToKafka(KafkaConnection kafka, String tenant) {
    this.kafka = kafka;
    this.rawTopic = TenantTopic.RAW.of(tenant);
    this.letterTopic = TenantTopic.DEAD_LETTERS.of(tenant);
    Map<String, Object> settings = kafka.client();
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("compression.type", "lz4");
    settings.put("linger.ms", 20);
    settings.put("delivery.timeout.ms", 30_000);
    settings.put("request.timeout.ms", 10_000);
    settings.put("max.block.ms", 15_000);
    try {
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  void message(RawRecord record) {
    send(new ProducerRecord<>(rawTopic, record.key(), record.value()));
  }

  void letter(DeadLetter letter) {
    byte[] key = letter.source().key();
    send(
        new ProducerRecord<>(
            letterTopic, key.length == 0 ? null : key, DeadLetterCodec.encode(letter)));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    refuseIfFailed();
    try {
      producer.send(
          record,
          (metadata, problem) -> {
            if (problem != null) {
              failure.compareAndSet(null, problem);
            }
          });
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /** Returns when the broker has everything. */
  void flush() {
    producer.flush();
    refuseIfFailed();
  }

  private void refuseIfFailed() {
    Exception problem = failure.get();
    if (problem != null) {
      throw CliFailure.failed(
          "Kafka did not take everything: "
              + problem.getMessage()
              + ". Messages up to here are sent; importing once more sends them again. A job drops those that it"
              + " remembers: by number in the last boots of a device, by id within deduplicate.id-ttl (1 h). The"
              + " others would count twice: import soon, or into a tenant whose topics are empty.",
          problem);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
