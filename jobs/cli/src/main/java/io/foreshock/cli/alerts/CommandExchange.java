package io.foreshock.cli.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.codec.AlertCodec;
import io.foreshock.model.Alert;
import io.foreshock.proto.command.v1.Command;
import io.foreshock.proto.command.v1.CommandAnswer;
import io.foreshock.proto.command.v1.CommandOutcome;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a command to the job {@code alerts} and waits for what becomes of it: the job's answer, and
 * where the command is about one alert, the alert as it stands then.
 */
final class CommandExchange {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long SAY_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

  private final KafkaConnection kafka;
  private final String tenant;
  private final Duration patience;
  private final PrintWriter progress;

  /**
   * What became of a command.
   *
   * @param answer the job's; null when it said nothing in time
   * @param alert the alert after it; null when none changed, or the command is not about one
   */
  record Result(CommandAnswer answer, Alert alert) {
    boolean accepted() {
      return answer != null && answer.getOutcome() == CommandOutcome.COMMAND_OUTCOME_ACCEPTED;
    }
  }

  /**
   * @param patience how long an answer is waited for
   * @param progress told every few seconds that nothing has come yet
   */
  CommandExchange(KafkaConnection kafka, String tenant, Duration patience, PrintWriter progress) {
    this.kafka = kafka;
    this.tenant = tenant;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Sends and waits.
   *
   * @param alertId the alert that will change; empty when it is none or many
   * @throws CliFailure when Kafka does not take the command; then nothing has happened
   */
  Result send(Command command, String alertId) {
    try (KafkaConsumer<byte[], byte[]> consumer = WholeTopic.consumer(kafka)) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (TenantTopic kind : List.of(TenantTopic.COMMAND_ANSWERS, TenantTopic.ALERTS)) {
        consumer
            .partitionsFor(kind.of(tenant))
            .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      }
      consumer.assign(partitions);
      // Fixed before the command goes out: the answer comes after these.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ends.forEach(consumer::seek);
      produce(command);
      return await(consumer, command, alertId);
    } catch (KafkaException e) {
      throw kafka.failure(e);
    }
  }

  private void produce(Command command) {
    Map<String, Object> client = kafka.client();
    client.put("acks", "all");
    client.put("enable.idempotence", "true");
    client.putIfAbsent("delivery.timeout.ms", "15000");
    client.putIfAbsent("request.timeout.ms", "10000");
    client.putIfAbsent("max.block.ms", "15000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  TenantTopic.COMMANDS.of(tenant),
                  command.getId().getBytes(StandardCharsets.UTF_8),
                  command.toByteArray()))
          .get();
    } catch (ExecutionException e) {
      throw kafka.failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliFailure.failed("Interrupted; the command may have been given.", e);
    }
  }

  private Result await(KafkaConsumer<byte[], byte[]> consumer, Command command, String alertId) {
    long began = System.nanoTime();
    long nextWord = began + SAY_EVERY_NANOS;
    CommandAnswer answer = null;
    Alert alert = null;
    while (System.nanoTime() - began < patience.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (TenantTopic.COMMAND_ANSWERS.matches(record.topic())) {
          answer = answer(record, command.getId(), answer);
        } else {
          alert = alert(record, command, alertId, alert);
        }
      }
      if (answer != null) {
        boolean changes =
            answer.getOutcome() == CommandOutcome.COMMAND_OUTCOME_ACCEPTED
                && answer.getAlertsChanged() > 0
                && !alertId.isEmpty();
        if (!changes || alert != null) {
          return new Result(answer, alert);
        }
      }
      if (System.nanoTime() - nextWord >= 0) {
        nextWord += SAY_EVERY_NANOS;
        progress.printf(
            "%3d s  %s%n",
            (System.nanoTime() - began) / 1_000_000_000,
            answer == null
                ? "no answer from the job alerts yet"
                : "accepted, the alert does not show it yet");
        progress.flush();
      }
    }
    return new Result(answer, alert);
  }

  private static CommandAnswer answer(
      ConsumerRecord<byte[], byte[]> record, String commandId, CommandAnswer before) {
    try {
      CommandAnswer answer =
          record.value() == null ? null : CommandAnswer.parseFrom(record.value());
      return answer != null && answer.getCommandId().equals(commandId) ? answer : before;
    } catch (InvalidProtocolBufferException notOne) {
      return before;
    }
  }

  /**
   * The alert's record that the command caused, or one that is newer. That a closed alert was false
   * is no change of its state, so its history does not name the command.
   */
  static Alert alert(
      ConsumerRecord<byte[], byte[]> record, Command command, String alertId, Alert before) {
    if (record.key() == null
        || record.value() == null
        || !new String(record.key(), StandardCharsets.UTF_8).equals(alertId)) {
      return before;
    }
    try {
      Alert alert = AlertCodec.decode(record.value());
      boolean caused =
          alert.history().stream().anyMatch(change -> change.cause().equals(command.getId()))
              || command.hasFalseAlarm() && alert.falseAlarm();
      return caused || before != null ? alert : null;
    } catch (InvalidProtocolBufferException notOne) {
      return before;
    }
  }
}
