package io.foreshock.chaos;

import io.foreshock.chaos.Output.Found;
import io.foreshock.chaos.truth.Comparison;
import io.foreshock.chaos.truth.Fleet;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalClusterException;
import io.foreshock.local.Progress;
import io.foreshock.savepoint.SnapshotException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A restore drill on real processes: jobs run with load and are stopped, upgraded, rescaled, killed
 * and rolled back, each time restored from what was left; then every record is compared with what
 * the devices' scripts say and with a run that nothing interrupted.
 */
public final class DrillRun {
  private static final Duration FIRST_OUTPUT_LIMIT = Duration.ofSeconds(90);
  private static final int PARALLELISM = 2;
  private static final String ORDER = "order-telemetry";
  private static final String RENAMED = "order-telemetrx";

  private final DrillSettings settings;
  private final Map<String, Path> jars;
  private final List<DrillStep> steps = new ArrayList<>();
  private final Map<DrillStep, long[]> interruptions = new LinkedHashMap<>();
  private final AtomicLong added = new AtomicLong();

  /** What a step does; returns what was seen. */
  @FunctionalInterface
  private interface Action {
    String run() throws IOException;
  }

  /**
   * @param jars the jar that people deploy, by name of the job
   */
  public DrillRun(DrillSettings settings, Map<String, Path> jars) {
    this.settings = settings;
    this.jars = new LinkedHashMap<>(jars);
  }

  /**
   * Runs to the end. A step that fails ends the drill; the result says which.
   *
   * @param folder where data and logs go
   */
  public DrillResult run(Path folder, Progress progress) throws InterruptedException, IOException {
    Path first = Patterns.writeFirst(folder);
    Path second = Patterns.writeSecond(folder);
    List<JobUnderTest> before = jobs(folder, first);
    List<JobUnderTest> after = jobs(folder, second);
    List<Output> outputs = before.stream().flatMap(job -> job.outputs().stream()).toList();
    Truth truth = new Truth(JobUnderTest.MAX_WAIT, JobUnderTest.LIVE_MAX_AGE);
    Fleet fleet =
        new Fleet(
            settings.seed(),
            DrillSettings.TENANTS,
            settings.devices(),
            100,
            System::currentTimeMillis);
    long begin = System.nanoTime();
    try (DrillInstallation installation = DrillInstallation.start(folder, jars.size(), progress)) {
      steps.add(step("start Kafka and Flink", begin, ""));
      Topics.create(installation.kafka(), DrillSettings.TENANTS, outputs);
      try (Sender sender =
              new Sender(
                  installation.bootstrapServers(),
                  fleet,
                  truth,
                  DrillSettings.TENANTS,
                  Topics.RAW_PARTITIONS,
                  settings.rate());
          OutputWatch watch =
              new OutputWatch(installation.bootstrapServers(), outputs, DrillSettings.TENANTS)) {
        watch.start();
        boolean done =
            drill(new Drilled(installation, folder, before, after), sender, watch, progress);
        if (!done) {
          return result(List.of(), List.of(), truth, watch, false);
        }
        progress.say("Waiting for the rest");
        long rest = System.nanoTime();
        List<Comparison> compared = List.of();
        try {
          Ending ending =
              Ending.of(
                  installation, sender, truth, watch, outputs, new Stores(List.of()), progress);
          compared = ending.comparisons();
          progress.say("The same input without interruption");
          List<Comparison> reference = uninterrupted(installation, before, outputs, watch);
          return result(compared, reference, truth, watch, ending.complete());
        } catch (LocalClusterException | ChaosException e) {
          failed("read all that comes out", rest, e.getMessage(), progress);
          return result(compared, List.of(), truth, watch, false);
        }
      }
    }
  }

  private DrillResult result(
      List<Comparison> comparisons,
      List<Comparison> reference,
      Truth truth,
      OutputWatch watch,
      boolean complete) {
    return new DrillResult(
        settings,
        timed(watch),
        truth.sentCount(),
        comparisons,
        reference,
        watch.unreadable(),
        complete);
  }

  /** The jobs that are drilled, with a pattern set. */
  private List<JobUnderTest> jobs(Path folder, Path patterns) {
    List<JobUnderTest> all =
        JobUnderTest.sharingTopics(
            jars.keySet().stream().map(job -> JobUnderTest.named(job, folder, List.of())).toList());
    return all.stream()
        .map(
            job ->
                job.name().equals("precursors")
                    ? job.and("patterns=" + patterns)
                        .judgedBy(job.outputs().stream().map(this::ofAnyVersion).toList())
                    : job)
        .toList();
  }

  /** Detections of the pattern in any version; those that only the second set makes are counted. */
  private Output ofAnyVersion(Output output) {
    if (!output.name().equals("detections")) {
      return output;
    }
    return new Output(
        output.name(),
        output.suffix(),
        output.expected(),
        record -> {
          if (DetectionCodec.decode(record.value()).pattern().equals(Patterns.ADDED)) {
            added.incrementAndGet();
            return null;
          }
          Found found = output.reader().read(record);
          return new Found(
              found.tenant(),
              found.device(),
              found.line().replaceFirst(" v2 ", " v1 "),
              found.eventTimeMillis());
        });
  }

  /** What the steps work on. */
  private final class Drilled {
    final DrillInstallation installation;
    final Path folder;
    final List<JobUnderTest> before;
    final List<JobUnderTest> after;
    final Map<String, String> savepoints = new LinkedHashMap<>();
    final Map<String, String> copies = new LinkedHashMap<>();
    final Map<String, Path> upgraded = new LinkedHashMap<>();

    Drilled(
        DrillInstallation installation,
        Path folder,
        List<JobUnderTest> before,
        List<JobUnderTest> after) {
      this.installation = installation;
      this.folder = folder;
      this.before = before;
      this.after = after;
    }

    void submit(List<JobUnderTest> jobs, Map<String, Path> of, int parallelism) {
      for (JobUnderTest job : jobs) {
        installation.submit(
            job, of.get(job.name()), parallelism, savepoints.get(job.name()), "drill");
      }
    }

    void stop() {
      before.forEach(job -> savepoints.put(job.name(), installation.stop(job.name())));
    }

    String upgrade() throws IOException {
      for (JobUnderTest job : after) {
        Path jar = folder.resolve(job.name() + "-next.jar");
        upgraded.put(job.name(), ChangedJar.withVersion(jars.get(job.name()), "0.0.0-drill", jar));
        // From a copy, as one does where a restore may delete what it restores.
        savepoints.put(job.name(), installation.copyOf(savepoints.get(job.name())));
        copies.put(job.name(), savepoints.get(job.name()));
      }
      submit(after, upgraded, PARALLELISM);
      return "another jar, patterns changed, added and removed, from a copy of the savepoint";
    }
  }

  private boolean drill(Drilled on, Sender sender, OutputWatch watch, Progress progress) {
    DrillInstallation installation = on.installation;
    DrillChecks checks = new DrillChecks(on.folder, jars);
    boolean ok = true;
    ok =
        ok
            && step(
                "submit the jobs",
                progress,
                () -> {
                  on.submit(on.before, jars, PARALLELISM);
                  return String.join(", ", jars.keySet());
                });
    ok =
        ok
            && step(
                "see the first output",
                progress,
                () -> {
                  sender.start();
                  Await.until("the first output", FIRST_OUTPUT_LIMIT, () -> watch.records() > 0);
                  return "";
                });
    ok = ok && load(installation, progress);
    ok =
        ok
            && interruption(
                "take a savepoint while the jobs run",
                progress,
                () -> {
                  for (JobUnderTest job : on.before) {
                    on.savepoints.put(job.name(), installation.savepoint(job.name()));
                  }
                  return "canonical";
                });
    ok =
        ok
            && step(
                "stop with a savepoint",
                progress,
                () -> {
                  on.stop();
                  return "";
                });
    ok =
        ok
            && step(
                "check the savepoints before the restore",
                progress,
                () -> checks.fits(on.savepoints));
    ok =
        ok
            && step(
                "find a build that does not fit before the restore",
                progress,
                () -> checks.findsRenamed(on.savepoints, ORDER, RENAMED));
    if (settings.refusals()) {
      ok = ok && step("see Flink refuse that build", progress, () -> refused(on, checks));
    }
    ok = ok && interruption("upgrade jar and patterns, restore", progress, on::upgrade);
    ok = ok && load(installation, progress);
    ok =
        ok
            && interruption(
                "rescale from 2 to 3",
                progress,
                () -> {
                  on.stop();
                  on.submit(on.after, on.upgraded, DrillInstallation.MOST_PARALLEL);
                  return "";
                });
    ok = ok && load(installation, progress);
    ok =
        ok
            && step(
                "see that what was restored is still whole",
                progress,
                () -> checks.fits(on.copies));
    ok =
        ok
            && interruption(
                "kill -9 of every Flink process, restore from the last checkpoint",
                progress,
                () -> fromCheckpoints(on, checks));
    ok = ok && load(installation, progress);
    ok =
        ok
            && interruption(
                "roll back to the first jar and patterns, restore",
                progress,
                () -> {
                  on.stop();
                  on.submit(on.before, jars, PARALLELISM);
                  return "";
                });
    ok = ok && load(installation, progress);
    if (ok && jars.containsKey("precursors")) {
      ok =
          step(
              "see that the added pattern has fired",
              progress,
              () -> {
                if (added.get() == 0) {
                  throw new IOException("No detection of the pattern " + Patterns.ADDED + " came.");
                }
                return added.get() + " detections of " + Patterns.ADDED;
              });
    }
    return ok;
  }

  private String fromCheckpoints(Drilled on, DrillChecks checks) throws IOException {
    DrillInstallation installation = on.installation;
    Map<String, String> folders = new LinkedHashMap<>();
    for (JobUnderTest job : on.after) {
      installation.awaitCheckpoints(job.name(), 2);
      folders.put(job.name(), installation.checkpoints(job.name()));
    }
    installation.killFlink();
    for (JobUnderTest job : on.after) {
      on.savepoints.put(job.name(), checks.newest(folders.get(job.name())));
    }
    installation.startFlink();
    on.submit(on.after, on.upgraded, DrillInstallation.MOST_PARALLEL);
    return "retained, incremental: "
        + String.join(
            ", ",
            on.savepoints.values().stream()
                .map(path -> path.substring(path.lastIndexOf("chk-")))
                .toList());
  }

  private String refused(Drilled on, DrillChecks checks) throws IOException {
    String job = on.before.get(0).name();
    try {
      on.installation.submit(
          on.before.get(0), checks.renamed(job), PARALLELISM, on.savepoints.get(job), "drill");
    } catch (LocalClusterException e) {
      if (e.getMessage().contains("Cannot map checkpoint/savepoint state for operator")) {
        return "Cannot map checkpoint/savepoint state for operator";
      }
      throw e;
    }
    throw new IOException("Flink has restored a build without \"" + ORDER + "\".");
  }

  /** The same raw topics through the first jars, from their beginning, into the same topics. */
  private List<Comparison> uninterrupted(
      DrillInstallation installation,
      List<JobUnderTest> jobs,
      List<Output> outputs,
      OutputWatch watch) {
    Map<String, Lines> reference = new LinkedHashMap<>();
    long begin = System.nanoTime();
    try (DrillReference reader =
        new DrillReference(installation.bootstrapServers(), outputs, DrillSettings.TENANTS)) {
      for (JobUnderTest job : jobs) {
        installation.submit(job, jars.get(job.name()), PARALLELISM, null, "uninterrupted");
      }
      reader.readUntil(output -> watch.count(output), installation);
      installation.stopJobs();
      reference.putAll(reader.finish());
    }
    steps.add(step("run the same input without interruption", begin, ""));
    return outputs.stream()
        .map(
            output ->
                Comparison.of(output.name(), reference.get(output.name()), watch.found(output)))
        .toList();
  }

  /** Lets devices send for a while. */
  private boolean load(DrillInstallation installation, Progress progress) {
    long begin = System.nanoTime();
    long end = begin + settings.load().toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(Math.min(end - System.nanoTime(), 200_000_000L));
      Optional<String> died = obituary(installation);
      if (died.isPresent()) {
        return failed("let devices send", begin, died.get(), progress);
      }
    }
    return true;
  }

  private static Optional<String> obituary(DrillInstallation installation) {
    try {
      return installation.obituary();
    } catch (LocalClusterException e) {
      return Optional.of(e.getMessage());
    }
  }

  private boolean interruption(String name, Progress progress, Action action) {
    long millis = System.currentTimeMillis();
    boolean ok = step(name, progress, action);
    interruptions.put(steps.get(steps.size() - 1), new long[] {millis, System.currentTimeMillis()});
    return ok;
  }

  private boolean step(String name, Progress progress, Action action) {
    progress.say(name);
    long begin = System.nanoTime();
    try {
      steps.add(step(name, begin, action.run()));
      return true;
    } catch (IOException | LocalClusterException | SnapshotException | ChaosException e) {
      return failed(name, begin, e.getMessage(), progress);
    }
  }

  private boolean failed(String name, long beginNanos, String reason, Progress progress) {
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    progress.say("FAILED: " + reason);
    steps.add(new DrillStep(name, false, seconds, Double.NaN, reason));
    return false;
  }

  private static DrillStep step(String name, long beginNanos, String detail) {
    return new DrillStep(name, true, (System.nanoTime() - beginNanos) / 1e9, Double.NaN, detail);
  }

  /** The steps with how long nothing could be read. */
  private List<DrillStep> timed(OutputWatch watch) {
    return steps.stream()
        .map(
            step -> {
              long[] times = interruptions.get(step);
              return times == null
                  ? step
                  : step.silent(watch.longestSilence(times[0], times[1]) / 1e3);
            })
        .toList();
  }
}
