package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.Foreshock;
import io.foreshock.local.ClientResult;
import io.foreshock.local.FlinkRest;
import io.foreshock.local.LocalAuthority;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalKafkaSecurity;
import io.foreshock.model.Detection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/**
 * The packaged job before a broker that asks who it is, with the rights that {@code tenants acls}
 * gives and no others.
 */
@ExtendWith(WithInstallation.class)
class SecuredPrecursorsITCase {
  private static final String SECRET = "n0b0dy-\"sees\"-th1s";
  private static final String WRONG = "not-the-one";

  private static Path folder;
  private static LocalKafkaSecurity security;
  private static LocalKafka kafka;

  @BeforeAll
  static void startBroker(Installation installation) throws IOException {
    folder = Files.createDirectories(installation.folder().resolve("secured"));
    security = new LocalKafkaSecurity(folder.resolve("certificates"));
    kafka = LocalKafka.at(folder.resolve("kafka")).secured(security).start();
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Files.writeString(folder.resolve("wrong"), WRONG);
    administer("tenants", "create", "safe", "--partitions", "2");
    administer("tenants", "create", "other", "--partitions", "1");
    administer(
        "tenants",
        "acls",
        "--tenants",
        "safe",
        "--installation",
        "e2e",
        "--job-per-tenant",
        "--apply");
    for (String user : List.of("e2e.precursors.safe", "safe.devices", "safe.consumer")) {
      kafka.createUser(user, SECRET);
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void findsPrecursorsWithTheRightsItNeedsAndShowsItsPasswordToNobody(Installation installation)
      throws Exception {
    Episodes episodes = new Episodes("safe", 10, 5, System.currentTimeMillis());
    FlinkRest rest = installation.flink().rest();
    List<String> arguments =
        arguments("secret", "patterns=" + Episodes.pattern(folder), "dead-letters.write=true");
    ClientResult client =
        installation
            .flink()
            .flink(
                Stream.concat(
                        Stream.of("run", "--detached", Installation.jar().toString()),
                        arguments.stream())
                    .toList());
    assertThat(client.exitCode()).as(client.output()).isZero();
    String job = client.jobId().orElseThrow();
    rest.awaitRunning(job, Duration.ofSeconds(60));

    try (KafkaProducer<byte[], byte[]> devices =
            new KafkaProducer<>(
                as("safe.devices"), new ByteArraySerializer(), new ByteArraySerializer());
        CommittedReader<Detection> reader =
            new CommittedReader<>(as("safe.consumer"), "safe.detections", Episodes::detection)) {
      episodes.messages().forEach(devices::send);
      devices.flush();
      List<Detection> seen =
          reader.readUntil(
              "all detections", Duration.ofSeconds(60), all -> all.size() >= episodes.detections());
      TreeSet<String> lines = new TreeSet<>();
      seen.forEach(detection -> lines.add(Episodes.line(detection)));
      assertThat(lines).isEqualTo(episodes.expected());
    }
    assertThat(rest.restarts(job)).as("restarts").isZero();

    assertThat(client.output())
        .contains("kafka.sasl.password", "${file:" + folder.resolve("secret") + "}")
        .doesNotContain("n0b0dy");
    for (String path :
        List.of(
            "/jobs/" + job,
            "/jobs/" + job + "/config",
            "/jobs/" + job + "/plan",
            "/jobs/" + job + "/exceptions",
            "/jobs/" + job + "/jobmanager/config",
            "/jobs/" + job + "/checkpoints/config",
            "/jobmanager/config",
            "/jobmanager/environment")) {
      assertThat(rest.get(path).toString()).as(path).doesNotContain("n0b0dy");
    }
    String savepoint = rest.stopWithSavepoint(job, installation.flink().savepoints());
    assertThat(filesWith("n0b0dy", installation.flink().logs())).isEmpty();
    assertThat(filesWith("n0b0dy", Path.of(java.net.URI.create(savepoint)))).isEmpty();
  }

  @Test
  void saysInOneMessageWhyItCannotStart(Installation installation) throws IOException {
    String servers = kafka.bootstrapServers();
    assertThat(refused(installation, arguments("wrong")))
        .containsExactly(
            "Kafka on "
                + servers
                + " does not know this user name and password (SCRAM-SHA-512). Check kafka.sasl.username,"
                + " kafka.sasl.password and kafka.sasl.mechanism.");

    assertThat(
            refused(
                installation,
                List.of(
                    "-Dkafka.bootstrap-servers=" + servers,
                    "-Dinstallation=e2e",
                    "-Dtenants=safe",
                    "-Dkafka.check-timeout=3 s")))
        .containsExactly(
            "Kafka on "
                + servers
                + " speaks TLS only, but this client does not. Set kafka.security.protocol to ssl or sasl-ssl.");

    Path other = new LocalAuthority(folder.resolve("other"), "other").certificateFile();
    List<String> wrongAuthority = arguments("secret", "kafka.ssl.ca-file=" + other);
    assertThat(refused(installation, wrongAuthority))
        .containsExactly(
            "Kafka on "
                + servers
                + " shows a certificate that no authority in kafka.ssl.ca-file has signed. Take the authority of the"
                + " brokers (ca.crt), or check the address: somebody else may have answered.");

    assertThat(refused(installation, arguments("secret", "tenants=safe,other", "scope=safe")))
        .containsExactly(
            "This job may not see topic \"other.telemetry.raw\" on " + servers + GRANT_SEE,
            "This job may not see topic \"other.detections\" on " + servers + GRANT_SEE);

    assertThat(refused(installation, arguments("secret", "installation=another")))
        .containsExactly(
            "This job may not read with consumer group \"another.safe.precursors\"." + GRANT,
            "This job may not use transactional ids that begin with \"another.safe.precursors.\"."
                + GRANT);

    assertThat(refused(installation, arguments("secret", "kafka.transaction-timeout=16 min")))
        .containsExactly(
            "kafka.transaction-timeout is 960 s, but the brokers allow at most 900 s (transaction.max.timeout.ms)."
                + " Lower the option, or raise the brokers' limit.");

    assertThat(refused(installation, arguments("secret", "kafka.sasl.password=" + SECRET)))
        .singleElement()
        .asString()
        .startsWith("kafka.sasl.password must name the environment variable or the file")
        .doesNotContain("n0b0dy");
  }

  @Test
  void startsWithACertificateInsteadOfAPassword(Installation installation) throws IOException {
    LocalAuthority.Identity identity = security.authority().issue("e2e.precursors.safe");
    assertThat(
            refused(
                installation,
                List.of(
                    "-Dkafka.bootstrap-servers=" + security.certificateServers(),
                    "-Dinstallation=e2e",
                    "-Dtenants=other",
                    "-Dscope=safe",
                    "-Dkafka.security.protocol=ssl",
                    "-Dkafka.ssl.ca-file=" + security.authority().certificateFile(),
                    "-Dkafka.ssl.certificate-file=" + identity.certificate(),
                    "-Dkafka.ssl.key-file=" + identity.key())))
        .as("it is let in, and may not see another tenant")
        .containsExactly(
            "This job may not see topic \"other.telemetry.raw\" on "
                + security.certificateServers()
                + GRANT_SEE,
            "This job may not see topic \"other.detections\" on "
                + security.certificateServers()
                + GRANT_SEE);
  }

  private static final String GRANT =
      " An administrator grants what a job needs with `./foreshock tenants acls`.";
  private static final String GRANT_SEE = ", if there is one." + GRANT;

  /** Arguments of the job; later options replace earlier ones. */
  private static List<String> arguments(String passwordFile, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "-Dinstallation=e2e",
                "-Dtenants=safe",
                "-Dkafka.security.protocol=sasl-ssl",
                "-Dkafka.sasl.username=e2e.precursors.safe",
                "-Dkafka.sasl.password=${file:" + folder.resolve(passwordFile) + "}",
                "-Dkafka.ssl.ca-file=" + security.authority().certificateFile()));
    Arrays.stream(options).map(option -> "-D" + option).forEach(all::add);
    return all;
  }

  /** Runs the job, which must refuse to start, and returns its messages. */
  private static List<String> refused(Installation installation, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("run", "--detached", Installation.jar().toString()));
    command.addAll(arguments);
    ClientResult result = installation.flink().flink(command);
    assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
    assertThat(result.output())
        .contains("Job precursors cannot start:")
        .doesNotContain("\tat ", "Exception", "n0b0dy");
    return result
        .output()
        .lines()
        .filter(line -> line.startsWith("  - "))
        .map(line -> line.substring(4))
        .toList();
  }

  private static Map<String, Object> as(String user) {
    Map<String, Object> client = new HashMap<>(security.user(user, SECRET.replace("\"", "\\\"")));
    client.put("bootstrap.servers", kafka.bootstrapServers());
    return client;
  }

  private static void administer(String... arguments) throws IOException {
    Path config = folder.resolve("admin.properties");
    Properties properties = new Properties();
    properties.putAll(security.client(security.admin()));
    try (Writer writer = Files.newBufferedWriter(config)) {
      properties.store(writer, null);
    }
    StringWriter out = new StringWriter();
    CommandLine commandLine = Foreshock.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kafka-config", config.toString()));
    assertThat(commandLine.execute(all.toArray(new String[0]))).as(out.toString()).isZero();
  }

  private static List<Path> filesWith(String text, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                      .contains(text);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
