package io.foreshock.chaos;

import io.foreshock.chaos.truth.Comparison;
import io.foreshock.chaos.truth.Fleet;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.local.Await;
import io.foreshock.local.LocalClusterException;
import io.foreshock.local.Progress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;

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
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(180);
  private static final Duration SEND_LIMIT = Duration.ofSeconds(120);

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
    JobUnderTest underTest = JobUnderTest.named(job, folder, settings);
    List<String> tenants = ChaosSettings.TENANTS;
    Truth truth = new Truth(JobUnderTest.MAX_WAIT, JobUnderTest.LIVE_MAX_AGE);
    Fleet fleet =
        new Fleet(
            settings.seed(),
            tenants,
            settings.devices(),
            settings.backlogSize(),
            System::currentTimeMillis);
    try (ChaosInstallation installation = ChaosInstallation.start(folder, tenants, progress)) {
      progress.say("Submitting the job " + job);
      installation.submit(underTest, jar);
      try (Sender sender =
              new Sender(
                  installation.bootstrapServers(),
                  fleet,
                  truth,
                  tenants,
                  ChaosInstallation.RAW_PARTITIONS,
                  settings.rate());
          OutputWatch watch =
              new OutputWatch(installation.bootstrapServers(), underTest, tenants)) {
        watch.start();
        sender.start();
        Await.until("the first output", FIRST_OUTPUT_LIMIT, () -> watch.records() > 0);
        progress.say("The job runs, faults begin");
        List<FaultRecord> faults =
            new FaultDriver(
                    installation,
                    watch,
                    sender,
                    new FaultPlan(settings.seed(), settings.faults()),
                    progress)
                .run(settings.time());
        progress.say("Faults are over; waiting for the rest");
        finish(sender, installation);
        Truth.Expected expected = readRaw(installation, truth, tenants);
        drain(underTest, expected, watch, installation, progress);
        int restarts = installation.restarts();
        installation.stopJob();
        boolean complete = watch.finish();
        List<Comparison> comparisons = new ArrayList<>();
        for (Output output : underTest.outputs()) {
          comparisons.add(
              Comparison.of(output.name(), output.expected().apply(expected), watch.found(output)));
        }
        return new ChaosResult(
            job,
            settings,
            faults,
            truth.sentCount(),
            truth.notStored().size(),
            comparisons,
            watch.unreadable(),
            restarts,
            installation.endedByThemselves(),
            complete);
      }
    }
  }

  private static void finish(Sender sender, ChaosInstallation installation) {
    sender.finish();
    Await.until(
        "the broker to take every record",
        SEND_LIMIT,
        () -> {
          installation.supervise();
          return sender.isFinished();
        },
        () -> sender.refusal() == null ? null : sender.refusal().toString());
  }

  /** Where and when the broker has stored each record; then what must come out is known. */
  private static Truth.Expected readRaw(
      ChaosInstallation installation, Truth truth, List<String> tenants) {
    try (TopicReader reader =
        new TopicReader(
            installation.bootstrapServers(), tenants.stream().map(Sender::rawTopic).toList())) {
      boolean complete =
          reader.readToTheEnd(
              SEND_LIMIT,
              record -> {
                Header id = record.headers().lastHeader(Sender.ID_HEADER);
                if (id != null) {
                  truth.stored(
                      ByteBuffer.wrap(id.value()).getLong(),
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      record.timestamp());
                }
              });
      if (!complete) {
        throw new ChaosException("The raw topics cannot be read to their end.", null);
      }
    }
    return truth.expected();
  }

  /** Waits until as much has come as must; what is still missing then is lost. */
  private static void drain(
      JobUnderTest underTest,
      Truth.Expected expected,
      OutputWatch watch,
      ChaosInstallation installation,
      Progress progress) {
    try {
      Await.until(
          "all records",
          DRAIN_LIMIT,
          () -> {
            installation.supervise();
            return underTest.outputs().stream()
                .allMatch(
                    output -> watch.count(output) >= output.expected().apply(expected).size());
          },
          () -> installation.obituary().orElse(null));
    } catch (LocalClusterException e) {
      progress.say(e.getMessage());
    }
  }
}
