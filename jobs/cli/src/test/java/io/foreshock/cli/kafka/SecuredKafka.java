package io.foreshock.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalKafkaSecurity;
import io.foreshock.runtime.kafka.security.SecretProvider;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that asks who its clients are, two tenants with the rights that the command line
 * generates, and clients of several users. One for all tests of a class.
 */
abstract class SecuredKafka {
  /** Hard to quote, so that quoting is tested. */
  static final String SECRET = "s3cr\"et-of-everybody\\";

  static final String WRONG = "not-the-one";
  static final String PLAIN_PASSWORD = "of-the-plain-kind";

  @TempDir static Path folder;
  static LocalKafkaSecurity security;
  static LocalKafka kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    security =
        new LocalKafkaSecurity(folder.resolve("certificates")).plainUser("plain", PLAIN_PASSWORD);
    kafka = LocalKafka.at(folder.resolve("kafka")).secured(security).start();
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path admin = adminConfig();
    assertThat(
            run(
                    admin,
                    security.certificateServers(),
                    "tenants",
                    "create",
                    "t1",
                    "--partitions",
                    "1")
                .code())
        .isZero();
    assertThat(
            run(
                    admin,
                    security.certificateServers(),
                    "tenants",
                    "create",
                    "t10",
                    "--partitions",
                    "1")
                .code())
        .isZero();
    Path script = folder.resolve("acls.sh");
    Said acls =
        run(
            admin,
            security.certificateServers(),
            "tenants",
            "acls",
            "--tenants",
            "t1,t10",
            "--out",
            script.toString());
    assertThat(acls.code()).as(acls.text()).isZero();
    KafkaAclsScript.run(script, security.certificateServers(), admin);
    for (String user : List.of("t1.consumer", "t1.devices", "foreshock.operator", "nobody")) {
      kafka.createUser(user, SECRET);
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  static Said operator(String... arguments) throws IOException {
    return run(file("operator", user("foreshock.operator")), kafka.bootstrapServers(), arguments);
  }

  /** A producer in the middle of a transaction on {@code t1.detections}; it wrote its own id. */
  static KafkaProducer<String, String> left(String transactionalId) throws Exception {
    Map<String, Object> client = new HashMap<>(security.client(security.admin()));
    client.put("transactional.id", transactionalId);
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("t1.detections", "pump-1", transactionalId)).get();
    return producer;
  }

  static Path with(Map<String, Object> client, String... changes) throws IOException {
    Map<String, Object> changed = new HashMap<>(client);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put(changes[i], changes[i + 1]);
    }
    return file("changed", changed);
  }

  static KafkaProducer<String, String> producer(String user) {
    return new KafkaProducer<>(client(user), new StringSerializer(), new StringSerializer());
  }

  static KafkaConsumer<String, String> consumer(String user, String group) {
    Map<String, Object> client = client(user);
    client.put("group.id", group);
    client.put("auto.offset.reset", "earliest");
    client.put("isolation.level", "read_committed");
    return new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer());
  }

  private static Map<String, Object> client(String user) {
    Map<String, String> texts = new HashMap<>();
    user(user).forEach((key, value) -> texts.put(key, value.toString()));
    Map<String, Object> client = new HashMap<>(SecretProvider.prepare(texts));
    client.put("bootstrap.servers", kafka.bootstrapServers());
    return client;
  }

  /** What a command printed. */
  record Said(int code, String text) {}

  static Map<String, Object> user(String name) {
    Map<String, Object> client = new HashMap<>(security.user(name, ""));
    client.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"${file:%s}\";"
            .formatted(name, folder.resolve("secret")));
    return client;
  }

  static Path adminConfig() throws IOException {
    return file("admin", security.client(security.admin()));
  }

  static Path file(String name, Map<String, Object> client) throws IOException {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.remove("bootstrap.servers");
    Path file = folder.resolve(name + ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  static Said run(Path config, String servers, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", servers, "--kafka-config", config.toString()));
    TestConsole console = new TestConsole();
    int code = console.execute(all);
    return new Said(code, console.output() + console.errors());
  }
}
