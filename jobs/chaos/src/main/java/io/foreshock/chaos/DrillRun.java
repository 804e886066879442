package io.foreshock.chaos;

import io.foreshock.chaos.truth.Comparison;
import io.foreshock.chaos.truth.Fleet;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.local.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A restore drill on real processes: jobs run with load while {@link DrillSequence} restores them
 * again and again; then every record is compared with what the devices' scripts say and with a run
 * that nothing interrupted.
 */
public final class DrillRun {
  private final DrillSettings settings;
  private final Map<String, Path> jars;

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
    DrillJobs jobs = new DrillJobs(folder, jars);
    DrillSteps steps = new DrillSteps(progress);
    Truth truth = new Truth(JobUnderTest.MAX_WAIT, JobUnderTest.LIVE_MAX_AGE);
    try (DrillInstallation installation =
            steps.start(
                "start Kafka and Flink",
                () -> DrillInstallation.start(folder, jars.size(), progress));
        OutputWatch watch = watch(installation, jobs);
        Sender sender = sender(installation, truth)) {
      watch.start();
      new DrillSequence(settings, installation, jobs, steps, folder)
          .run(sender::start, watch::records);
      List<Comparison> compared = new ArrayList<>();
      List<Comparison> reference = new ArrayList<>();
      boolean[] complete = new boolean[1];
      steps.unnoticed(
          "read all that comes out",
          () -> {
            progress.say("Waiting for the rest");
            Ending ending =
                Ending.of(
                    installation,
                    sender,
                    truth,
                    watch,
                    jobs.outputs(),
                    new Stores(List.of()),
                    progress);
            compared.addAll(ending.comparisons());
            complete[0] = ending.complete();
            return "";
          });
      steps.step(
          "run the same input without interruption",
          () -> {
            reference.addAll(uninterrupted(installation, jobs, watch));
            return "";
          });
      return new DrillResult(
          settings,
          steps.withSilence(watch),
          truth.sentCount(),
          compared,
          reference,
          watch.unreadable(),
          complete[0]);
    }
  }

  private OutputWatch watch(DrillInstallation installation, DrillJobs jobs) {
    Topics.create(installation.kafka(), DrillSettings.TENANTS, jobs.outputs());
    return new OutputWatch(installation.bootstrapServers(), jobs.outputs(), DrillSettings.TENANTS);
  }

  private Sender sender(DrillInstallation installation, Truth truth) {
    Fleet fleet =
        new Fleet(
            settings.seed(),
            DrillSettings.TENANTS,
            settings.devices(),
            100,
            System::currentTimeMillis);
    return new Sender(
        installation.bootstrapServers(),
        fleet,
        truth,
        DrillSettings.TENANTS,
        Topics.RAW_PARTITIONS,
        settings.rate());
  }

  /** The same raw topics through the first jars, from their beginning, into the same topics. */
  private static List<Comparison> uninterrupted(
      DrillInstallation installation, DrillJobs jobs, OutputWatch watch) {
    Map<String, Lines> reference;
    try (DrillReference reader =
        new DrillReference(
            installation.bootstrapServers(), jobs.outputs(), DrillSettings.TENANTS)) {
      for (JobUnderTest job : jobs.before()) {
        installation.submit(
            job, jobs.jars().get(job.name()), DrillSequence.PARALLELISM, null, "uninterrupted");
      }
      reader.readUntil(watch::count, installation);
      installation.stopJobs();
      reference = reader.finish();
    }
    return jobs.outputs().stream()
        .map(
            output ->
                Comparison.of(output.name(), reference.get(output.name()), watch.found(output)))
        .toList();
  }
}
