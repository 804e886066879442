package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages of one tenant again, each in one transaction with its entry in the {@link
 * ReplayLog}. Of two at a time the older one is stopped by the broker.
 */
final class TransactionalReplay implements AutoCloseable {
  /** Header of a message that was sent again: identity of its dead letter. */
  static final String HEADER = "foreshock-replay-of";

  private static final int LARGEST_REQUEST = 64 * 1024 * 1024;

  private final KafkaConnection kafka;
  private final String tenant;
  private final String repair;
  private final KafkaProducer<byte[], byte[]> producer;
  private int partitions;

  /**
   * @param repair what was changed in the messages, in words
   */
  TransactionalReplay(KafkaConnection kafka, String tenant, String repair) {
    this.kafka = kafka;
    this.tenant = tenant;
    this.repair = repair;
    Map<String, Object> client = kafka.client();
    client.put("acks", "all");
    client.put("transactional.id", "foreshock.dlq-replay." + tenant + ".");
    client.put("transaction.timeout.ms", 60_000);
    client.put("max.block.ms", 15_000);
    client.put("compression.type", "lz4");
    // What is too large is for the topic to say.
    client.putIfAbsent("max.request.size", LARGEST_REQUEST);
    try {
      producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /** Ends what an earlier replay left open; then the log says what is committed. */
  void begin() {
    try {
      producer.initTransactions();
      partitions = producer.partitionsFor(TenantTopic.RAW.of(tenant)).size();
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /**
   * A message to be sent.
   *
   * @param letter where it comes from
   * @param message its bytes
   */
  record Outgoing(StoredLetter letter, byte[] message) {}

  /** Sends all or none. */
  void send(List<Outgoing> messages) {
    try {
      producer.beginTransaction();
      for (Outgoing outgoing : messages) {
        producer.send(record(outgoing));
        producer.send(ReplayLog.entry(tenant, outgoing.letter().id(), Instant.now(), repair));
      }
      producer.commitTransaction();
    } catch (ProducerFencedException e) {
      throw CliFailure.failed(
          "Another replay for tenant "
              + tenant
              + " has begun, so this one stopped. What it sent before is in the log.",
          e);
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  /** In the partition it came from, so that it keeps its order with what its device sends. */
  private ProducerRecord<byte[], byte[]> record(Outgoing outgoing) {
    LetterId id = outgoing.letter().id();
    byte[] key = outgoing.letter().letter().source().key();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            TenantTopic.RAW.of(tenant),
            id.partition() < partitions ? id.partition() : null,
            key.length == 0 ? null : key,
            outgoing.message());
    record.headers().add(HEADER, id.toString().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  @Override
  public void close() {
    producer.close();
  }
}
