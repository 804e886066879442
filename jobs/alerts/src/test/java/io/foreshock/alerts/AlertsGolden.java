package io.foreshock.alerts;

import io.foreshock.codec.AlertCodec;
import io.foreshock.codec.AlertIds;
import io.foreshock.codec.CommandCodec;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import io.foreshock.model.Notification;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.alerts.AlertRecord;
import io.foreshock.operators.alerts.AlertRules;
import io.foreshock.operators.alerts.EscalationPolicy;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.samples.Assets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Detections and commands about a dozen pumps.
 *
 * <p>Alerts live by the clock on the wall, golden savepoints for years. So everything here happens
 * in 2099, which to the job is always now, and the rules let nothing end within a century: what a
 * run makes depends on the order of its input alone. Of the order between detections and commands
 * nothing is known, except that the last commands come after the savepoint: they acknowledge alerts
 * which were raised before it, and of half of the pumps nothing is heard again.
 */
final class AlertsGolden implements GoldenJob {
  private static final String BAR = " | ";
  private static final int PARTITIONS = 4;
  private static final int PUMPS = 12;
  private static final int EACH = 10;

  /** Of ten. */
  private static final int BEFORE_SAVEPOINT = 6;

  private static final long MINUTE = 60_000;
  private static final Duration CENTURY = Duration.ofDays(36_500);
  private static final long START = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
  private static final long FAR = Instant.parse("2099-12-31T00:00:00Z").toEpochMilli();

  @Override
  public Map<String, List<List<RawRecord>>> inputs() {
    Map<String, List<List<RawRecord>>> inputs = new TreeMap<>();
    inputs.put("detections", detections());
    inputs.put("commands", commands());
    return inputs;
  }

  @Override
  public boolean heedsOrderOfInputs() {
    return true;
  }

  /** Assets below others come from the registry's topic, which golden savepoints do without. */
  @Override
  public Set<String> leavesEmpty() {
    return Set.of("tell-people/held-pages");
  }

  /** Pumps that fall silent have two alerts; the others get a third one after the savepoint. */
  private static List<List<RawRecord>> detections() {
    List<List<RawRecord>> partitions = empty();
    for (int number = 0; number < EACH; number++) {
      for (int pump = 0; pump < PUMPS; pump++) {
        boolean silent = pump < PUMPS / 2;
        String component =
            number < BEFORE_SAVEPOINT ? (number % 2 == 0 ? "bearing" : "impeller") : "seal";
        int about = silent && number >= BEFORE_SAVEPOINT ? pump + PUMPS / 2 : pump;
        append(
            partitions, pump, number, DetectionCodec.encode(detection(about, number, component)));
      }
    }
    return partitions;
  }

  private static Detection detection(int pump, int number, String component) {
    return new Detection(
        "%032x".formatted(1_000L * number + pump + (component.equals("seal") ? 500L : 0)),
        asset(pump),
        "bearing-wear",
        3,
        component,
        number == 0 && pump == PUMPS - 1 ? "down" : "wear",
        number >= 4 ? Detection.Severity.CRITICAL : Detection.Severity.WARNING,
        START + number * MINUTE,
        172_800_000,
        false,
        List.of());
  }

  /** Silences of pumps and of groups; after the savepoint acknowledgements. */
  private static List<List<RawRecord>> commands() {
    List<List<RawRecord>> partitions = empty();
    for (int number = 0; number < EACH; number++) {
      for (int pump = 0; pump < PUMPS; pump++) {
        append(partitions, pump, number, CommandCodec.encode(command(pump, number)));
      }
    }
    return partitions;
  }

  private static Command command(int pump, int number) {
    boolean before = number < BEFORE_SAVEPOINT;
    boolean group = before && number == 0 && pump == 0;
    String alert =
        before
            ? ""
            : AlertIds.of(asset(pump).assetId(), number % 2 == 0 ? "bearing" : "impeller", "wear");
    return new Command(
        Assets.TENANT,
        "command-" + pump + "-" + number,
        START + number * MINUTE,
        "eva",
        before && !group ? asset(pump).assetId() : "",
        "",
        group ? "another-class" : "",
        "on my way",
        before ? Command.Action.SILENCE : Command.Action.ACKNOWLEDGE,
        alert,
        before && !group ? "gasket-" + number : "",
        0,
        before ? FAR : 0,
        "",
        0,
        0);
  }

  private static AssetRef asset(int pump) {
    return Assets.pump("pump-" + pump);
  }

  private static List<List<RawRecord>> empty() {
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    return partitions;
  }

  private static void append(List<List<RawRecord>> partitions, int pump, int number, byte[] value) {
    List<RawRecord> partition = partitions.get(pump % PARTITIONS);
    partition.add(
        new RawRecord(
            Assets.TENANT,
            "input",
            pump % PARTITIONS,
            partition.size(),
            START + number * MINUTE + 1_000L * pump,
            new byte[0],
            value));
    partition.sort(Comparator.comparingLong(RawRecord::appendTimeMillis));
  }

  @Override
  public void define(Inputs inputs, Outputs outputs) {
    outputs.collect(
        "alerts",
        AlertsPipeline.define(
            inputs.read("detections"), inputs.read("commands"), new AlertsConfig(rules())),
        AlertsGolden::line,
        AlertsGolden::whole);
  }

  /** Everybody is told everything; the first page opens a window that gathers all others. */
  private static AlertRules rules() {
    return new AlertRules(
        Duration.ofMillis(1),
        CENTURY,
        CENTURY,
        3,
        CENTURY,
        CENTURY,
        CENTURY,
        Duration.ofMillis(1),
        200,
        Set.of("down"),
        CENTURY,
        new AlertRules.Storm(AlertRules.StormGroup.TENANT, CENTURY, CENTURY),
        List.of(
            new EscalationPolicy(
                "everybody",
                EscalationPolicy.Scope.ALL,
                List.of(
                    new EscalationPolicy.Step(
                        Duration.ZERO,
                        List.of(
                            new EscalationPolicy.Target(
                                List.of(new Notification.Recipient("mail", "eva")),
                                Set.of(Detection.Severity.values()),
                                null)))),
                Duration.ZERO,
                0)));
  }

  /** Which page is the first is not promised. */
  private static String line(AlertRecord record) {
    String key = record.kind() + " " + record.key() + BAR;
    try {
      return switch (record.kind()) {
        case NOTIFICATION -> record.kind() + BAR + "sent";
        case ANSWER -> key + "answered";
        case ALERT -> key + (record.value().length == 0 ? "forgotten" : told(record.value()));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String told(byte[] value) throws IOException {
    Alert alert = AlertCodec.decode(value);
    return alert.state() + " " + alert.severity();
  }

  /** All of an alert but times of the job's own clock. */
  private static String whole(AlertRecord record) {
    if (record.kind() != AlertRecord.Kind.ALERT || record.value().length == 0) {
      return line(record);
    }
    try {
      Alert alert = AlertCodec.decode(record.value());
      return line(record)
          + " occurrence %d of %d to %d, %d detections %s, evidence %s, by %s, %s"
              .formatted(
                  alert.occurrence(),
                  alert.firstSeenMillis(),
                  alert.lastSeenMillis(),
                  alert.detectionCount(),
                  alert.detectionIds(),
                  alert.evidence(),
                  alert.acknowledgedBy(),
                  alert.history().stream()
                      .map(change -> change.state() + " " + change.by() + " " + change.cause())
                      .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each alert as it was told last. */
  @Override
  public List<String> settled(List<String> lines) {
    Map<String, String> last = new TreeMap<>();
    lines.forEach(line -> last.put(line.substring(0, line.indexOf(BAR)), line));
    return new ArrayList<>(last.values());
  }
}
