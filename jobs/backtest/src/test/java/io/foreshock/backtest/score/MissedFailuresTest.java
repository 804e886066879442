package io.foreshock.backtest.score;

import static io.foreshock.backtest.score.Judged.event;
import static io.foreshock.backtest.score.Reported.detection;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.backtest.run.Results;
import io.foreshock.backtest.score.MissedFailure.Attempt;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.NearMiss;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.definition.PatternDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissedFailuresTest {
  private static final JudgedHistory HISTORY =
      Judged.history(
          1_000, List.of("m-1", "m-2"), event("m-1", "bearing", 200), event("m-2", "bearing", 300));
  private static final ComponentEvent FAILURE = event("m-1", "bearing", 200);

  @Test
  void saysWhichStageWasReachedAndWhatWasMissingByHowMuch() throws IOException {
    MissedFailure missed =
        explain(
                List.of(),
                List.of(
                    Reported.nearMiss("m-1", 160, NearMiss.Reason.TIMED_OUT, 166),
                    Reported.nearMiss("m-1", 190, NearMiss.Reason.FORBIDDEN_STAGE, 191),
                    Reported.nearMiss("m-1", 100, NearMiss.Reason.TIMED_OUT, 106),
                    Reported.nearMiss("m-2", 190, NearMiss.Reason.TIMED_OUT, 196)),
                List.of())
            .get(0);

    assertThat(missed.failure()).isEqualTo(FAILURE);
    assertThat(missed.attempts())
        .extracting(Attempt::text)
        .containsExactly(
            "shakes reached shaking (vibration_rms_mm_s 7.3, limit 7.1, 2015-03-08T22:00Z); code was"
                + " missing when repaired (code E1) ended it at 2015-03-08T23:00Z, after 1.0 h of 6h,"
                + " 9.0 h before the failure.",
            "shakes reached shaking (vibration_rms_mm_s 7.3, limit 7.1, 2015-03-07T16:00Z); code was"
                + " missing when the time of 6h was over at 2015-03-07T22:00Z, 34.0 h before the"
                + " failure.");
    assertThat(missed.attempts().get(0).stagesReached()).isEqualTo(1);
    assertThat(missed.attempts().get(0).stages()).isEqualTo(2);
  }

  @Test
  void saysWithWhichLimitASymptomWouldHaveBegun() throws IOException {
    // Milder limits go down by 0.06: the third would have seen it 20 hours before the failure.
    MissedFailure missed =
        explain(List.of(), List.of(), List.of(new Spoke(7.1 - 3 * 0.06, 2, 180))).get(0);

    assertThat(missed.approaches())
        .singleElement()
        .satisfies(
            approach -> {
              assertThat(approach.symptom()).isEqualTo("rough");
              assertThat(approach.parameter()).isEqualTo("above");
              assertThat(approach.required()).isEqualTo(7.1);
              assertThat(approach.reached())
                  .isCloseTo(6.92, org.assertj.core.api.Assertions.within(1e-9));
              assertThat(approach.text())
                  .isEqualTo(
                      "Symptom rough of shakes did not begin; with above: 6.92 instead of 7.1 it"
                          + " would have, at 2015-03-08T12:00Z, 20.0 h before the failure.");
            });
    assertThat(missed.notes())
        .containsExactly(
            "No match of its patterns began within the horizon; see how near the symptoms came.");
  }

  @Test
  void knowsAShorterHoldThatWouldHaveDoneAndASymptomThatWasOn() throws IOException {
    assertThat(explain(List.of(), List.of(), List.of(new Spoke(7.1, 1, 190))).get(0).approaches())
        .extracting(MissedFailure.Approach::parameter, MissedFailure.Approach::reached)
        .contains(org.assertj.core.api.Assertions.tuple("for", 1.0));
    // The symptom itself began long before and never ended.
    assertThat(explain(List.of(), List.of(), List.of(new Spoke(7.1, 2, 20))).get(0).approaches())
        .isEmpty();
    // It would not have begun with any limit that was tried.
    assertThat(explain(List.of(), List.of(), List.of()).get(0).approaches())
        .singleElement()
        .satisfies(approach -> assertThat(approach.reached()).isNaN());
  }

  @Test
  void saysHowMuchTimeWouldHaveBeenEnough() throws IOException {
    Question question = question();
    AlarmJudge judge = new AlarmJudge(question.protocol(), HISTORY);

    MissedFailure missed =
        new MissedFailures(question, List.of(), List.of())
            .explain(
                judge.missed(List.of()),
                (patterns, assets) ->
                    new Observed(
                        patterns.stream()
                            .filter(p -> p.within().toHours() >= 10)
                            .map(p -> detection("m-1", p.name(), 176))
                            .toList(),
                        Results.of(List.of()),
                        Optional.empty()))
            .get(0);

    // 6 h times 1.75 is the first of those tried with 10 h or more.
    assertThat(missed.approaches().get(0).text())
        .isEqualTo(
            "With within: 630min instead of 6h shakes would have detected it at 2015-03-08T08:00Z,"
                + " 24.0 h before the failure.");
    assertThat(missed.approaches().get(0).parameter()).isEqualTo("within");
    assertThat(missed.approaches().get(0).reached()).isEqualTo(10.5);
  }

  @Test
  void tellsOfDetectionsThatWereNoAlarmsAndOfAlarmsThatCameTooEarly() throws IOException {
    MissedFailure missed =
        explain(
                List.of(
                    detection("m-1", "shakes", 130),
                    detection("m-1", "shakes-watch", Severity.WATCH, 190)),
                List.of(),
                List.of())
            .get(0);

    assertThat(missed.notes())
        .containsExactly(
            "An alarm came 70.0 h before the failure, earlier than the horizon of 48.0 h.",
            "shakes-watch detected it at 2015-03-08T22:00Z, 10.0 h before the failure, but its"
                + " severity is watch, which is no alarm.");
  }

  /** A detector with this limit and hold speaks at this hour, and so do all milder ones. */
  private record Spoke(double limit, double holdHours, double hour) {
    boolean says(PatternDefinition pattern) {
      DetectorSpec.Threshold spec = (DetectorSpec.Threshold) pattern.symptoms().get(0).detector();
      boolean begins =
          pattern.name().startsWith("probe-")
              && pattern.sequence().get(0)
                  instanceof io.foreshock.patterns.definition.StageDefinition stage
              && stage.when().startsWith("symptom");
      return begins && spec.limit() <= limit + 1e-9 && spec.hold().toMinutes() <= holdHours * 60;
    }
  }

  private static List<MissedFailure> explain(
      List<Detection> detections, List<NearMiss> nearMisses, List<Spoke> spoke) throws IOException {
    Question question = question();
    AlarmJudge judge = new AlarmJudge(question.protocol(), HISTORY);
    List<Verdict> verdicts =
        Answers.verdicts(judge, new Sections(question, detections), detections);
    return new MissedFailures(question, detections, verdicts)
        .explain(
            judge.missed(verdicts),
            (patterns, assets) -> {
              assertThat(assets).containsExactlyInAnyOrder("m-1", "m-2");
              List<Detection> said = new ArrayList<>();
              for (PatternDefinition pattern : patterns) {
                for (Spoke one : spoke) {
                  if (one.says(pattern)) {
                    said.add(detection("m-1", pattern.name(), one.hour));
                  }
                }
              }
              return new Observed(said, Results.of(nearMisses), Optional.empty());
            });
  }

  private static Question question() {
    return new Question(
        Judged.protocol(),
        Judged.FEW_DRAWS,
        HISTORY,
        List.of(),
        Reported.patterns(Reported.SHAKES),
        Question.CRITICAL,
        Optional.empty());
  }
}
