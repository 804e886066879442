package io.foreshock.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.chaos.Output.Found;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.chaos.truth.MessageLines;
import io.foreshock.chaos.truth.Truth.Expected;
import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.Detection;
import io.foreshock.proto.telemetry.v1.Delivery;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A job that the suite knows how to run and to judge.
 *
 * @param name name of the job and of its module
 * @param outputs everything it writes
 * @param options options beyond those that every job needs, each {@code key=value}
 */
public record JobUnderTest(String name, List<Output> outputs, List<String> options) {
  static final Duration MAX_WAIT = Duration.ofSeconds(4);
  static final Duration LIVE_MAX_AGE = Duration.ofMinutes(15);

  private static final String WRITE_DEAD_LETTERS = "dead-letters.write=true";

  private static final List<String> TIMES =
      List.of(
          "reorder.max-wait=" + MAX_WAIT.toSeconds() + " s",
          "live.max-age=" + LIVE_MAX_AGE.toMinutes() + " min",
          // Ticks reach every partition, so no partition is ever idle.
          "source.idle-after=0 s");

  private static final Output DEAD_LETTERS =
      new Output("deadLetters", ".telemetry.dlq", Expected::deadLetters, JobUnderTest::deadLetter);

  /**
   * The job with this name.
   *
   * @param folder where files that the job reads may be written
   * @param options options beyond those that the suite needs, each {@code key=value}
   */
  static JobUnderTest named(String name, Path folder, List<String> options) {
    JobUnderTest job =
        switch (name) {
          case "ingest" -> ingest();
          case "precursors" -> precursors(Patterns.write(folder));
          default ->
              throw new ChaosException(
                  "The suite does not know the job \"" + name + "\". Use ingest or precursors.",
                  null);
        };
    return new JobUnderTest(
        job.name(), job.outputs(), with(job.options(), options.toArray(String[]::new)));
  }

  /** The jobs side by side: where {@code ingest} runs, nobody else writes dead letters. */
  static List<JobUnderTest> sharingTopics(List<JobUnderTest> jobs) {
    if (jobs.stream().noneMatch(job -> job.name().equals("ingest"))) {
      return jobs;
    }
    return jobs.stream()
        .map(job -> job.name().equals("precursors") ? job.withoutDeadLetters() : job)
        .toList();
  }

  /**
   * Arguments of the job's {@code main}.
   *
   * @param installation part of the names of its transactions
   */
  List<String> arguments(String bootstrapServers, String installation, List<String> tenants) {
    List<String> all = new ArrayList<>();
    all.add("kafka.bootstrap-servers=" + bootstrapServers);
    all.add("installation=" + installation);
    all.add("tenants=" + String.join(", ", tenants));
    all.add("scope=pool");
    all.addAll(options);
    List<String> arguments = new ArrayList<>();
    all.forEach(option -> arguments.addAll(List.of("-D", option)));
    return arguments;
  }

  /** The same with further options, {@code key=value}; of several with one key the last counts. */
  JobUnderTest and(String... more) {
    return new JobUnderTest(name, outputs, with(options, more));
  }

  /** The same, judged by other outputs. */
  JobUnderTest judgedBy(List<Output> others) {
    return new JobUnderTest(name, others, options);
  }

  private JobUnderTest withoutDeadLetters() {
    return new JobUnderTest(
        name,
        outputs.stream().filter(output -> output != DEAD_LETTERS).toList(),
        options.stream().filter(option -> !option.equals(WRITE_DEAD_LETTERS)).toList());
  }

  /** The job {@code ingest}: clean telemetry, what is late, and dead letters. */
  static JobUnderTest ingest() {
    return new JobUnderTest(
        "ingest",
        List.of(
            new Output(
                "telemetry", ".telemetry", Expected::clean, record -> telemetry(record, false)),
            new Output(
                "backfill",
                ".telemetry.backfill",
                Expected::behind,
                record -> telemetry(record, true)),
            DEAD_LETTERS),
        // Reports about links are messages of the job, not of a device.
        with(TIMES, "link-health.period=0 s"));
  }

  /**
   * The job {@code precursors}: detections and, on request, dead letters.
   *
   * @param patterns file with the pattern of {@link Patterns}
   */
  static JobUnderTest precursors(Path patterns) {
    return new JobUnderTest(
        "precursors",
        List.of(
            new Output("detections", ".detections", Expected::detections, JobUnderTest::detection),
            DEAD_LETTERS),
        with(TIMES, "patterns=" + patterns, WRITE_DEAD_LETTERS));
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  private static Found telemetry(ConsumerRecord<byte[], byte[]> record, boolean late)
      throws InvalidProtocolBufferException {
    TelemetryMessage message = TelemetryMessage.parseFrom(record.value());
    Delivery delivery = message.getDelivery();
    // What lies on the wrong topic must not pass for what belongs there.
    boolean misplaced = late != (delivery == Delivery.DELIVERY_BACKFILL);
    if (misplaced || delivery == Delivery.DELIVERY_UNSPECIFIED) {
      throw new IllegalArgumentException("Delivery " + delivery + " does not belong there");
    }
    return new Found(
        message.getTenant(),
        message.getDeviceId(),
        MessageLines.of(message),
        delivery == Delivery.DELIVERY_LIVE ? MessageLines.newestMillis(message) : -1);
  }

  static Found detection(ConsumerRecord<byte[], byte[]> record)
      throws InvalidProtocolBufferException {
    Detection detection = DetectionCodec.decode(record.value());
    return new Found(
        detection.asset().tenant(),
        detection.asset().assetId(),
        Lines.of(detection),
        detection.backlog() ? -1 : detection.eventTimeMillis());
  }

  private static Found deadLetter(ConsumerRecord<byte[], byte[]> record)
      throws InvalidProtocolBufferException {
    DeadLetter letter = DeadLetterCodec.decode(record.value());
    return new Found(
        letter.source().tenant(),
        new String(letter.source().key(), StandardCharsets.UTF_8),
        Lines.of(letter),
        -1);
  }
}
