package io.foreshock.precursors;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.RawRecord;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a golden savepoint is made of: three hours of eight pumps, patterns from files, and patterns
 * that are published, changed and removed on the way. Written into the folder of the savepoint, so
 * that a later change here does not change what was written.
 *
 * <p>The savepoint lies after 60 % of the telemetry: pump-5 then has a gap in front of messages
 * that wait, pump-6 is silent, pump-7 has no sequence numbers, and every pump has matches open
 * under two versions of a published pattern.
 */
final class GoldenInput {
  static final int ASSETS = 8;

  private static final int PARTITIONS = 4;
  private static final int MINUTES = 180;
  private static final long MINUTE = 60_000;
  private static final int SILENT_FROM = 100;
  private static final int SILENT_UNTIL = 150;
  private static final int LATE_MINUTE = 105;

  private GoldenInput() {}

  /** First and last stage by code, within two and a half hours. */
  static FileDocument pattern(
      String name, int version, String onChange, String first, String last) {
    return document(
        name,
        version,
        """
        pattern: %s
        version: %d
        sequence:
          - {stage: begins, when: 'fault.code == "%s"'}
          - {stage: ends, when: 'fault.code == "%s"'}
        within: 150min
        onChange: %s
        detection: {component: bearing, failureMode: wear, severity: warning}
        """
            .formatted(name, version, first, last, onChange));
  }

  private static FileDocument document(String name, int version, String yaml) {
    return new FileDocument(name, version, yaml);
  }

  /** Patterns of the job's files: each kind of detector, a loop, an absence, a silence. */
  static List<FileDocument> files() {
    List<FileDocument> files = new ArrayList<>();
    for (String name : List.of("keep", "drain", "drop", "gone")) {
      files.add(pattern(name, 1, "drain", "A", "B"));
    }
    files.add(
        document(
            "loop",
            1,
            """
            pattern: loop
            version: 1
            sequence:
              - {stage: repeats, when: 'fault.code == "D"', times: {min: 2}}
              - {stage: ends, when: 'fault.code == "F"'}
            within: 150min
            openMatches: {max: 3, overflow: drop-oldest}
            detection: {component: bearing, failureMode: wear, severity: watch}
            """));
    files.add(
        document(
            "early",
            1,
            """
            pattern: early
            version: 1
            sequence:
              - {stage: reports, when: 'fault.code == "P"'}
            within: 1h
            detection: {component: bearing, failureMode: none, severity: watch}
            """));
    files.add(
        document(
            "unrepaired",
            1,
            """
            pattern: unrepaired
            version: 1
            sequence:
              - {stage: warns, when: 'fault.code == "W"'}
              - {stage: repaired, when: 'fault.code == "R"', contiguity: notFollowedBy}
            within: 1h
            detection: {component: bearing, failureMode: wear, severity: watch}
            """));
    files.add(
        document(
            "shaking-and-hot",
            1,
            """
            pattern: shaking-and-hot
            version: 1
            symptoms:
              shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 4.5 mm/s, clearBelow: 4.0 mm/s, for: 5min}
              hot: {detector: drift, channel: bearing_temperature_c, baseline: 1h, above: 6 sigma}
            sequence:
              - {stage: shakes, when: 'symptom == "shaking"'}
              - {stage: heats, when: 'symptom == "hot"'}
            within: 3h
            detection: {component: bearing, failureMode: wear, severity: critical}
            """));
    files.add(
        document(
            "silent",
            1,
            """
            pattern: silent
            version: 1
            symptoms:
              silent: {detector: silence, for: 30min}
            sequence:
              - {stage: silent, when: 'symptom == "silent"'}
            within: 6h
            detection: {component: sensor, failureMode: silence, severity: warning}
            """));
    return files;
  }

  /** What is published before the telemetry begins. */
  static List<PatternRecord> publishedFirst() {
    return List.of(
        published("", pattern("published", 1, "drain", "A", "C"), false),
        published("", pattern("paused", 1, "drain", "A", "C"), true),
        published("", pattern("vanishing", 1, "drain", "A", "C"), false),
        published("acme", pattern("own", 1, "drain", "A", "C"), false),
        request("published"));
  }

  /** What is published after 40 % of it. */
  static List<PatternRecord> publishedThen() {
    return List.of(
        published("", pattern("published", 2, "drain", "A", "E"), false),
        new PatternRecord("_all/vanishing", new byte[0], Readings.time("01:12:00")),
        request("unrepaired"));
  }

  private static PatternRecord published(String tenant, FileDocument file, boolean paused) {
    long time = Readings.time("00:00:00");
    PatternDocument document =
        new PatternDocument(
            tenant, file.name(), file.version(), file.yaml(), paused, time, "golden");
    return new PatternRecord(document.key(), PatternCodec.encode(document), time);
  }

  private static PatternRecord request(String pattern) {
    PatternTrace trace =
        new PatternTrace("", pattern, List.of(), Readings.time("00:00:00"), "golden");
    return new PatternRecord(trace.key(), PatternCodec.encode(trace), trace.publishedAtMillis());
  }

  /** Telemetry by partition, in the order of append times. */
  static List<List<RawRecord>> telemetry() {
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      TreeMap<Long, RawRecord> byArrival = new TreeMap<>();
      for (int asset = partition; asset < ASSETS; asset += PARTITIONS) {
        Random noise = new Random(asset);
        for (int minute = 0; minute < MINUTES; minute++) {
          byte[] message = message(asset, minute, noise);
          if (asset != 6 || minute < SILENT_FROM || minute >= SILENT_UNTIL) {
            int arrives = asset == 5 && minute == LATE_MINUTE ? minute + 4 : minute;
            long time = Readings.time("00:00:00") + arrives * MINUTE;
            byArrival.put(time + asset * 1000 + (arrives - minute), record(asset, time, message));
          }
        }
      }
      partitions.add(new ArrayList<>(byArrival.values()));
    }
    return partitions;
  }

  private static RawRecord record(int asset, long appendTime, byte[] message) {
    return Readings.record(asset(asset).tenant(), 0, appendTime, message);
  }

  private static AssetRef asset(int number) {
    return new AssetRef(number % 2 == 0 ? "acme" : "zeta", "pump-" + number, "pump");
  }

  private static byte[] message(int number, int minute, Random noise) {
    boolean shakes = number < 3 && minute >= 80 && minute < 126;
    boolean hot = number < 2 && minute >= 120;
    Readings message =
        Readings.of(asset(number))
            .at(Readings.time("00:00:00") + minute * MINUTE)
            .sequence(minute)
            .reading("vibration_rms_mm_s", (shakes ? 5.2 : 2) + noise.nextInt(10) / 20.0)
            .reading("bearing_temperature_c", (hot ? 75 : 55) + noise.nextInt(10) / 10.0);
    if (number == 7) {
      message.unsequenced("m" + minute);
    }
    codes(number, minute).forEach(message::fault);
    return message.bytes();
  }

  private static List<String> codes(int number, int minute) {
    List<String> codes = new ArrayList<>();
    // pump-6 says nothing from minute 100 to 149.
    int late = number == 6 ? 22 : 0;
    add(codes, "P", minute == 30 || minute == 160);
    add(codes, "A", minute == 50 + number || minute == 80 + number);
    add(codes, "D", minute == 70 || minute == 84 || minute == 155);
    add(codes, "W", minute == 92);
    add(codes, "B", minute == 130 + late);
    add(codes, "G", minute == 131 + late);
    add(codes, "R", number % 2 == 1 && minute == 140);
    add(codes, "C", minute == 141 + late);
    add(codes, "E", minute == 145 + late);
    add(codes, "F", minute == 170);
    return codes;
  }

  private static void add(List<String> codes, String code, boolean now) {
    if (now) {
      codes.add(code);
    }
  }
}
