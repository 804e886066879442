package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class JobJarTest {
  private static final long LIMIT_BYTES = 60L * 1024 * 1024;

  @Test
  void holdsNoFlinkCore() throws IOException {
    assertThat(
            classes(
                name ->
                    name.startsWith("org/apache/flink/")
                        && !name.startsWith("org/apache/flink/connector/kafka/")
                        && !name.startsWith("org/apache/flink/streaming/connectors/kafka/")
                        && !name.startsWith("org/apache/flink/streaming/util/serialization/")))
        .isEmpty();
  }

  @Test
  void holdsNoLoggingBackend() throws IOException {
    assertThat(
            classes(
                name ->
                    name.startsWith("org/apache/logging/")
                        || name.startsWith("org/slf4j/")
                        || name.startsWith("ch/qos/")
                        || name.startsWith("log4j")))
        .isEmpty();
  }

  @Test
  void holdsNoTestCodeAndNoBroker() throws IOException {
    assertThat(
            classes(
                name ->
                    name.startsWith("org/junit/")
                        || name.startsWith("org/assertj/")
                        || name.startsWith("io/foreshock/samples/")
                        || name.startsWith("kafka/server/")
                        || name.startsWith("scala/")))
        .isEmpty();
  }

  @Test
  void holdsTheJobItsLibrariesAndTheCatalogue() throws IOException {
    assertThat(entries())
        .contains(
            "io/foreshock/precursors/PrecursorsJob.class",
            "org/apache/flink/connector/kafka/sink/KafkaSink.class",
            "org/apache/kafka/clients/producer/KafkaProducer.class",
            "com/google/protobuf/Message.class",
            "channels.yaml");
  }

  @Test
  void isSmallAndStartsByItsManifest() throws IOException {
    assertThat(Files.size(Installation.jar())).isLessThan(LIMIT_BYTES);
    try (JarFile jar = new JarFile(Installation.jar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class"))
          .isEqualTo("io.foreshock.precursors.PrecursorsJob");
      assertThat(manifest.getValue("Add-Opens"))
          .contains("java.base/java.util", "java.base/java.time");
    }
  }

  private static List<String> classes(Predicate<String> unwanted) throws IOException {
    return entries().stream().filter(name -> !name.endsWith("/")).filter(unwanted).toList();
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(Installation.jar().toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }
}
