package io.foreshock.chaos;

import io.foreshock.local.Await;
import io.foreshock.local.LocalClusterException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What is done to the jobs of a drill, in its order: stopped, upgraded, rescaled, killed and rolled
 * back, each time restored from what was left.
 */
final class DrillSequence {
  static final int PARALLELISM = 2;

  private static final Duration FIRST_OUTPUT_LIMIT = Duration.ofSeconds(90);
  private static final String ORDER = "order-telemetry";
  private static final String RENAMED = "order-telemetrx";

  private final DrillSettings settings;
  private final DrillInstallation installation;
  private final DrillJobs jobs;
  private final DrillSteps steps;
  private final DrillChecks checks;
  private final Path folder;
  private final Map<String, String> savepoints = new LinkedHashMap<>();
  private final Map<String, String> copies = new LinkedHashMap<>();
  private final Map<String, Path> upgraded = new LinkedHashMap<>();

  DrillSequence(
      DrillSettings settings,
      DrillInstallation installation,
      DrillJobs jobs,
      DrillSteps steps,
      Path folder) {
    this.settings = settings;
    this.installation = installation;
    this.jobs = jobs;
    this.steps = steps;
    this.folder = folder;
    this.checks = new DrillChecks(folder, jobs.jars());
  }

  /**
   * Does all steps, or those up to one that fails.
   *
   * @param send lets devices begin
   * @param outputs how many records have come out
   */
  void run(Runnable send, LongSupplier outputs) {
    steps.step("submit the jobs", this::submitFirst);
    steps.step(
        "see the first output",
        () -> {
          send.run();
          Await.until("the first output", FIRST_OUTPUT_LIMIT, () -> outputs.getAsLong() > 0);
          return "";
        });
    load();
    steps.interruption("take a savepoint while the jobs run", this::savepoint);
    steps.step("stop with a savepoint", this::stop);
    steps.step("check the savepoints before the restore", () -> checks.fits(savepoints));
    steps.step(
        "find a build that does not fit before the restore",
        () -> checks.findsRenamed(savepoints, ORDER, RENAMED));
    if (settings.refusals()) {
      steps.step("see Flink refuse that build", this::refused);
    }
    steps.interruption("upgrade jar and patterns, restore", this::upgrade);
    load();
    steps.interruption("rescale from 2 to 3", this::rescale);
    load();
    steps.step("see that what was restored is still whole", () -> checks.fits(copies));
    steps.interruption(
        "kill -9 of every Flink process, restore from the last checkpoint", this::fromCheckpoints);
    load();
    steps.interruption("roll back to the first jar and patterns, restore", this::rollBack);
    load();
    if (jobs.jars().containsKey("precursors")) {
      steps.step("see that the added pattern has fired", jobs::demandAddedPattern);
    }
  }

  private String submitFirst() {
    submit(jobs.before(), jobs.jars(), PARALLELISM);
    return String.join(", ", jobs.jars().keySet());
  }

  private void submit(List<JobUnderTest> all, Map<String, Path> jars, int parallelism) {
    for (JobUnderTest job : all) {
      installation.submit(
          job, jars.get(job.name()), parallelism, savepoints.get(job.name()), "drill");
    }
  }

  private String savepoint() {
    jobs.before().forEach(job -> savepoints.put(job.name(), installation.savepoint(job.name())));
    return "canonical";
  }

  private String stop() {
    jobs.before().forEach(job -> savepoints.put(job.name(), installation.stop(job.name())));
    return "";
  }

  private String refused() throws IOException {
    JobUnderTest job = jobs.before().get(0);
    try {
      installation.submit(
          job, checks.renamed(job.name()), PARALLELISM, savepoints.get(job.name()), "drill");
    } catch (LocalClusterException e) {
      if (e.getMessage().contains("Cannot map checkpoint/savepoint state for operator")) {
        return "Cannot map checkpoint/savepoint state for operator";
      }
      throw e;
    }
    throw new IOException("Flink has restored a build without \"" + ORDER + "\".");
  }

  private String upgrade() throws IOException {
    for (JobUnderTest job : jobs.after()) {
      Path jar = folder.resolve(job.name() + "-next.jar");
      upgraded.put(
          job.name(), ChangedJar.withVersion(jobs.jars().get(job.name()), "0.0.0-drill", jar));
      // From a copy, as one does where a restore may delete what it restores.
      savepoints.put(job.name(), installation.copyOf(savepoints.get(job.name())));
      copies.put(job.name(), savepoints.get(job.name()));
    }
    submit(jobs.after(), upgraded, PARALLELISM);
    return "another jar, patterns changed, added and removed, from a copy of the savepoint";
  }

  private String rescale() {
    stop();
    submit(jobs.after(), upgraded, DrillInstallation.MOST_PARALLEL);
    return "";
  }

  private String fromCheckpoints() throws IOException {
    Map<String, String> folders = new LinkedHashMap<>();
    for (JobUnderTest job : jobs.after()) {
      installation.awaitCheckpoints(job.name(), 2);
      folders.put(job.name(), installation.checkpoints(job.name()));
    }
    installation.killFlink();
    for (JobUnderTest job : jobs.after()) {
      savepoints.put(job.name(), checks.newest(folders.get(job.name())));
    }
    installation.startFlink();
    submit(jobs.after(), upgraded, DrillInstallation.MOST_PARALLEL);
    return "retained, incremental: "
        + String.join(
            ", ",
            savepoints.values().stream()
                .map(path -> path.substring(path.lastIndexOf("chk-")))
                .toList());
  }

  private String rollBack() {
    stop();
    submit(jobs.before(), jobs.jars(), PARALLELISM);
    return "";
  }

  /** Lets devices send for a while. */
  private void load() {
    steps.unnoticed(
        "let devices send",
        () -> {
          long end = System.nanoTime() + settings.load().toNanos();
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), 200_000_000L));
            Optional<String> died = installation.obituary();
            if (died.isPresent()) {
              throw new IOException(died.get());
            }
          }
          return "";
        });
  }
}
