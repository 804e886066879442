package io.foreshock.cli.dlq;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.proto.deadletter.v1.DeadLetter;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The dead letters of some tenants: each once, also where two jobs have written it. */
final class LetterTopics {
  private final KafkaConnection kafka;
  private final List<String> topics;
  private long unreadable;

  private LetterTopics(KafkaConnection kafka, List<String> topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  /**
   * @param tenants empty for every tenant
   * @throws CliFailure when there is no topic to read
   */
  static LetterTopics of(KafkaConnection kafka, List<String> tenants) {
    Set<String> existing = kafka.ask(admin -> KafkaConnection.answer(admin.listTopics().names()));
    Set<String> wanted = new TreeSet<>();
    if (tenants.isEmpty()) {
      existing.stream().filter(TenantTopic.DEAD_LETTERS::matches).forEach(wanted::add);
    }
    for (String tenant : tenants) {
      String topic = TenantTopic.DEAD_LETTERS.of(tenant);
      if (!existing.contains(topic)) {
        throw CliFailure.wrongInput(
            "There is no topic %s on %s. Is the tenant's name right?"
                .formatted(topic, kafka.servers()));
      }
      wanted.add(topic);
    }
    if (wanted.isEmpty()) {
      throw CliFailure.wrongInput(
          "There is no topic named <tenant>.telemetry.dlq on " + kafka.servers() + ".");
    }
    return new LetterTopics(kafka, List.copyOf(wanted));
  }

  /** Tenants whose letters these are. */
  List<String> tenants() {
    return topics.stream().map(TenantTopic.DEAD_LETTERS::tenantOf).toList();
  }

  /** Takes letters; answers whether more are wanted. */
  @FunctionalInterface
  interface Taker {
    boolean take(StoredLetter letter);
  }

  /**
   * Reads all letters, tenant after tenant, oldest first within a partition. Holds the identities
   * of one tenant's letters.
   */
  void read(Taker taker) {
    Set<LetterId> seen = new HashSet<>();
    String[] topic = {""};
    WholeTopic.read(
        kafka,
        topics,
        record -> {
          if (!topic[0].equals(record.topic())) {
            topic[0] = record.topic();
            seen.clear();
          }
          StoredLetter letter = decode(record.value());
          if (letter == null) {
            unreadable++;
            return true;
          }
          return !seen.add(letter.id()) || taker.take(letter);
        });
  }

  /** Records that are no letters of this version. */
  long unreadable() {
    return unreadable;
  }

  private static StoredLetter decode(byte[] value) {
    if (value == null) {
      return null;
    }
    try {
      return new StoredLetter(
          DeadLetterCodec.decode(value), DeadLetter.parseFrom(value).getOriginalSize());
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }
}
