package io.foreshock.backtest.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.JudgedAlarm;
import io.foreshock.backtest.score.JudgedHistory;
import io.foreshock.backtest.score.MissedFailure;
import io.foreshock.backtest.score.Protocol;
import io.foreshock.backtest.score.Verdict;
import io.foreshock.backtest.score.WatchedTime;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetEventsTest {
  private static final long HOUR = 3_600_000;

  @Test
  void measuresLeadFromTheFirstAlarmWithinTheHorizon() {
    FleetEvents events =
        events(
            List.of(failure("pump", 200)),
            List.of(),
            alarm("pump", 150, 200),
            alarm("pump", 170, 200),
            alarm("pump", 190, 200));

    // 150 is 50 h before, beyond the horizon of 48 h.
    assertThat(events.failures())
        .containsExactly(
            new Report.Failure("pump", "seal", 200 * HOUR, Report.Outcome.WARNED, 30 * HOUR, ""));
  }

  @Test
  void tellsMissedFromNotJudgedAndSaysWhatCameNearest() {
    ComponentEvent counted = failure("pump", 200);
    ComponentEvent uncounted = failure("pump", 400);
    MissedFailure missed =
        new MissedFailure(
            counted,
            List.of(new MissedFailure.Attempt(null, 1, 2, "wear reached shaking.")),
            List.of(),
            List.of("Nobody watched then."));
    FleetEvents events =
        new FleetEvents(
            answer(List.of(), List.of(missed), List.of()),
            new JudgedHistory(
                new TreeMap<>(java.util.Map.of("pump", WatchedTime.between(0, 500 * HOUR))),
                List.of(counted),
                List.of(counted),
                List.of(counted, uncounted, failure("unwatched", 1))));

    assertThat(events.failures())
        .extracting(Report.Failure::outcome, Report.Failure::note)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                Report.Outcome.MISSED, "wear reached shaking. Nobody watched then."),
            org.assertj.core.api.Assertions.tuple(Report.Outcome.NOT_JUDGED, ""));
  }

  @Test
  void judgesOneDetectionForEachAlarmAndNoneOfTheOthers() {
    JudgedAlarm together =
        new JudgedAlarm(
            new Verdict(failure("pump", 100), 120 * HOUR), List.of("a", "b"), List.of("1", "2"));
    JudgedAlarm alone =
        new JudgedAlarm(
            new Verdict(failure("pump", 300), Verdict.NOTHING), List.of("a"), List.of("3"));
    List<Detection> detections =
        List.of(
            detection("1", "pump", 100),
            detection("2", "pump", 100),
            detection("3", "pump", 300),
            detection("4", "pump", 310),
            detection("5", "unwatched", 310));

    List<Report.Alarm> alarms =
        new FleetEvents(answer(detections, List.of(), List.of(together, alone)), history())
            .alarms();

    assertThat(alarms)
        .extracting(alarm -> alarm.detection().id(), Report.Alarm::verdict)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("1", Report.Verdict.TRUE),
            org.assertj.core.api.Assertions.tuple("2", Report.Verdict.NOT_JUDGED),
            org.assertj.core.api.Assertions.tuple("3", Report.Verdict.FALSE),
            org.assertj.core.api.Assertions.tuple("4", Report.Verdict.NOT_JUDGED));
    assertThat(alarms.get(0).failureMillis()).isEqualTo(120 * HOUR);
  }

  private static FleetEvents events(
      List<ComponentEvent> failures, List<Detection> detections, JudgedAlarm... alarms) {
    return new FleetEvents(
        answer(detections, List.of(), List.of(alarms)),
        history(failures.toArray(ComponentEvent[]::new)));
  }

  private static JudgedHistory history(ComponentEvent... failures) {
    return JudgedHistory.of(
        new TreeMap<>(java.util.Map.of("pump", WatchedTime.between(0, 500 * HOUR))),
        List.of(failures));
  }

  /** Only what the events of a report are made of. */
  private static Answer answer(
      List<Detection> detections, List<MissedFailure> missed, List<JudgedAlarm> alarms) {
    return new Answer(
        Protocol.DEFAULT,
        null,
        null,
        Optional.empty(),
        detections,
        alarms,
        missed,
        null,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static JudgedAlarm alarm(String machine, long hour, long failureHour) {
    return new JudgedAlarm(
        new Verdict(failure(machine, hour), failureHour * HOUR), List.of(), List.of());
  }

  private static ComponentEvent failure(String machine, long hour) {
    return new ComponentEvent(machine, "seal", hour * HOUR);
  }

  private static Detection detection(String id, String machine, long hour) {
    return new Detection(
        id,
        new AssetRef("acme", machine, "pump"),
        "wear",
        1,
        "seal",
        "wear",
        Detection.Severity.CRITICAL,
        hour * HOUR,
        0,
        false,
        List.of());
  }
}
