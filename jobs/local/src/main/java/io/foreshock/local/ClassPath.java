package io.foreshock.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Picks from the class path of this process the jars that a child needs, by artifact.
 *
 * <p>A Flink process must not see what is beside Flink here (Kafka, Scala, a job's own classes): on
 * a cluster it would not see it either. Each list is the artifact and what it depends on; an
 * artifact that is missing is reported by name.
 */
final class ClassPath {
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

  /** What a Flink distribution holds, less what nobody here uses. */
  private static final Set<String> FLINK =
      Set.of(
          "flink-core",
          "flink-core-api",
          "flink-annotations",
          "flink-metrics-core",
          "flink-runtime",
          "flink-runtime-web",
          "flink-datastream",
          "flink-datastream-api",
          "flink-rpc-core",
          "flink-rpc-akka-loader",
          "flink-queryable-state-client-java",
          "flink-hadoop-fs",
          "flink-connector-base",
          "flink-connector-datagen",
          "flink-connector-files",
          "flink-file-sink-common",
          "flink-clients",
          "flink-streaming-java",
          "flink-cep",
          "flink-statebackend-rocksdb",
          "flink-statebackend-changelog",
          "flink-statebackend-common",
          "flink-dstl-dfs",
          "flink-metrics-prometheus",
          "flink-shaded-asm",
          "flink-shaded-jackson",
          "flink-shaded-guava",
          "flink-shaded-netty",
          "flink-shaded-zookeeper",
          "frocksdbjni",
          "commons-lang3",
          "commons-text",
          "commons-collections",
          "commons-compress",
          "commons-io",
          "commons-cli",
          "commons-math3",
          "snakeyaml-engine",
          "kryo",
          "reflectasm",
          "objenesis",
          "minlog",
          "jsr305",
          "javassist",
          "async-profiler",
          "snappy-java",
          "lz4-java");

  private static final Set<String> LOGGING =
      Set.of("slf4j-api", "log4j-api", "log4j-core", "log4j-slf4j-impl");

  private ClassPath() {}

  /** Flink and its logging. */
  static List<Path> ofFlink() {
    List<Path> jars = new ArrayList<>();
    jars.add(ownClasses());
    jars.addAll(pick("Flink", FLINK));
    jars.addAll(pick("logging", LOGGING));
    return jars;
  }

  /**
   * Everything except Flink and what is under test: the broker's own closure is stable but long.
   */
  static List<Path> ofKafka() {
    List<Path> jars = new ArrayList<>();
    jars.add(ownClasses());
    for (Path entry : all()) {
      String artifact = artifact(entry);
      if (artifact != null && !FLINK.contains(artifact) || isSharedLibrary(artifact)) {
        jars.add(entry);
      }
    }
    pick("Kafka", Set.of("kafka_2.13", "kafka-clients", "scala-library"));
    pick("logging", LOGGING);
    return jars;
  }

  private static boolean isSharedLibrary(String artifact) {
    return artifact != null
        && (artifact.startsWith("commons-")
            || artifact.equals("snappy-java")
            || artifact.equals("lz4-java"));
  }

  private static List<Path> pick(String what, Set<String> artifacts) {
    List<Path> found = new ArrayList<>();
    java.util.TreeSet<String> missing = new java.util.TreeSet<>(artifacts);
    for (Path entry : all()) {
      String artifact = artifact(entry);
      if (artifact != null && missing.remove(artifact)) {
        found.add(entry);
      }
    }
    if (!missing.isEmpty()) {
      throw new LocalClusterException(
          "The class path of this process lacks jars of "
              + what
              + ": "
              + String.join(", ", missing)
              + ". Start it with the run-time class path of foreshock-local (each artifact in its own jar), with"
              + " log4j-slf4j-impl in it.");
    }
    return found;
  }

  /**
   * Artifact id of a jar named as Maven names it; null for folders, other files and jars of tests.
   */
  static String artifact(Path entry) {
    String name = String.valueOf(entry.getFileName());
    Matcher matcher = JAR.matcher(name);
    return matcher.matches() && !name.endsWith("-tests.jar") ? matcher.group(1) : null;
  }

  static List<Path> all() {
    List<Path> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        entries.add(path.toAbsolutePath());
      }
    }
    return entries;
  }

  /** Where {@link ChildMain} lies: the classes or the jar of this module. */
  static Path ownClasses() {
    try {
      return Path.of(ChildMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new LocalClusterException("Cannot locate the classes of foreshock-local.", e);
    }
  }
}
