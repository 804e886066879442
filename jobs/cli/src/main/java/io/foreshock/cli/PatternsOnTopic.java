package io.foreshock.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The compacted topics of patterns and of what became of them, as a person's tool sees them. */
final class PatternsOnTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConnection kafka;
  private final String topic;

  private PatternsOnTopic(KafkaConnection kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  /**
   * Connects.
   *
   * @throws CliFailure when the broker does not answer or the topics are not there
   */
  static PatternsOnTopic at(KafkaConnection kafka, String topic) {
    Set<String> names = kafka.ask(admin -> KafkaConnection.answer(admin.listTopics().names()));
    List<String> missing =
        List.of(topic, PatternCodec.statusTopic(topic)).stream()
            .filter(name -> !names.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw CliFailure.wrongInput(
          "There is no topic "
              + String.join(" and no topic ", missing)
              + " on "
              + kafka.servers()
              + " that this client may see. Create it with cleanup.policy=compact, grant Describe on it, or name another"
              + " with --topic.");
    }
    return new PatternsOnTopic(kafka, topic);
  }

  /** What is published, by key. Records that nobody can read are left out. */
  Map<String, PatternDocument> documents() {
    Map<String, PatternDocument> found = new TreeMap<>();
    read(
        topic,
        record -> {
          String key = key(record);
          if (key.startsWith(PatternTrace.KEY_PREFIX)) {
            return false;
          }
          try {
            if (record.value() == null) {
              found.remove(key);
            } else {
              found.put(key, PatternCodec.decode(record.value()));
            }
          } catch (InvalidProtocolBufferException e) {
            found.remove(key);
          }
          return false;
        },
        Duration.ZERO);
    return found;
  }

  /** Requests for near misses, by key. Records that nobody can read are left out. */
  Map<String, PatternTrace> traces() {
    Map<String, PatternTrace> found = new TreeMap<>();
    read(
        topic,
        record -> {
          String key = key(record);
          if (key.startsWith(PatternTrace.KEY_PREFIX)) {
            found.remove(key);
            try {
              if (record.value() != null) {
                found.put(key, PatternCodec.decodeTrace(record.value()));
              }
            } catch (InvalidProtocolBufferException e) {
              // Nobody can read it: the job refuses it, and nothing is traced.
              return false;
            }
          }
          return false;
        },
        Duration.ZERO);
    return found;
  }

  /**
   * The document under a key.
   *
   * @throws CliFailure when there is none; suggests one
   */
  PatternDocument named(String key) {
    Map<String, PatternDocument> documents = documents();
    PatternDocument found = documents.get(key);
    if (found == null) {
      throw CliFailure.wrongInput(
          "Nothing is published under "
              + key
              + ". "
              + (documents.isEmpty()
                  ? "The topic is empty."
                  : "Published are: " + String.join(", ", documents.keySet()) + "."));
    }
    return found;
  }

  /** The newest answer of a job, by key. */
  Map<String, PatternStatus> statuses() {
    Map<String, PatternStatus> found = new TreeMap<>();
    read(
        PatternCodec.statusTopic(topic),
        record -> {
          PatternStatus status = status(record);
          if (status != null) {
            found.put(key(record), status);
          }
          return false;
        },
        Duration.ZERO);
    return found;
  }

  /** Publishes, and returns when the brokers have it. */
  void put(PatternDocument document) {
    send(document.key(), PatternCodec.encode(document));
  }

  void put(PatternTrace trace) {
    send(trace.key(), PatternCodec.encode(trace));
  }

  void remove(String key) {
    send(key, null);
  }

  /**
   * Waits for a job's answer to what was published under a key.
   *
   * @throws CliFailure when none comes
   */
  PatternStatus await(String key, long publishedAtMillis, Duration atMost) {
    List<PatternStatus> answer = new ArrayList<>();
    read(
        PatternCodec.statusTopic(topic),
        record -> {
          PatternStatus status = key(record).equals(key) ? status(record) : null;
          if (status != null && status.publishedAtMillis() == publishedAtMillis) {
            answer.add(status);
          }
          return !answer.isEmpty();
        },
        atMost);
    if (answer.isEmpty()) {
      throw CliFailure.failed(
          "%s is published, but no job answered within %d s. Is precursors running with -D patterns.topic=%s?"
              .formatted(key, atMost.toSeconds(), topic),
          null);
    }
    return answer.get(0);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  private static PatternStatus status(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? null : PatternCodec.decodeStatus(record.value());
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  /** Reads from the beginning to the end as it is now, and on for the given time unless done. */
  private void read(
      String from, Predicate<ConsumerRecord<byte[], byte[]>> done, Duration beyondTheEnd) {
    Map<String, Object> client = kafka.client();
    client.put("isolation.level", "read_committed");
    client.put("enable.auto.commit", "false");
    client.put("fetch.max.wait.ms", "50");
    long deadline = System.nanoTime() + PATIENCE.plus(beyondTheEnd).toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(from, PATIENCE).stream()
              .map(partition -> new TopicPartition(from, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      boolean toTheEnd = beyondTheEnd.isZero();
      while (!toTheEnd || !partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (done.test(record)) {
            return;
          }
        }
        if (System.nanoTime() > deadline) {
          return;
        }
      }
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private void send(String key, byte[] value) {
    Map<String, Object> client = kafka.client();
    client.put("acks", "all");
    client.put("delivery.timeout.ms", "10000");
    client.put("request.timeout.ms", "5000");
    client.put("linger.ms", "0");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (ExecutionException | KafkaException e) {
      throw kafka.failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliFailure.failed("Interrupted.", e);
    }
  }
}
