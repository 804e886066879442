package io.foreshock.alerts;

import io.foreshock.codec.AlertCodec;
import io.foreshock.codec.AlertIds;
import io.foreshock.codec.CommandCodec;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.alerts.AlertRecord;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Detections of a dozen pumps over six hours, acknowledged, silenced, repaired in between. */
final class AlertsGolden implements GoldenJob {
  private static final String BAR = " | ";
  private static final int PARTITIONS = 4;
  private static final int PUMPS = 12;
  private static final int MINUTES = 360;
  private static final long MINUTE = 60_000;
  private static final long START = Readings.time("00:00:00");

  @Override
  public Map<String, List<List<RawRecord>>> inputs() {
    Map<String, List<List<RawRecord>>> inputs = new TreeMap<>();
    inputs.put("detections", detections());
    inputs.put("commands", commands());
    return inputs;
  }

  private static List<List<RawRecord>> detections() {
    List<List<RawRecord>> partitions = empty();
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int pump = 0; pump < PUMPS; pump++) {
        boolean worse = minute % 90 > 45;
        if ((minute + 7 * pump) % 20 == 0 && (pump % 3 != 0 || minute < 200)) {
          append(partitions, pump, minute, DetectionCodec.encode(detection(pump, minute, worse)));
        }
      }
    }
    return partitions;
  }

  private static Detection detection(int pump, int minute, boolean worse) {
    return new Detection(
        "%032x".formatted(1_000L * minute + pump),
        asset(pump),
        "bearing-wear",
        3,
        pump % 2 == 0 ? "bearing" : "impeller",
        "wear",
        worse ? Detection.Severity.CRITICAL : Detection.Severity.WARNING,
        START + minute * MINUTE,
        172_800_000,
        false,
        List.of());
  }

  private static List<List<RawRecord>> commands() {
    List<List<RawRecord>> partitions = empty();
    for (int pump = 0; pump < PUMPS; pump++) {
      // After 60 % and before: half minutes, so that no command meets a detection.
      for (int minute : new int[] {60 + pump, 200 + pump, 300 + pump}) {
        Command.Action action =
            pump % 4 == 3
                ? Command.Action.SILENCE
                : pump % 4 == 2 ? Command.Action.MAINTENANCE_DONE : Command.Action.ACKNOWLEDGE;
        append(partitions, pump, minute, CommandCodec.encode(command(pump, minute, action)));
      }
      append(
          partitions,
          pump,
          MINUTES,
          CommandCodec.encode(command(pump, MINUTES, Command.Action.ACKNOWLEDGE)));
    }
    return partitions;
  }

  private static Command command(int pump, int minute, Command.Action action) {
    long at = START + minute * MINUTE;
    boolean aboutAlert = action.isAboutAlert();
    return new Command(
        Assets.TENANT,
        "command-" + pump + "-" + minute,
        at,
        "eva",
        aboutAlert ? "" : asset(pump).assetId(),
        "",
        "",
        "on my way",
        action,
        aboutAlert
            ? AlertIds.of(asset(pump).assetId(), pump % 2 == 0 ? "bearing" : "impeller", "wear")
            : "",
        "",
        0,
        action == Command.Action.SILENCE ? at + 30 * MINUTE : aboutAlert ? 0 : at,
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

  private static void append(List<List<RawRecord>> partitions, int pump, int minute, byte[] value) {
    List<RawRecord> partition = partitions.get(pump % PARTITIONS);
    partition.add(
        new RawRecord(
            Assets.TENANT,
            "input",
            pump % PARTITIONS,
            partition.size(),
            START + minute * MINUTE + 1_000L * pump,
            new byte[0],
            value));
    partition.sort(Comparator.comparingLong(RawRecord::appendTimeMillis));
  }

  @Override
  public void define(Inputs inputs, Outputs outputs) {
    Settings settings =
        Settings.read(
            AlertsOptions.ALL,
            CommandLine.parse("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test"));
    outputs.collect(
        "alerts",
        AlertsPipeline.define(
            inputs.read("detections"), inputs.read("commands"), AlertsConfig.from(settings)),
        AlertsGolden::line);
  }

  private static String line(AlertRecord record) {
    try {
      String content = "told";
      if (record.value().length == 0) {
        content = "forgotten";
      } else if (record.kind() == AlertRecord.Kind.ALERT) {
        Alert alert = AlertCodec.decode(record.value());
        content = alert.state() + " " + alert.severity() + " " + alert.history().size();
      }
      return record.kind() + " " + record.key() + BAR + content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each alert as it was told last, and who was told of what. */
  @Override
  public List<String> settled(List<String> lines) {
    Map<String, String> last = new TreeMap<>();
    lines.forEach(line -> last.put(line.substring(0, line.indexOf(BAR)), line));
    return new ArrayList<>(last.values());
  }
}
