package io.foreshock.chaos;

import io.foreshock.chaos.truth.Comparison;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.chaos.truth.Truth;
import io.foreshock.local.Await;
import io.foreshock.local.LocalClusterException;
import io.foreshock.local.Progress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.header.Header;

/**
 * The end of every run: devices complete what they have begun, the jobs work off what is left and
 * are stopped, and the outputs are compared with the truth.
 *
 * @param comparisons each output against the truth
 * @param complete whether all outputs could be read to their end
 */
record Ending(List<Comparison> comparisons, boolean complete) {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(180);

  /**
   * What must not come may come later than what must: after {@code reorder.max-wait} a gap is given
   * up, some checkpoints (each 200 ms) commit it, and the lake publishes each 3 s.
   */
  private static final Duration WATCH_ON = JobUnderTest.MAX_WAIT.plusSeconds(5);

  private static final Duration SEND_LIMIT = Duration.ofSeconds(120);

  static Ending of(
      RunningJobs installation,
      Sender sender,
      Truth truth,
      OutputWatch watch,
      List<Output> outputs,
      Stores stores,
      Progress progress)
      throws InterruptedException {
    send(sender, installation);
    Truth.Expected expected = readRaw(installation, truth);
    drain(
        () ->
            outputs.stream()
                    .allMatch(output -> isThere(watch, output, output.expected().apply(expected)))
                && stores.all().stream().allMatch(store -> isThere(store, expected.rows())),
        installation,
        progress);
    progress.say("Watching for repeats for another " + WATCH_ON.toSeconds() + " s");
    long end = System.nanoTime() + WATCH_ON.toNanos();
    drain(() -> System.nanoTime() - end >= 0, installation, progress);
    installation.stopJobs();
    boolean complete = watch.finish();
    List<Comparison> comparisons = new ArrayList<>();
    for (Output output : outputs) {
      comparisons.add(
          Comparison.of(output.name(), output.expected().apply(expected), watch.found(output)));
    }
    for (Store store : stores.all()) {
      comparisons.add(Comparison.of(store.name(), expected.rows(), store.read()));
    }
    return new Ending(comparisons, complete);
  }

  /** Whether nothing is missing; numbers alone would take a repeat for what is missing. */
  private static boolean isThere(OutputWatch watch, Output output, Lines expected) {
    return watch.count(output) >= expected.size() && watch.compare(output, expected).lost() == 0;
  }

  private static boolean isThere(Store store, Lines expected) {
    return store.count() >= expected.size()
        && Comparison.of(store.name(), expected, store.read()).lost() == 0;
  }

  private static void send(Sender sender, RunningJobs installation) {
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
  private static Truth.Expected readRaw(RunningJobs installation, Truth truth) {
    try (TopicReader reader =
        new TopicReader(installation.bootstrapServers(), installation.rawTopics())) {
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
      BooleanSupplier isAllThere, RunningJobs installation, Progress progress) {
    try {
      Await.until(
          "all records",
          DRAIN_LIMIT,
          () -> {
            installation.supervise();
            return isAllThere.getAsBoolean();
          },
          () -> installation.obituary().orElse(null));
    } catch (LocalClusterException e) {
      progress.say(e.getMessage());
    }
  }
}
