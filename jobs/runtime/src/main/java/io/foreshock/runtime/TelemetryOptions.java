package io.foreshock.runtime;

import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/** Options of every job that reads raw telemetry: what is accepted, and how order is made. */
public final class TelemetryOptions {
  /** Far more than anybody needs, and far from where a time plus a duration would overflow. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  public static final Option<MemorySize> MAX_MESSAGE_SIZE =
      Option.size("telemetry.max-message-size", "Larger messages are dead letters, unread.")
          .withDefault(new MemorySize(DecodeRules.DEFAULT.maxMessageSize()))
          .must(
              "be between 1 kb and 1 gb",
              size -> size.getBytes() >= 1 << 10 && size.getBytes() <= 1 << 30);

  public static final Option<Duration> FUTURE_TOLERANCE =
      Option.duration(
              "telemetry.future-tolerance",
              "What lies further ahead of its append time is a dead letter: one bad clock must not move time for"
                  + " the rest.")
          .withDefault(DecodeRules.DEFAULT.futureTolerance())
          .must("not be negative and at most 3650 d", TelemetryOptions::isNotNegative);

  public static final Option<Duration> LIVE_MAX_AGE =
      Option.duration(
              "live.max-age",
              "Readings older than this on arrival are backlog: they count, but never page anybody.")
          .withDefault(DecodeRules.DEFAULT.liveMaxAge())
          .must("be positive and at most 3650 d", TelemetryOptions::isPositive);

  public static final Option<Duration> MAX_WAIT =
      Option.duration(
              "reorder.max-wait",
              "How long a message that is missing in a device's sequence is waited for, on the ingest clock.")
          .withDefault(OrderRules.DEFAULT.maxWait())
          .must("not be negative and at most 3650 d", TelemetryOptions::isNotNegative);

  public static final Option<Integer> MAX_PENDING =
      Option.wholeNumber(
              "reorder.max-pending",
              "Messages of one asset that wait at most; one more, and the gap in front of them is given up.")
          .withDefault(OrderRules.DEFAULT.maxPending())
          .must("be at least 1", number -> number >= 1);

  public static final Option<Duration> BOOT_WAIT =
      Option.duration(
              "reorder.boot-wait",
              "How long the first message after a restart of a device waits for stragglers from before, on the"
                  + " ingest clock.")
          .withDefault(OrderRules.DEFAULT.bootWait())
          .must("not be negative and at most 3650 d", TelemetryOptions::isNotNegative);

  public static final Option<Duration> DISORDER_BOUND =
      Option.duration(
              "reorder.disorder-bound",
              "Event time by which messages of devices without sequence numbers are held back and sorted.")
          .withDefault(OrderRules.DEFAULT.disorderBound())
          .must("not be negative and at most 3650 d", TelemetryOptions::isNotNegative);

  public static final Option<Duration> LATE_AFTER =
      Option.duration(
              "reorder.late-after",
              "How far an item may lie behind the newest of its device and still pass. Raise it for devices whose"
                  + " messages overlap.")
          .withDefault(OrderRules.DEFAULT.lateAfter())
          .must("not be negative and at most 3650 d", TelemetryOptions::isNotNegative);

  public static final Option<Duration> ID_TTL =
      Option.duration(
              "deduplicate.id-ttl",
              "How long message ids of devices without sequence numbers are remembered, on the ingest clock.")
          .withDefault(OrderRules.DEFAULT.idTtl())
          .must("be positive and at most 3650 d", TelemetryOptions::isPositive);

  public static final Option<Integer> MAX_IDS =
      Option.wholeNumber(
              "deduplicate.max-ids",
              "Message ids remembered for each asset; one more, and the older half is forgotten.")
          .withDefault(OrderRules.DEFAULT.maxIds())
          .must("be at least 2", number -> number >= 2);

  public static final Option<Duration> DEVICE_FORGET_AFTER =
      Option.duration(
              "devices.forget-after",
              "A device that says nothing for this long starts anew, on the ingest clock.")
          .withDefault(OrderRules.DEFAULT.cursorTtl())
          .must("be positive and at most 3650 d", TelemetryOptions::isPositive);

  /**
   * Reports about links, an option of each job with a default of its own.
   *
   * @param period default; zero for no reports
   */
  public static Option<Duration> linkHealthPeriod(Duration period) {
    return Option.duration(
            "link-health.period",
            "How often a device is reported whose messages were lost, repeated, out of order or late, as readings of"
                + " the channels link_*_messages, on the ingest clock. `0 s` for no reports.")
        .withDefault(period)
        .must("not be negative and at most 3650 d", TelemetryOptions::isNotNegative);
  }

  /** All others, in the order in which they are documented. */
  public static final List<Option<?>> ALL =
      List.of(
          MAX_MESSAGE_SIZE,
          FUTURE_TOLERANCE,
          LIVE_MAX_AGE,
          MAX_WAIT,
          MAX_PENDING,
          BOOT_WAIT,
          DISORDER_BOUND,
          LATE_AFTER,
          ID_TTL,
          MAX_IDS,
          DEVICE_FORGET_AFTER);

  private TelemetryOptions() {}

  /** What is accepted from a device. */
  public static DecodeRules decodeRules(Settings settings) {
    return new DecodeRules(
        (int) settings.get(MAX_MESSAGE_SIZE).getBytes(),
        settings.get(FUTURE_TOLERANCE),
        settings.get(LIVE_MAX_AGE));
  }

  /**
   * How long to wait for what is missing.
   *
   * @param linkHealthPeriod the job's own option
   */
  public static OrderRules orderRules(Settings settings, Option<Duration> linkHealthPeriod) {
    return new OrderRules(
        settings.get(MAX_WAIT),
        settings.get(MAX_PENDING),
        settings.get(BOOT_WAIT),
        settings.get(DISORDER_BOUND),
        settings.get(LATE_AFTER),
        settings.get(ID_TTL),
        settings.get(MAX_IDS),
        settings.get(DEVICE_FORGET_AFTER),
        settings.get(linkHealthPeriod));
  }

  /** A rule for the options of the job. */
  public static Optional<String> bootWaitWithinMaxWait(Settings settings) {
    return settings.get(BOOT_WAIT).compareTo(settings.get(MAX_WAIT)) <= 0
        ? Optional.empty()
        : Optional.of(
            "reorder.boot-wait must not exceed reorder.max-wait, but is %s, and reorder.max-wait is %s. Lower the"
                    .formatted(seconds(settings.get(BOOT_WAIT)), seconds(settings.get(MAX_WAIT)))
                + " first or raise the second.");
  }

  /** A rule for the options of the job. */
  public static Optional<String> deviceOutlivesMaxWait(Settings settings) {
    return settings.get(DEVICE_FORGET_AFTER).compareTo(settings.get(MAX_WAIT)) > 0
        ? Optional.empty()
        : Optional.of(
            "devices.forget-after must exceed reorder.max-wait, but is %s, and reorder.max-wait is %s. Raise the"
                    .formatted(
                        seconds(settings.get(DEVICE_FORGET_AFTER)), seconds(settings.get(MAX_WAIT)))
                + " first or lower the second.");
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private static boolean isPositive(Duration time) {
    return isNotNegative(time) && !time.isZero();
  }

  private static boolean isNotNegative(Duration time) {
    return !time.isNegative() && time.compareTo(LONGEST) <= 0;
  }
}
