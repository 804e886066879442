package io.foreshock.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.local.LocalAuthority;
import io.foreshock.model.AssetRef;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.kafka.security.KafkaRefusal;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The command line and clients of tenants before a broker that asks who they are. */
class SecuredKafkaITCase extends SecuredKafka {

  @Test
  void scriptGrantsWhatTheCommandGrantsItself() throws Exception {
    Collection<AclBinding> before = granted();
    assertThat(before).hasSizeGreaterThan(40);
    Said applied =
        run(
            adminConfig(),
            security.certificateServers(),
            "tenants",
            "acls",
            "--tenants",
            "t1,t10",
            "--apply");
    long users = before.stream().map(binding -> binding.entry().principal()).distinct().count();
    assertThat(applied.text())
        .startsWith(before.size() + " rights of " + users + " users are granted on 127.0.0.1:");
    assertThat(granted()).containsExactlyInAnyOrderElementsOf(before);
  }

  private static Collection<AclBinding> granted() throws Exception {
    return kafka.admin().describeAcls(AclBindingFilter.ANY).values().get();
  }

  @Test
  void letsInWhoIsKnownByNameOrByCertificate() throws IOException {
    for (String[] client :
        new String[][] {
          {"scram", kafka.bootstrapServers()}, {"admin", security.certificateServers()}
        }) {
      Path config =
          client[0].equals("admin") ? adminConfig() : file("scram", user("foreshock.operator"));
      Said said = run(config, client[1], "patterns", "list");
      assertThat(said.code()).as(said.text()).isZero();
      assertThat(said.text()).contains("Nothing is published.");
    }
    Map<String, Object> plain = new HashMap<>(user("plain"));
    plain.put("sasl.mechanism", "PLAIN");
    plain.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"plain\" password=\""
            + PLAIN_PASSWORD
            + "\";");
    refused(
        file("plain", plain),
        kafka.bootstrapServers(),
        "There is no topic foreshock.patterns and no topic foreshock.patterns.status on %s that this client may see.");
  }

  @Test
  void saysWhyItDoesNotLetAClientIn() throws IOException {
    Map<String, Object> good = user("foreshock.operator");
    refused(
        file("plaintext", Map.of("default.api.timeout.ms", "2000", "request.timeout.ms", "1000")),
        kafka.bootstrapServers(),
        "Kafka on %s speaks TLS only, but this client does not. Set security.protocol in --kafka-config to SSL or SASL_SSL.");
    refused(
        with(
            good,
            "security.protocol",
            "SASL_PLAINTEXT",
            "default.api.timeout.ms",
            "2000",
            "request.timeout.ms",
            "1000"),
        kafka.bootstrapServers(),
        "Kafka on %s speaks TLS only, but this client does not.");
    refused(
        file("wrong-password", security.user("foreshock.operator", WRONG)),
        kafka.bootstrapServers(),
        "Kafka on %s does not know this user name and password (SCRAM-SHA-512). Check sasl.jaas.config and sasl.mechanism in --kafka-config.");
    refused(
        with(good, "sasl.mechanism", "SCRAM-SHA-256"),
        kafka.bootstrapServers(),
        "Kafka on %s does not take SCRAM-SHA-256: Client SASL mechanism 'SCRAM-SHA-256' not enabled in the server, enabled mechanisms are [SCRAM-SHA-512, PLAIN].");
    LocalAuthority other = new LocalAuthority(folder.resolve("other"), "other");
    refused(
        with(good, "ssl.truststore.location", other.certificateFile().toString()),
        kafka.bootstrapServers(),
        "Kafka on %s shows a certificate that no authority in ssl.truststore.* in --kafka-config has signed.");
    String noCertificate =
        "Kafka on %s does not accept this client's certificate, or wants one and got none (alert: bad_certificate). Check ssl.keystore.* in --kafka-config.";
    refused(with(good, "security.protocol", "SSL"), security.certificateServers(), noCertificate);
    refused(
        file("foreign", security.client(other.issue("admin"))),
        security.certificateServers(),
        noCertificate);
    refused(
        with(good, "sasl.jaas.config", "x required password=\"${file:/nowhere}\";"),
        kafka.bootstrapServers(),
        "The file /nowhere does not exist.");
    refused(
        folder.resolve("nowhere.properties"),
        kafka.bootstrapServers(),
        "nowhere.properties of --kafka-config cannot be read (NoSuchFileException).");
  }

  @Test
  void showsTheSecretInNoOutputHoweverMuchIsAskedFor() throws IOException {
    Path config = file("operator", user("foreshock.operator"));
    Map<String, Object> hasty = new HashMap<>(user("foreshock.operator"));
    hasty.putAll(Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500"));
    Path impatient = file("impatient", hasty);
    Path wrong = file("wrong-password", security.user("foreshock.operator", SECRET + WRONG));
    List<Said> all =
        List.of(
            run(config, kafka.bootstrapServers(), "patterns", "list"),
            run(config, kafka.bootstrapServers(), "tenants", "create", "t1"),
            run(impatient, "127.0.0.1:1", "patterns", "list"),
            run(config, kafka.bootstrapServers(), "tenants", "acls", "--tenants", "t1", "--apply"),
            run(wrong, kafka.bootstrapServers(), "patterns", "list"),
            run(config, kafka.bootstrapServers(), "patterns", "publish", "nowhere.yaml"));
    assertThat(all).noneMatch(said -> said.text().contains("s3cr"));
  }

  @Test
  void tenantReadsItsOwnTopicsAndNoOthers() throws Exception {
    try (KafkaProducer<String, String> devices = producer("t1.devices")) {
      devices.send(new ProducerRecord<>("t1.telemetry.raw", "pump-1", "reading")).get();
      assertThatThrownBy(
              () -> devices.send(new ProducerRecord<>("t10.telemetry.raw", "a", "b")).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      assertThatThrownBy(() -> devices.send(new ProducerRecord<>("t1.detections", "a", "b")).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    try (KafkaConsumer<String, String> consumer = consumer("t1.consumer", "t1.training")) {
      consumer.subscribe(List.of("t1.telemetry.raw"));
      List<String> seen = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (seen.isEmpty() && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> seen.add(record.value()));
      }
      assertThat(seen).containsExactly("reading");
      assertThat(consumer.listTopics())
          .containsKey("t1.detections")
          .doesNotContainKey("t10.detections");

      TopicPartition foreign = new TopicPartition("t10.detections", 0);
      consumer.unsubscribe();
      consumer.assign(List.of(foreign));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
          .isInstanceOf(TopicAuthorizationException.class)
          .satisfies(
              refusal ->
                  assertThat(explain(refusal))
                      .isEqualTo(
                          "Kafka on b:1 knows this client, but does not allow it to use topic t10.detections. An"
                              + " administrator grants what is missing: `./foreshock tenants acls`."));
    }
    try (KafkaConsumer<String, String> consumer = consumer("t1.consumer", "t10.training")) {
      consumer.subscribe(List.of("t1.telemetry.raw"));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
          .isInstanceOf(GroupAuthorizationException.class);
    }
  }

  @Test
  void operatorReplaysDeadLettersWithTheRightsThatAreGenerated() throws Exception {
    byte[] message =
        Readings.of(new AssetRef("t10", "pump-1", "pump"))
            .at(System.currentTimeMillis())
            .reading("shaft_speed_rpm", 1480)
            .bytes();
    DeadLetter letter =
        new DeadLetter(
            new RawRecord(
                "t10",
                "t10.telemetry.raw",
                0,
                7,
                System.currentTimeMillis(),
                "pump-1".getBytes(StandardCharsets.UTF_8),
                message),
            DeadLetter.WHOLE_RECORD,
            DeadLetter.Reason.OVERSIZED,
            "too large",
            "pump-1",
            "");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            security.client(security.admin()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>("t10.telemetry.dlq", DeadLetterCodec.encode(letter)))
          .get();
    }
    String[] replay = {"dlq", "replay", "--tenant", "t10", "--all"};
    Said first = operator(replay);
    assertThat(first.code()).as(first.text()).isZero();
    assertThat(first.text()).contains("1 replayed");
    assertThat(operator(replay).text()).contains("0 replayed").contains("1 replayed already");
    assertThat(operator("dlq", "list", "--tenant", "t10").text()).contains("(replayed)");
  }

  @Test
  void tenantsAreNotMadeByWhoMayNot() throws IOException {
    Said said =
        run(
            file("consumer", user("t1.consumer")),
            kafka.bootstrapServers(),
            "tenants",
            "create",
            "t2");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.text())
        .contains("knows this client, but does not allow it")
        .doesNotContain("\tat ", "Exception");
    Said again = run(adminConfig(), security.certificateServers(), "tenants", "create", "t1");
    assertThat(again.code()).isZero();
    assertThat(again.text()).contains("t1.telemetry.raw exists").doesNotContain("created");
  }

  @Test
  void transactionsOfADeadProducerAreFoundAndEndedAndThoseOfItsNeighbourStay() throws Exception {
    try (KafkaProducer<String, String> neighbour = left("foreshock.t10.precursors.detections.0-1");
        KafkaConsumer<String, String> reader = consumer("t1.consumer", "t1.blocked")) {
      left("foreshock.t1.precursors.detections.0-1").close(Duration.ZERO);
      reader.subscribe(List.of("t1.detections"));
      Path json = folder.resolve("transactions.json");

      Said list = operator("transactions", "list", "--json", json.toString());
      assertThat(list.code()).as(list.text()).isZero();
      assertThat(list.text())
          .contains("foreshock.t1.precursors.detections.0-1")
          .contains("foreshock.t10.precursors.detections.0-1")
          .contains("given up after 60.0 s")
          .contains("readers wait: 2 records of t1.detections-0");
      assertThat(Files.readString(json)).contains("\"t1.detections-0\" : 2");
      assertThat(operator("transactions", "list", "--older-than", "1 h").text())
          .contains("No transaction is open.");

      String[] abort = {
        "transactions", "abort", "--prefix", "foreshock.t1.", "--older-than", "0 s"
      };
      Said dry = operator(append(abort, "--dry-run"));
      assertThat(dry.text())
          .contains("Would abort foreshock.t1.precursors.detections.0-1")
          .doesNotContain("t10");
      assertThat(reader.poll(Duration.ofMillis(500))).isEmpty();
      assertThat(operator("transactions", "abort", "--prefix", "foreshock.t1.").text())
          .as("too young")
          .contains("No such transaction is open.");

      Said aborted = operator(abort);
      assertThat(aborted.code()).as(aborted.text()).isZero();
      assertThat(aborted.text()).contains("Aborted foreshock.t1.").doesNotContain("t10");
      neighbour.commitTransaction();
      List<String> seen = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (seen.isEmpty() && System.nanoTime() < deadline) {
        reader.poll(Duration.ofMillis(100)).forEach(record -> seen.add(record.value()));
      }
      assertThat(seen).containsExactly("foreshock.t10.precursors.detections.0-1");
    }
    assertThat(operator("transactions", "abort").text()).contains("Which transactions?");
    assertThat(operator("transactions", "abort", "--prefix", "foreshock.t1").text())
        .contains("--prefix must end with a dot");
    Said tenant =
        run(file("t1", user("t1.consumer")), kafka.bootstrapServers(), "transactions", "list");
    assertThat(tenant.text()).contains("No transaction is open.");
  }

  private static String[] append(String[] arguments, String more) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = more;
    return all;
  }

  private static String explain(Throwable refusal) {
    return new KafkaRefusal("b:1", Map.of(), KafkaRefusal.Words.TOOL).explain(refusal).orElse("");
  }

  private static void refused(Path config, String servers, String message) {
    Said said = run(config, servers, "patterns", "list");
    assertThat(said.code()).as(said.text()).isEqualTo(2);
    assertThat(said.text())
        .contains(message.formatted(servers))
        .doesNotContain("\tat ", "Exception:");
    assertThat(said.text().lines()).hasSize(1);
  }
}
