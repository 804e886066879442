package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker on this machine, in a process of its own, with its own data folder: KRaft,
 * broker and controller in one.
 *
 * <pre>{@code
 * try (LocalKafka kafka = LocalKafka.at(folder).start()) {
 *   kafka.createTopics(List.of(new NewTopic("acme.telemetry.raw", 4, (short) 1)));
 *   … kafka.bootstrapServers() …
 * }
 * }</pre>
 *
 * <p>Topics are never created by use. Data, port and cluster id stay the same over {@link #stop()},
 * {@link #kill()} and {@link #restart()}. The broker ends when this process ends, however it ends.
 * Not thread-safe.
 */
public final class LocalKafka implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Path folder;
  private final int port;
  private final String clusterId;
  private final Builder settings;
  private ChildProcess broker;
  private Admin admin;

  private LocalKafka(Builder settings) {
    this.settings = settings;
    this.folder = settings.folder;
    this.port = settings.port == 0 ? FreePorts.next() : settings.port;
    this.clusterId = Uuid.randomUuid().toString();
  }

  /**
   * Begins to describe a broker.
   *
   * @param folder where data, settings and logs go; created when absent, never emptied
   */
  public static Builder at(Path folder) {
    return new Builder(folder.toAbsolutePath());
  }

  /** Address for clients, e.g. {@code 127.0.0.1:21734}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** A client for administration; belongs to this object, do not close it. */
  public Admin admin() {
    if (admin == null) {
      Map<String, Object> client = new HashMap<>();
      client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
      client.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
      if (settings.security != null) {
        client.putAll(settings.security.client(settings.security.admin()));
      }
      admin = Admin.create(client);
    }
    return admin;
  }

  /** Creates topics and returns when they exist and each partition can be written. */
  public void createTopics(Collection<NewTopic> topics) {
    CreateTopicsResult created = admin().createTopics(topics);
    ask("create topics", created.all());
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : topics) {
      int count = ask("say how many partitions there are", created.numPartitions(topic.name()));
      for (int partition = 0; partition < count; partition++) {
        partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    // Asked again until each partition has its leader. A producer that begins before loses its
    // first batch but not the
    // second, and then tries for two minutes to send the first one, out of its order.
    ask("lead new partitions", admin().listOffsets(partitions).all());
  }

  /** Creates or changes a user of SCRAM-SHA-512; the broker must be secured. */
  public void createUser(String name, String password) {
    ask(
        "create user " + name,
        admin()
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        name,
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                        password)))
            .all());
  }

  /** Process id of the broker. */
  public long pid() {
    return broker.pid();
  }

  /** True while the process of the broker lives. */
  public boolean isAlive() {
    return broker != null && broker.isAlive();
  }

  /** Folder of the logs: {@code kafka.log} and {@code kafka.out}. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** Stops the broker cleanly; the data stay. */
  public void stop() {
    settings.progress.say("Stopping Kafka");
    broker.stop(STOP_LIMIT);
  }

  /** Kills the broker as a power cut would ({@code kill -9}); the data stay. */
  public void kill() {
    broker.kill();
  }

  /** Stops the broker where it stands ({@code SIGSTOP}); its connections stay open. */
  public void pause() {
    broker.pause();
  }

  /** Lets the broker go on after {@link #pause()}. */
  public void resume() {
    broker.resume();
  }

  /**
   * Starts the broker again after {@link #stop()} or {@link #kill()}, on the same data and port.
   */
  public void restart() {
    if (isAlive()) {
      throw new IllegalStateException("Kafka is running. Stop or kill it first.");
    }
    launch();
  }

  /** Stops the broker; the data stay. */
  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
    if (isAlive()) {
      stop();
    }
  }

  private void launch() {
    long begin = System.nanoTime();
    settings.progress.say("Starting Kafka on port " + port);
    Path properties = folder.resolve("server.properties");
    Path log = logs().resolve("kafka.log");
    Path log4j = folder.resolve("log4j2.properties");
    try {
      Files.createDirectories(logs());
      Files.writeString(properties, serverProperties(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LogFile.configure(log4j, log, Map.of("org.apache.kafka.common", "WARN"));
    broker =
        ChildProcess.start(
            "kafka",
            logs(),
            Map.of(),
            ClassPath.ofKafka(),
            List.of(
                "-Xmx" + settings.heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-Dlog4j.configurationFile=" + log4j.toUri()),
            List.of(KafkaMain.class.getName(), properties.toString(), clusterId));
    try {
      Await.until("Kafka", START_LIMIT, this::answers, broker::obituary);
    } catch (RuntimeException e) {
      broker.kill();
      throw e;
    }
    settings.progress.say(
        "Kafka is ready on %s (%.1f s)"
            .formatted(bootstrapServers(), (System.nanoTime() - begin) / 1e9));
  }

  private boolean answers() throws Exception {
    return !admin().describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
  }

  private String serverProperties() {
    int controller = settings.controllerPort();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", "1");
    all.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    all.put("controller.listener.names", "CONTROLLER");
    all.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
    all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    all.put("log.dirs", folder.resolve("data").toString());
    all.put("auto.create.topics.enable", "false");
    all.put("default.replication.factor", "1");
    all.put("offsets.topic.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "4");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("transaction.state.log.num.partitions", "4");
    all.put("transaction.max.timeout.ms", "900000");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
    // A killed broker is let in again when its old session has ended; the default is 9 s.
    all.put("broker.heartbeat.interval.ms", "500");
    all.put("broker.session.timeout.ms", "3000");
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("num.network.threads", "2");
    all.put("num.io.threads", "4");
    // The cleaner's buffer is a quarter of this heap by default.
    all.put("log.cleaner.dedupe.buffer.size", "4194304");
    all.put("controlled.shutdown.enable", "false");
    if (settings.security != null) {
      all.putAll(settings.security.serverProperties(port, controller));
    }
    all.putAll(settings.properties);
    StringBuilder text = new StringBuilder();
    all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  private static <T> T ask(String what, org.apache.kafka.common.KafkaFuture<T> answer) {
    try {
      return answer.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("Interrupted: " + what + ".", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new LocalClusterException("Kafka could not " + what + ": " + e.getMessage(), e);
    }
  }

  /** What the broker shall be like. */
  public static final class Builder {
    private final Path folder;
    private final Map<String, String> properties = new TreeMap<>();
    private int port;
    private int controllerPort;
    private int heapMegabytes = 512;
    private LocalKafkaSecurity security;
    private Progress progress = Progress.NONE;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /** Port for clients; default: a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Largest heap; default 512. */
    public Builder heapMegabytes(int megabytes) {
      this.heapMegabytes = megabytes;
      return this;
    }

    /** Sets or replaces a property of {@code server.properties}. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /**
     * Lets nobody in without a proof; {@link #bootstrapServers()} is then the listener for user
     * names.
     */
    public Builder secured(LocalKafkaSecurity security) {
      this.security = security;
      return this;
    }

    /** Who is told what happens; default: nobody. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /**
     * Starts the broker and returns when it answers.
     *
     * @throws LocalClusterException when it does not start; names the log
     */
    public LocalKafka start() {
      LocalKafka kafka = new LocalKafka(this);
      try {
        kafka.launch();
      } catch (RuntimeException e) {
        kafka.close();
        throw e;
      }
      return kafka;
    }

    private int controllerPort() {
      if (controllerPort == 0) {
        controllerPort = FreePorts.next();
      }
      return controllerPort;
    }
  }
}
