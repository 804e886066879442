package io.foreshock.backtest.score;

import static io.foreshock.backtest.score.Judged.at;
import static io.foreshock.backtest.score.Judged.event;
import static io.foreshock.backtest.score.Reported.detection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foreshock.backtest.run.Results;
import io.foreshock.backtest.score.Comparison.Difference;
import io.foreshock.backtest.score.Comparison.Outcome;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.NearMiss;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparerTest {
  private static final JudgedHistory HISTORY =
      Judged.history(
          1_000, List.of("m-1", "m-2"), event("m-1", "bearing", 200), event("m-2", "bearing", 300));

  @Test
  void listsEveryAlarmThatDiffersWithItsVerdictInEach() {
    Comparison comparison =
        compare(
            List.of(
                detection("m-1", "shakes", 180),
                detection("m-1", "shakes", 500),
                detection("m-2", "shakes", 290)),
            List.of(),
            List.of(
                detection("m-1", "shakes", 180),
                detection("m-2", "shakes", 280),
                detection("m-2", "shakes", 700)),
            List.of());

    assertThat(comparison.same()).isEqualTo(1);
    assertThat(comparison.differences())
        .extracting(
            Difference::asset,
            Difference::millisA,
            Difference::millisB,
            Difference::a,
            Difference::b)
        .containsExactly(
            tuple("m-2", time(290), time(280), Outcome.TRUE_ALARM, Outcome.TRUE_ALARM),
            tuple("m-1", time(500), none(), Outcome.FALSE_ALARM, Outcome.NO_ALARM),
            tuple("m-2", none(), time(700), Outcome.NO_ALARM, Outcome.FALSE_ALARM));
    assertThat(comparison.differences().get(0).why()).isEqualTo("b raised it 10.0 h earlier.");
    assertThat(comparison.differences().get(0).failureMillis()).contains(at(300));
    assertThat(comparison.differences().get(1).why()).isEqualTo("In b no match began.");
    assertThat(comparison.a().overall().score().falseAlarms()).isEqualTo(1);
    assertThat(comparison.b().overall().score().leadHours()).containsExactly(20.0, 20.0);
  }

  @Test
  void saysWhyTheOtherWasSilentAsFarAsItIsKnown() {
    Comparison comparison =
        compare(
            List.of(
                detection("m-1", "shakes", 180),
                detection("m-1", "shakes", 400),
                detection("m-2", "shakes", 600)),
            List.of(),
            List.of(
                detection("m-1", "shakes", Severity.WATCH, 400),
                detection("m-2", "shakes", 580),
                detection("m-2", "shakes", 600)),
            List.of(
                Reported.nearMiss("m-1", 178, NearMiss.Reason.TIMED_OUT, 184),
                Reported.nearMiss("m-1", 20, NearMiss.Reason.TIMED_OUT, 26)));

    assertThat(comparison.differences())
        .extracting(Difference::why)
        .containsExactly(
            "In b shakes reached shaking (vibration_rms_mm_s 7.3, limit 7.1, 2015-03-08T10:00Z);"
                + " code was missing when the time of 6h was over at 2015-03-08T16:00Z.",
            "b detected it as well, with severity watch.",
            "b raised it 20.0 h earlier.");
  }

  @Test
  void doesNotTakeAnAlarmForMovedThatIsTheSameAsAnother() {
    Comparison comparison =
        compare(
            List.of(detection("m-1", "shakes", 180), detection("m-1", "shakes", 204)),
            List.of(),
            List.of(detection("m-1", "shakes", 204)),
            List.of());

    assertThat(comparison.same()).isEqualTo(1);
    assertThat(comparison.differences())
        .extracting(Difference::millisA, Difference::millisB)
        .containsExactly(tuple(time(180), none()));
  }

  private static Comparison compare(
      List<Detection> a, List<NearMiss> missesA, List<Detection> b, List<NearMiss> missesB) {
    Question question =
        new Question(
            Judged.protocol(),
            Judged.FEW_DRAWS,
            HISTORY,
            List.of(),
            Reported.patterns(Reported.SHAKES),
            Question.CRITICAL,
            Optional.empty());
    return new Comparer(
            "old",
            question,
            new Observed(a, Results.of(missesA), Optional.empty()),
            "new",
            question.patterns(),
            new Observed(b, Results.of(missesB), Optional.empty()))
        .compare();
  }

  private static Optional<Long> time(double hour) {
    return Optional.of(at(hour));
  }

  private static Optional<Long> none() {
    return Optional.empty();
  }
}
