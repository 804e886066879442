package io.foreshock.watch;

import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.probe.ProbeMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * A broker, Flink with the Prometheus reporter and devices that send, for all tests of this
 * process: what the variables of the runbooks stand for.
 */
final class Installation {
  static final Path ROOT =
      Path.of(System.getProperty("foreshock.root", "../..")).toAbsolutePath().normalize();
  static final List<String> JOBS =
      List.of("precursors", "ingest", "alerts", "sessions", "features");
  static final String TENANT = "acme";

  private static final Pattern REPORTER =
      Pattern.compile("Started PrometheusReporter HTTP server on port (\\d+)");
  private static Installation shared;

  private final Path folder;
  private final Path rocksDb;
  private final LocalKafka kafka;
  private final LocalFlink flink;
  private final Devices devices;
  private final Trouble trouble;
  private Services services;

  private Installation() throws IOException {
    Path parent = Path.of(System.getProperty("foreshock.watch.folder", "target/clusters"));
    FileUtils.deleteDirectory(parent.toFile());
    Files.createDirectories(parent);
    folder = Files.createTempDirectory(parent, "run-").toAbsolutePath();
    rocksDb = Files.createTempDirectory("watch");
    kafka =
        LocalKafka.at(folder.resolve("kafka"))
            // Every second instead of every ten: transactions that are too old are given up.
            .property("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
            .progress(System.out::println)
            .start();
    int ports = freePort();
    flink =
        LocalFlink.at(folder.resolve("flink"))
            .taskManagers(1)
            .slots(8)
            .taskHeapMegabytes(1024)
            // Five jobs with libraries of their own in one process each.
            .configuration("jobmanager.memory.jvm-metaspace.size", "512m")
            .configuration("taskmanager.memory.jvm-metaspace.size", "768m")
            // RocksDB makes the path of its folder the name of a log file, which may have 255
            // letters.
            .configuration("state.backend.rocksdb.localdir", rocksDb.toString())
            .configuration("execution.checkpointing.interval", "1s")
            .configuration("execution.checkpointing.tolerable-failed-checkpoints", "5")
            .configuration(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION")
            .configuration(
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory")
            .configuration("metrics.reporter.prom.port", ports + "-" + (ports + 50))
            .progress(System.out::println)
            .start();
    prepareJobs();
    new Shell(variables())
        .run("foreshock tenants create " + TENANT + " --bootstrap-servers $KAFKA")
        .demandSuccess();
    devices = new Devices(kafka.bootstrapServers(), TENANT);
    trouble = new Trouble(devices, kafka.bootstrapServers(), TENANT, folder);
  }

  /** Started by the first who asks, stopped when this process ends. */
  static synchronized Installation shared() {
    if (shared == null) {
      try {
        shared = new Installation();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "stop-installation"));
    }
    return shared;
  }

  Devices devices() {
    return devices;
  }

  LocalFlink flink() {
    return flink;
  }

  LocalKafka kafka() {
    return kafka;
  }

  /** Variables that commands of runbooks find. */
  Map<String, String> environment() {
    Map<String, String> all = variables();
    all.put("TROUBLE", trouble.address());
    return all;
  }

  private Map<String, String> variables() {
    Map<String, String> all = new TreeMap<>();
    all.put("FLINK_REST", flink.webInterface().toString());
    all.put("KAFKA", kafka.bootstrapServers());
    all.put("METRICS", String.join(" ", metricsAddresses()));
    all.put("JARS", folder.resolve("jars").toString());
    all.put("CONFIGS", folder.resolve("configs").toString());
    all.put("STORE", folder.resolve("flink").toUri().toString().replaceFirst("/$", ""));
    all.put("CHECKPOINTS", folder.resolve("flink/checkpoints").toString());
    all.put("WORK", folder.resolve("work").toString());
    all.put("TENANT", TENANT);
    all.put("FORESHOCK_NO_BUILD", "yes");
    all.put("PATH", ROOT + ":" + System.getenv("PATH"));
    return all;
  }

  /** Notifier and probe, started by the first who asks; the jobs of the alert path must run. */
  synchronized Services services() {
    if (services == null) {
      services = new Services(kafka.bootstrapServers(), TENANT, folder);
    }
    return services;
  }

  /** Starts the jobs that do not run. */
  void demand(List<String> jobs) {
    Shell shell = new Shell(environment());
    for (String job : jobs) {
      shell.run("is_running %1$s 2>/dev/null || start_job %1$s".formatted(job)).demandSuccess();
    }
  }

  /** Everything that Prometheus would read from Flink's processes now. */
  String scrape() {
    StringBuilder all = new StringBuilder();
    metricsAddresses().forEach(address -> all.append(Scrape.of(address)));
    return all.toString();
  }

  /** The reporter takes the first free port of its range and says which. */
  private List<String> metricsAddresses() {
    List<String> addresses = new ArrayList<>();
    try (Stream<Path> logs = Files.list(flink.logs())) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        Matcher said = REPORTER.matcher(Files.readString(log));
        if (said.find()) {
          addresses.add("http://127.0.0.1:" + said.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return addresses;
  }

  private void prepareJobs() throws IOException {
    Files.createDirectories(folder.resolve("jars"));
    Files.createDirectories(folder.resolve("configs"));
    Files.createDirectories(folder.resolve("work"));
    String version = System.getProperty("foreshock.version", "0.1.0-SNAPSHOT");
    List<Path> patterns =
        List.of(
            Path.of("src/test/resources/shaking-then-fault.yaml").toAbsolutePath(),
            Files.writeString(folder.resolve("pipeline-probe.yaml"), ProbeMain.pattern()));
    for (String job : JOBS) {
      Path jar =
          ROOT.resolve("jobs/%1$s/target/foreshock-%1$s-%2$s-job.jar".formatted(job, version));
      if (!Files.exists(jar)) {
        throw new IllegalStateException(
            "The job's jar " + jar + " is not built. Run these tests with mvn verify.");
      }
      Files.createSymbolicLink(folder.resolve("jars/foreshock-" + job + ".jar"), jar);
      writeConfiguration(job, patterns);
    }
  }

  private void writeConfiguration(String job, List<Path> patterns) throws IOException {
    Files.writeString(
        folder.resolve("configs/" + job + ".yaml"),
        """
        kafka.bootstrap-servers: "%s"
        installation: watch
        tenants: [%s]
        topics.create: true
        %s
        """
            .formatted(
                kafka.bootstrapServers(),
                TENANT,
                job.equals("precursors")
                    ? "patterns: [catalogue, %s, %s]".formatted(patterns.toArray())
                    : ""));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private synchronized void close() {
    if (services != null) {
      services.close();
    }
    trouble.close();
    devices.close();
    flink.close();
    kafka.close();
    FileUtils.deleteDirectoryQuietly(rocksDb.toFile());
  }
}
