package io.foreshock.backtest.page;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A made-up report that holds one of everything: each outcome and verdict, gaps, codes, sweeps on
 * two sets of machines, and a machine whose name would break a page that does not escape.
 */
public final class SampleReport {
  /** Name that ends a script and begins an element where it is not escaped. */
  public static final String WICKED = "</script><b>pump's \"7\" & co";

  static final long START = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
  static final long HOUR = 3_600_000L;
  static final int HOURS = 24 * 60;

  private static final String[] COMPONENTS = {"bearing", "gearbox", "motor"};

  private final Random random = new Random(8);
  private final List<Report.Machine> machines = new ArrayList<>();
  private final List<Report.Failure> failures = new ArrayList<>();
  private final List<Report.Alarm> alarms = new ArrayList<>();
  private final List<Report.Work> work = new ArrayList<>();

  private SampleReport() {}

  /** The report of so many machines. */
  public static Report of(int machines) {
    return new SampleReport().make(machines);
  }

  /** Readings of every machine of the report, one each hour, with a gap of two days. */
  public static Tracks tracks(Report report) {
    Tracks tracks = new Tracks(report, 2 * report.machines().size(), Long.MAX_VALUE);
    Random random = new Random(9);
    for (Report.Machine machine : report.machines()) {
      for (int hour = 0; hour < HOURS; hour++) {
        if (hour > 400 && hour < 448) {
          continue;
        }
        long time = START + hour * HOUR;
        double near = closeness(report, machine.id(), time);
        tracks.reading(
            machine.id(),
            "vibration_rms_mm_s",
            "mm/s",
            time,
            2.4 + 0.3 * random.nextGaussian() + 5 * near);
        tracks.reading(
            machine.id(),
            "bearing_temperature_c",
            "°C",
            time,
            60 + 5 * Math.sin(hour / 24.0 * 2 * Math.PI) + random.nextGaussian() + 20 * near);
      }
      tracks.symptom(machine.id(), "hot", "bearing_temperature_c", true, START + 690 * HOUR);
      tracks.symptom(machine.id(), "hot", "bearing_temperature_c", false, START + 700 * HOUR);
      tracks.symptom(machine.id(), "rough", "vibration_rms_mm_s", true, START + 695 * HOUR);
      tracks.code(machine.id(), "P0217", "warning", START + 500 * HOUR);
    }
    return tracks;
  }

  private static double closeness(Report report, String machine, long time) {
    double closest = 0;
    for (Report.Failure failure : report.failures()) {
      double hours = (failure.timeMillis() - time) / (double) HOUR;
      if (failure.machine().equals(machine) && hours >= 0 && hours < 48) {
        closest = Math.max(closest, 1 - hours / 48);
      }
    }
    return closest;
  }

  private Report make(int count) {
    for (int i = 0; i < count; i++) {
      String id = i == 0 ? WICKED : "pump-" + i;
      machines.add(
          new Report.Machine(
              id,
              i % 2 == 0 ? "pump" : "motor",
              List.of(
                  new Report.Span(START, START + 400 * HOUR),
                  new Report.Span(START + 448 * HOUR, START + HOURS * HOUR))));
      story(id, i);
    }
    return new Report(
        new Report.Heading(
            "Sample fleet",
            List.of("Made up for a test."),
            ZoneId.of("Europe/Berlin"),
            Instant.parse("2026-04-02T08:00:00Z"),
            List.of("bearing-wear 3", "winding-hot 1"),
            List.of("An alarm is true when its component fails within 48 h."),
            "far 0.1  mar 0.2"),
        machines,
        failures,
        alarms,
        work,
        scores(),
        List.of(sweep()),
        Optional.of(
            new Versions(
                "bearing-wear 3",
                "bearing-wear 4",
                19,
                List.of(
                    new Versions.Difference(
                        machines.get(0).id(),
                        "bearing",
                        START + 250 * HOUR,
                        "false alarm",
                        "no alarm",
                        "hot did not begin")))),
        EvidenceWords.plain(Map.of("vibration_rms_mm_s", "mm/s", "bearing_temperature_c", "°C")));
  }

  private void story(String machine, int i) {
    String component = COMPONENTS[i % COMPONENTS.length];
    long failure = START + (600 + random.nextInt(600)) * HOUR;
    boolean missed = i % 5 == 2;
    long lead = (8 + random.nextInt(36)) * HOUR;
    failures.add(
        new Report.Failure(
            machine,
            component,
            failure,
            missed ? Report.Outcome.MISSED : Report.Outcome.WARNED,
            missed ? 0 : lead,
            missed ? "bearing-wear came to stage shaking; worse was missing" : ""));
    if (!missed) {
      alarm(machine, component, failure - lead, Report.Verdict.TRUE, failure);
    }
    if (i % 3 == 0) {
      alarm(machine, component, START + 200 * HOUR, Report.Verdict.FALSE, 0);
    }
    if (i % 4 == 1) {
      alarm(machine, component, START + 300 * HOUR, Report.Verdict.NOT_JUDGED, 0);
      failures.add(
          new Report.Failure(
              machine, component, START + 449 * HOUR, Report.Outcome.NOT_JUDGED, 0, ""));
    }
    work.add(new Report.Work(machine, component, "replaced", failure + 5 * HOUR));
  }

  private void alarm(
      String machine, String component, long time, Report.Verdict verdict, long failureMillis) {
    AssetRef asset = new AssetRef("acme", machine, "pump");
    List<Detection.StageEvidence> evidence =
        List.of(
            new Detection.StageEvidence(
                "shaking",
                List.of(symptom(asset, "rough", "vibration_rms_mm_s", time - 6 * HOUR, 4.8, 4.5))),
            new Detection.StageEvidence(
                "heating",
                List.of(symptom(asset, "hot", "bearing_temperature_c", time, 71.2, 70))));
    alarms.add(
        new Report.Alarm(
            new Detection(
                "0".repeat(32),
                asset,
                "bearing-wear",
                3,
                component,
                "wear",
                Detection.Severity.CRITICAL,
                time,
                48 * HOUR,
                false,
                evidence),
            verdict,
            failureMillis));
  }

  private static Signal symptom(
      AssetRef asset, String name, String channel, long time, double value, double limit) {
    return new Signal(
        asset, SignalKind.SYMPTOM, name, channel, "", "", time, value, limit, value, false);
  }

  private static List<ScoreLine> scores() {
    return List.of(
        line(ScoreLine.Group.ALL, "All components", 0.91, 0.83, 22),
        line(ScoreLine.Group.COMPONENT, "bearing", 0.95, 0.9, 25),
        line(ScoreLine.Group.COMPONENT, "gearbox", 0.8, 0.7, 18),
        line(ScoreLine.Group.PATTERN, "bearing-wear 3", 0.91, 0.83, 22),
        line(ScoreLine.Group.BASELINE, "Single threshold", 0.38, 0.9, 24),
        line(ScoreLine.Group.BASELINE, "Random alarm", 0.04, 0.2, 21));
  }

  private static ScoreLine line(
      ScoreLine.Group group, String name, double precision, double recall, double lead) {
    return new ScoreLine(
        group,
        name,
        100,
        (int) (100 * precision),
        60,
        (int) (60 * recall),
        new ScoreLine.Figure(precision, precision - 0.04, precision + 0.03),
        new ScoreLine.Figure(recall, recall - 0.05, recall + 0.05),
        ScoreLine.Figure.of(2 * precision * recall / (precision + recall)),
        new ScoreLine.Figure(lead, lead - 3, lead + 2),
        ScoreLine.Figure.of((1 - precision) * 1.5));
  }

  private static Tradeoff sweep() {
    List<Tradeoff.Point> points = new ArrayList<>();
    for (String machines : List.of("train", "test")) {
      for (int i = 0; i < 6; i++) {
        double above = 3 + 0.6 * i;
        double worse = machines.equals("test") ? 0.05 : 0;
        points.add(
            new Tradeoff.Point(
                String.valueOf(above),
                machines,
                i == 2,
                0.98 - 0.05 * i - worse,
                0.6 + 0.06 * i,
                30 - 3.0 * i,
                0.8 / (1 + i) + worse));
      }
    }
    return new Tradeoff("symptoms.hot.above", points);
  }
}
