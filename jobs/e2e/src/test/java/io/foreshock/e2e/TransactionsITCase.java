package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of jobs on a real broker: whose they are, and what happens when one is lost. */
class TransactionsITCase {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static LocalKafka kafka;
  private static CopyJobs jobs;

  @BeforeAll
  static void start() throws Exception {
    kafka =
        LocalKafka.at(folder.resolve("kafka"))
            // Every second instead of every ten: transactions that are too old are given up.
            .property("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
            .start();
    jobs = new CopyJobs(kafka.bootstrapServers(), folder.resolve("flink"), freePort());
  }

  @AfterAll
  static void stop() throws Exception {
    jobs.close();
    kafka.close();
  }

  @Test
  void lostTransactionFailsTheTaskAndIsSeenByPrometheus() throws Exception {
    createTopics("gone");
    JobID job = jobs.start("gone", "gone");
    assertThat(value("lostTransactions"))
        .as("known from the start, so that a rule can be tested")
        .isZero();
    send("gone", "a", "b", "c");
    awaitOpen("gone");
    jobs.prepareCommit(job);

    Await.until("Kafka to give the transaction up", LIMIT, () -> open("gone").isEmpty());
    jobs.commit(job);

    jobs.awaitRunning(job, 1);
    Await.until("the metric", LIMIT, () -> value("lostTransactions") == 1);
    assertThat(value("failedCommittables")).isEqualTo(1);
    assertThat(value("doubtfulTransactions")).isZero();
    assertThat(jobs.failures(job))
        .singleElement()
        .asString()
        .contains("Kafka has given up transaction e2e.gone.copy.detections.-0-")
        .contains("the output of one checkpoint is lost");

    send("gone", "d");
    awaitOpen("gone");
    jobs.commit(job);
    try (CommittedReader<String> reader =
        new CommittedReader<>(
            kafka.bootstrapServers(), "gone.detections", TransactionsITCase::text)) {
      assertThat(reader.readUntil("what came after", LIMIT, seen -> !seen.isEmpty()))
          .as("a, b and c are lost, and the job goes on")
          .containsExactly("gone d");
    }
    jobs.cancel(job);
  }

  @Test
  void restartOfOneJobLeavesTransactionsOfANeighbourAloneWhoseNameBeginsAlike() throws Exception {
    createTopics("t1");
    createTopics("t10");
    JobID neighbour = jobs.start("t10", "t1,t10");
    send("t1", "x");
    send("t10", "y");
    awaitOpen("t10");
    List<TransactionListing> before = open("t10");

    JobID job = jobs.start("t1", "t1,t10");
    awaitOpen("t1");
    jobs.cancel(job);
    JobID again = jobs.start("t1", "t1,t10");
    assertThat(open("t10")).as("still open").isEqualTo(before);

    jobs.commit(neighbour);
    jobs.cancel(again);
    assertThat(jobs.attempt(neighbour)).as("restarts of the neighbour").isZero();
    try (CommittedReader<String> reader =
        new CommittedReader<>(
            kafka.bootstrapServers(), "t1.detections", TransactionsITCase::text)) {
      assertThat(reader.readUntil("the neighbour's record", LIMIT, seen -> !seen.isEmpty()))
          .containsExactly("t10 x");
    }
    jobs.cancel(neighbour);
  }

  /** Sum over all tasks that report it; -1 when none does. */
  private static double value(String metric) throws Exception {
    String name =
        metric.equals("failedCommittables")
            ? "flink_taskmanager_job_task_operator_failedCommittables"
            : "flink_taskmanager_job_task_operator_foreshock_" + metric;
    List<String> lines =
        jobs.metrics(name).stream()
            .filter(line -> line.contains("operator_name=\"write_detections:_Committer\""))
            .toList();
    return lines.isEmpty()
        ? -1
        : lines.stream()
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  private static void awaitOpen(String scope) {
    Await.until("an open transaction of " + scope, LIMIT, () -> !open(scope).isEmpty());
  }

  private static List<TransactionListing> open(String scope) throws Exception {
    return kafka
        .admin()
        .listTransactions(
            new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING)))
        .all()
        .get()
        .stream()
        .filter(open -> open.transactionalId().matches("e2e\\." + scope + "[^0-9].*"))
        .toList();
  }

  private static void createTopics(String tenant) {
    kafka.createTopics(
        List.of(
            new NewTopic(tenant + ".detections", 1, (short) 1),
            new NewTopic(tenant + ".telemetry.raw", 1, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime"))));
  }

  private static void send(String tenant, String... values) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(tenant + ".telemetry.raw", "key", value)).get();
      }
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
