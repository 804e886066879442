package io.foreshock.chaos;

import io.foreshock.chaos.truth.Fleet;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.local.Await;
import io.foreshock.local.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run: starts an installation, lets devices send, does faults, waits until everything is
 * through, and compares.
 *
 * <pre>{@code
 * ChaosResult result = ChaosRun.of("precursors", jar, ChaosSettings.of(7, Duration.ofMinutes(10)))
 *     .run(folder, System.out::println);
 * }</pre>
 */
public final class ChaosRun {
  private static final Duration FIRST_OUTPUT_LIMIT = Duration.ofSeconds(90);

  private final String job;
  private final Path jar;
  private final ChaosSettings settings;

  private ChaosRun(String job, Path jar, ChaosSettings settings) {
    this.job = job;
    this.jar = jar;
    this.settings = settings;
  }

  /**
   * @param job job to test, e.g. {@code precursors}
   * @param jar the jar that people deploy
   */
  public static ChaosRun of(String job, Path jar, ChaosSettings settings) {
    return new ChaosRun(job, jar, settings);
  }

  /**
   * Runs to the end.
   *
   * @param folder where data and logs go
   * @throws ChaosException when the run broke off; a run with losses does not
   */
  public ChaosResult run(Path folder, Progress progress) throws InterruptedException {
    List<String> tenants = ChaosSettings.TENANTS;
    Truth truth = new Truth(JobUnderTest.MAX_WAIT, JobUnderTest.LIVE_MAX_AGE);
    Fleet fleet =
        new Fleet(
            settings.seed(),
            tenants,
            settings.devices(),
            settings.backlogSize(),
            System::currentTimeMillis);
    try (Stores stores = Stores.start(job, settings.stores(), folder, progress);
        ChaosInstallation installation = ChaosInstallation.start(folder, tenants, 1, progress)) {
      List<String> options = new ArrayList<>(stores.jobOptions());
      options.addAll(settings.options());
      JobUnderTest underTest = JobUnderTest.named(job, folder, options);
      progress.say("Submitting the job " + job);
      installation.createTopics(underTest.outputs());
      installation.submit(underTest, jar);
      try (Sender sender =
              new Sender(
                  installation.bootstrapServers(),
                  fleet,
                  truth,
                  tenants,
                  Topics.RAW_PARTITIONS,
                  settings.rate());
          OutputWatch watch =
              new OutputWatch(installation.bootstrapServers(), underTest.outputs(), tenants)) {
        watch.start();
        sender.start();
        Await.until("the first output", FIRST_OUTPUT_LIMIT, () -> watch.records() > 0);
        progress.say("The job runs, faults begin");
        FaultDriver driver =
            new FaultDriver(
                installation,
                watch,
                sender,
                new FaultPlan(settings.seed(), settings.faults()),
                progress);
        driver.run(settings.time(), settings.atMost());
        progress.say("Faults are over; waiting for the rest");
        Ending ending =
            Ending.of(installation, sender, truth, watch, underTest.outputs(), stores, progress);
        return new ChaosResult(
            job,
            settings,
            driver.records(),
            driver.leftOut(),
            truth.sentCount(),
            truth.notStored().size(),
            ending.comparisons(),
            watch.unreadable(),
            installation.endedByThemselves(),
            ending.complete());
      }
    }
  }
}
