package io.foreshock.cli.demo;

import io.foreshock.cli.JobJar;
import io.foreshock.local.Await;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.Progress;
import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The jobs beside {@code precursors}: {@code ingest}, and behind it {@code sessions} and {@code
 * features}, with one slot each and a checkpoint a second. Nothing that happens to them changes
 * what the demo judges.
 */
final class CompanionJobs {
  /** Slots that they need together. */
  static final int SLOTS = 3;

  private static final List<String> JOBS = List.of("ingest", "sessions", "features");
  private static final long END_LIMIT_MILLIS = 30_000;

  private final LocalKafka kafka;
  private final LocalFlink flink;
  private final List<String> tenants;
  private final int partitions;
  private final List<String> options;
  private final String groupPrefix;
  private final List<String> featureSets;
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private volatile String failure;
  private volatile boolean stopped;
  private Thread starter;

  /**
   * @param options of every job: brokers, tenants, clock
   * @param groupPrefix of consumer groups, ends with a dot
   * @param featureSets names of the sets that are computed
   */
  CompanionJobs(
      LocalKafka kafka,
      LocalFlink flink,
      List<String> tenants,
      int partitions,
      List<String> options,
      String groupPrefix,
      List<String> featureSets) {
    this.kafka = kafka;
    this.flink = flink;
    this.tenants = tenants;
    this.partitions = partitions;
    this.options = options;
    this.groupPrefix = groupPrefix;
    this.featureSets = featureSets;
  }

  /** The topics that they write. */
  List<NewTopic> topics() {
    List<NewTopic> topics = new ArrayList<>();
    for (TenantTopic kind :
        List.of(
            TenantTopic.TELEMETRY,
            TenantTopic.BACKFILL,
            TenantTopic.DEAD_LETTERS,
            TenantTopic.SESSIONS)) {
      of(kind)
          .forEach(
              name ->
                  topics.add(new NewTopic(name, partitions, (short) 1).configs(settings(kind))));
    }
    featureTopics().keySet().forEach(name -> topics.add(new NewTopic(name, partitions, (short) 1)));
    return topics;
  }

  List<String> sessionTopics() {
    return of(TenantTopic.SESSIONS);
  }

  /** Feature set by topic. */
  Map<String, String> featureTopics() {
    Map<String, String> topics = new LinkedHashMap<>();
    for (String set : featureSets) {
      tenants.forEach(tenant -> topics.put(tenant + ".features." + set, set));
    }
    return topics;
  }

  /**
   * Submits them one after the other; returns at once. Telemetry may flow meanwhile: they read it
   * from the beginning.
   */
  void start(Progress progress) {
    starter = new Thread(() -> submitAll(progress), "start-companions");
    starter.setDaemon(true);
    starter.start();
  }

  /** Submits no more of them and waits until none is being submitted. */
  void stop() {
    stopped = true;
    try {
      if (starter != null) {
        starter.join(END_LIMIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What became of a job that could not be started or no longer runs; null when all is well. */
  String problem() {
    if (failure != null) {
      return failure;
    }
    try {
      return obituary();
    } catch (RuntimeException e) {
      return "Flink does not answer: " + e.getMessage();
    }
  }

  private String obituary() {
    for (Map.Entry<String, String> job : ids.entrySet()) {
      String state = flink.rest().state(job.getValue());
      if (!state.equals("RUNNING") && !state.equals("RESTARTING")) {
        return "%s is %s: %s"
            .formatted(
                job.getKey(),
                state,
                flink.rest().rootException(job.getValue()).lines().findFirst().orElse(""));
      }
    }
    return null;
  }

  /**
   * Waits until they have read everything and committed what came of it.
   *
   * @param interrupted whether nobody wants to wait any longer
   * @return false when they did not within the time, or one of them does not run
   */
  boolean drain(Duration atMost, BooleanSupplier interrupted) {
    Supplier<String> hopeless = () -> interrupted.getAsBoolean() ? "interrupted" : problem();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      Await.until("the other jobs to start", atMost, () -> ids.size() == JOBS.size(), hopeless);
      drain("ingest", of(TenantTopic.RAW), false, left(end), hopeless);
      drain("sessions", of(TenantTopic.TELEMETRY), true, left(end), hopeless);
      drain("features", of(TenantTopic.TELEMETRY), true, left(end), hopeless);
      return problem() == null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void drain(
      String job,
      List<String> topics,
      boolean transactional,
      Duration atMost,
      Supplier<String> hopeless) {
    Await.until(
        "the job " + job + " to read everything",
        atMost,
        () -> Backlog.of(kafka.admin(), groupPrefix + job, topics, partitions, transactional) == 0,
        hopeless);
    // What the last checkpoint has read is readable when the next one is complete.
    long next = flink.rest().completedCheckpoints(ids.get(job)) + 1;
    Await.until(
        "one more checkpoint of " + job,
        atMost,
        () -> flink.rest().completedCheckpoints(ids.get(job)) > next,
        hopeless);
  }

  private void submitAll(Progress progress) {
    for (String job : JOBS) {
      if (stopped) {
        return;
      }
      try {
        List<String> arguments = new ArrayList<>();
        options.forEach(option -> arguments.addAll(List.of("-D", option)));
        if (job.equals("ingest")) {
          DemoInstallation.DEVICE_OPTIONS.forEach(
              option -> arguments.addAll(List.of("-D", option)));
        }
        if (job.equals("features")) {
          arguments.addAll(List.of("-D", "assets.topic=" + DemoAssets.TOPIC));
        }
        ids.put(job, flink.run(JobJar.of(job), List.of("--parallelism", "1"), arguments));
      } catch (RuntimeException e) {
        if (!stopped) {
          failure = job + " did not start: " + e.getMessage();
          progress.say(failure);
        }
        return;
      }
    }
    progress.say("The jobs " + String.join(", ", JOBS) + " are submitted as well");
  }

  private List<String> of(TenantTopic kind) {
    return tenants.stream().map(kind::of).toList();
  }

  /** Simulated time is the clock: nobody reads append times. */
  private static Map<String, String> settings(TenantTopic kind) {
    return kind == TenantTopic.TELEMETRY ? Map.of() : kind.settings();
  }

  private static Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(1_000_000_000L, endNanos - System.nanoTime()));
  }
}
