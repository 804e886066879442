package io.foreshock.cli.dlq;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.proto.deadletter.v1.Replay;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Which dead letters were sent again: the compacted topic {@code <tenant>.telemetry.dlq.replayed},
 * one record per letter, written in the transaction that sends the letter's message.
 */
final class ReplayLog {
  private static final String SUFFIX = ".telemetry.dlq.replayed";

  private final Map<LetterId, Long> replayed = new HashMap<>();

  private ReplayLog() {}

  static String topic(String tenant) {
    return tenant + SUFFIX;
  }

  /** Reads what is committed now. A tenant without the topic has replayed nothing. */
  static ReplayLog read(KafkaConnection kafka, String tenant) {
    String topic = topic(tenant);
    ReplayLog log = new ReplayLog();
    if (kafka.ask(admin -> KafkaConnection.answer(admin.listTopics().names())).contains(topic)) {
      WholeTopic.read(
          kafka,
          List.of(topic),
          record -> {
            LetterId id = LetterId.parse(new String(record.key(), StandardCharsets.UTF_8));
            if (record.value() == null) {
              log.replayed.remove(id);
            } else {
              log.replayed.put(id, time(record.value()));
            }
            return true;
          });
    }
    return log;
  }

  /**
   * Creates the topic of a tenant unless it is there. {@code tenants create} has made it, so
   * whoever replays needs no right to create topics.
   */
  static void create(KafkaConnection kafka, String tenant) {
    NewTopic topic =
        new NewTopic(topic(tenant), Optional.of(1), Optional.empty())
            .configs(Map.of("cleanup.policy", "compact"));
    kafka.ask(
        admin -> {
          if (KafkaConnection.answer(admin.listTopics().names()).contains(topic.name())) {
            return null;
          }
          try {
            return KafkaConnection.answer(admin.createTopics(List.of(topic)).all());
          } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
              return null;
            }
            throw e;
          }
        });
  }

  /** The record that says that a letter was sent again. */
  static ProducerRecord<byte[], byte[]> entry(
      String tenant, LetterId id, Instant now, String repair) {
    Replay replay =
        Replay.newBuilder()
            .setReplayedAtEpochMillis(now.toEpochMilli())
            .setReplayedBy(System.getProperty("user.name", ""))
            .setRepair(repair)
            .build();
    return new ProducerRecord<>(
        topic(tenant), id.toString().getBytes(StandardCharsets.UTF_8), replay.toByteArray());
  }

  boolean contains(LetterId id) {
    return replayed.containsKey(id);
  }

  /** When a letter was sent again; empty when it was not. */
  Optional<Instant> replayedAt(LetterId id) {
    return Optional.ofNullable(replayed.get(id)).map(Instant::ofEpochMilli);
  }

  private static long time(byte[] value) {
    try {
      return Replay.parseFrom(value).getReplayedAtEpochMillis();
    } catch (InvalidProtocolBufferException e) {
      // Of a later version; that there is a record is what counts.
      return 0;
    }
  }
}
