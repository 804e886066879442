package io.foreshock.runtime.kafka.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  /** Hard to quote, so that quoting is tested. */
  private static final String PASSWORD = "s3cr\"et\\ with = ; ${env:HOME} 'x'";

  @TempDir private Path folder;

  @Test
  void clientReadsThePasswordFromTheFileAndNobodyElseSeesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Settings settings =
        settings(
            "-Dkafka.security.protocol=sasl-ssl",
            "-Dkafka.sasl.username=plant-1.precursors",
            "-Dkafka.sasl.password=${file:" + file + "}");
    KafkaConfig config = KafkaConfig.from(settings);

    AdminClientConfig client = new AdminClientConfig(config.clientProperties());
    Password jaas = client.getPassword("sasl.jaas.config");
    Map<String, ?> login =
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", jaas))
            .configurationEntries()
            .get(0)
            .getOptions();
    assertThat(login.get("password")).isEqualTo(PASSWORD);
    assertThat(login.get("username")).isEqualTo("plant-1.precursors");
    assertThat(client.getString("sasl.mechanism")).isEqualTo("SCRAM-SHA-512");
    assertThat(client.getString("security.protocol")).isEqualTo("SASL_SSL");

    assertThat(
            List.of(
                settings.describe(),
                config.toString(),
                config.clientProperties().toString(),
                client.values().toString()))
        .noneMatch(text -> text.contains("s3cr"));
    assertThat(settings.describe())
        .contains("kafka.sasl.password")
        .contains("${file:" + file + "}");
  }

  @Test
  void passesCertificatesToClients() throws IOException {
    Path ca = pem("ca.crt", "CERTIFICATE");
    Path certificate = pem("user.crt", "CERTIFICATE");
    Path key = pem("user.key", "PRIVATE KEY");
    Map<String, String> client =
        KafkaConfig.from(
                settings(
                    "-Dkafka.security.protocol=ssl",
                    "-Dkafka.ssl.ca-file=" + ca,
                    "-Dkafka.ssl.certificate-file=" + certificate,
                    "-Dkafka.ssl.key-file=" + key))
            .client();
    assertThat(client)
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.truststore.location", ca.toString())
        .containsEntry("ssl.keystore.type", "PEM");
    assertThat(client.get("ssl.keystore.key")).doesNotContain("BEGIN");
    AdminClientConfig resolved =
        new AdminClientConfig(Map.<String, Object>copyOf(withServers(client)));
    assertThat(resolved.getPassword("ssl.keystore.key").value())
        .isEqualTo(Files.readString(key).stripTrailing());
  }

  @Test
  void refusesAPasswordThatStandsInTheConfigurationAndDoesNotRepeatIt() {
    assertThat(
            problems(
                "-Dkafka.security.protocol=sasl-ssl",
                "-Dkafka.sasl.username=u",
                "-Dkafka.sasl.password=hunter2"))
        .containsExactly(
            "kafka.sasl.password must name the environment variable or the file that holds it, as ${env:NAME} or"
                + " ${file:/path}; a secret itself never stands here (if one did, change it: command lines and files"
                + " are read by others), but is \"******\" (command line). Use e.g. \"${env:KAFKA_PASSWORD}\".");
    String jaas =
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"hunter2\";";
    assertThat(
            problems(
                "-Dkafka.client.sasl.jaas.config=" + jaas,
                "-Dkafka.client.ssl.key.password=hunter2"))
        .hasSize(2)
        .allMatch(problem -> problem.contains("holds a secret. Name where it stands instead"))
        .noneMatch(problem -> problem.contains("hunter2"));
  }

  @Test
  void acceptsAnOwnLoginModuleWithReferences() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD);
    Map<String, String> client =
        KafkaConfig.from(
                settings(
                    "-Dkafka.security.protocol=sasl-ssl",
                    "-Dkafka.client.sasl.jaas.config=x.Module required secret=\"${file:"
                        + file
                        + "}\";"))
            .client();
    assertThat(client.get("sasl.jaas.config"))
        .isEqualTo("x.Module required secret=\"${foreshock-jaas:file:" + file + "}\";");
  }

  @Test
  void namesASecretThatIsNotThere() {
    Path nowhere = folder.resolve("nowhere");
    assertThat(
            problems(
                "-Dkafka.security.protocol=sasl-ssl",
                "-Dkafka.sasl.username=u",
                "-Dkafka.sasl.password=${env:FORESHOCK_NOT_SET}",
                "-Dkafka.client.ssl.key.password=${file:" + nowhere + "}"))
        .containsExactlyInAnyOrder(
            "Kafka's sasl.jaas.config: The environment variable FORESHOCK_NOT_SET is not set in this process. Set it, or"
                + " use ${file:/path}.",
            "Kafka's ssl.key.password: The file "
                + nowhere
                + " does not exist. It must be there on every machine of the job.");
  }

  @Test
  void namesEveryContradiction() throws IOException {
    Path rsa = pem("old.key", "RSA PRIVATE KEY");
    Path certificate = pem("user.crt", "CERTIFICATE");
    assertThat(problems("-Dkafka.sasl.username=u", "-Dkafka.ssl.ca-file=ca.crt"))
        .containsExactly(
            "kafka.sasl.username is set, but kafka.security.protocol is plaintext, which does not use it. Set that to"
                + " sasl-ssl, or remove kafka.sasl.username.",
            "kafka.ssl.ca-file is set, but kafka.security.protocol is plaintext, which does not use it. Set that to ssl or"
                + " sasl-ssl, or remove kafka.ssl.ca-file.");
    assertThat(
            problems(
                "-Dkafka.security.protocol=sasl-plaintext",
                "-Dkafka.sasl.mechanism=plain",
                "-Dkafka.sasl.username=u"))
        .containsExactly(
            "kafka.security.protocol is sasl-plaintext, so kafka.sasl.username and kafka.sasl.password are needed, but the"
                + " second is empty. Set both.");
    assertThat(
            problems(
                "-Dkafka.security.protocol=ssl",
                "-Dkafka.ssl.certificate-file=" + certificate,
                "-Dkafka.ssl.key-file=" + rsa))
        .containsExactly(
            "kafka.ssl.key-file must name a PEM file with -----BEGIN PRIVATE KEY-----, but "
                + rsa
                + " holds none. Convert it: openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    assertThat(problems("-Dkafka.security.protocol=ssl", "-Dkafka.ssl.ca-file=/no/ca.crt"))
        .containsExactly(
            "kafka.ssl.ca-file names /no/ca.crt, which cannot be read (NoSuchFileException). Check the path, and that the"
                + " file is mounted here and on every machine of the job.");
  }

  private Path pem(String name, String what) throws IOException {
    return Files.writeString(
        folder.resolve(name), "-----BEGIN " + what + "-----\nAAAA\n-----END " + what + "-----\n");
  }

  private static Map<String, Object> withServers(Map<String, String> client) {
    Map<String, Object> all = new java.util.HashMap<>(client);
    all.put("bootstrap.servers", "broker:9092");
    return all;
  }

  private static List<String> problems(String... args) {
    return catchThrowableOfType(StartRefused.class, () -> KafkaConfig.from(settings(args)))
        .problems();
  }

  private static Settings settings(String... more) {
    Options options =
        new Options(
                Stream.of(KafkaOptions.OF_SOURCES, KafkaOptions.OF_SINKS)
                    .flatMap(List::stream)
                    .toList())
            .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
            .contradiction(KafkaConfig::foreignClientProperties);
    List<String> args =
        new ArrayList<>(List.of("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=plant-1"));
    args.addAll(List.of(more));
    return Settings.read(options, CommandLine.parse(args.toArray(String[]::new)));
  }
}
