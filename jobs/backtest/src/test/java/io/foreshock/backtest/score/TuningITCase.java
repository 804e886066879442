package io.foreshock.backtest.score;

import static io.foreshock.backtest.score.Judged.at;
import static io.foreshock.backtest.score.Judged.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.model.FaultCode;
import io.foreshock.model.Measurement;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole answer on a small generated history, through the real pipeline: four pumps, 400 hours,
 * each with one failure at hour 300. Before it, from hour 270 to 276, vibration stands at a height
 * that differs from pump to pump, and a code comes at hour 275. At hour 100 there is a smaller hump
 * without failure, with a code as well.
 */
class TuningITCase {
  private static final int HOURS = 400;
  private static final List<String> ASSETS = List.of("pump-1", "pump-2", "pump-3", "pump-4");

  /** Height before the failure, and height of the hump that means nothing. */
  private static final double[][] HEIGHTS = {{9.2, 6.0}, {8.2, 6.7}, {6.95, 5.0}, {8.4, 7.7}};

  private static final JudgedHistory HISTORY =
      Judged.history(
          HOURS,
          ASSETS,
          event("pump-1", "bearing", 300),
          event("pump-2", "bearing", 300),
          event("pump-3", "bearing", 300),
          event("pump-4", "bearing", 300));

  @TempDir private Path folder;
  private RecordedRuns runs;

  @BeforeEach
  void record() throws IOException {
    Path records = folder.resolve("records");
    long messages = RecordFile.write(records, TuningITCase::write);
    runs =
        new RecordedRuns(
            records,
            messages,
            PrecursorsConfig.of(
                YamlPatternSet.of(Reported.patterns(Reported.SHAKES)), ChannelCatalogue.load()),
            2,
            Progress.NONE);
  }

  @Test
  void answersWithNearMissesBaselinesAndIntervals() throws IOException {
    Question question = question(Optional.empty());

    Answer answer =
        new Answers(question, runs, runs.readings()).of(runs.of(question.patterns(), Set.of()));

    Score score = answer.all().overall().score();
    // 9.2, 8.2 and 8.4 are above 7.1 and found at the code; 7.7 is the false alarm.
    assertThat(score.alarms()).isEqualTo(4);
    assertThat(score.trueAlarms()).isEqualTo(3);
    assertThat(score.leadHours()).containsExactly(25.0, 25.0, 25.0);
    assertThat(answer.all().patterns().get(0).measures().score()).isEqualTo(score);
    assertThat(answer.all().overall().intervals().precision().low()).isLessThan(0.75);
    assertThat(answer.missed())
        .singleElement()
        .satisfies(
            missed -> {
              assertThat(missed.failure()).isEqualTo(event("pump-3", "bearing", 300));
              // It stood at 6.95: of the milder limits 7.04, 6.98, 6.92 … the third is below.
              MissedFailure.Approach limit = missed.approaches().get(0);
              assertThat(limit.parameter()).isEqualTo("above");
              assertThat(limit.reached()).isCloseTo(6.92, within(1e-6));
              assertThat(limit.atMillis()).isEqualTo(at(272));
            });
    Baselines.Thresholds threshold = answer.baselines().threshold().orElseThrow();
    assertThat(threshold.rules()).extracting(Baselines.Rule::fold).containsExactly(0, 1);
    assertThat(answer.baselines().random().all().alarms()).isEqualTo(4);
    assertThat(answer.baselines().random().all().precision()).isBetween(0.08, 0.16);
    ObjectNode json = AnswerJson.of(answer);
    assertThat(json.get("overall").get("f1").asDouble()).isEqualTo(0.75);
    assertThat(json.get("intervals").get("precision")).hasSize(2);
    assertThat(json.get("baselines").get("singleThreshold").get("rules")).hasSize(2);
    assertThat(json.get("missed").get(0).get("approaches").get(0).get("parameter").asText())
        .isEqualTo("above");
    assertThat(AnswerTable.of(answer))
        .contains("single threshold", "random alarm", "instead of 7.1 it would have");
  }

  @Test
  void triesEveryValueInOneRunAndJudgesTheBestOnTheMachinesHeldOut() throws IOException {
    Question question =
        question(
            Optional.of(new AssetSplit(List.of("pump-1", "pump-2"), List.of("pump-3", "pump-4"))));
    SweepPlan plan =
        SweepPlan.of(
            SweepRequest.parse("symptoms.rough.above=6.6..9:0.8"),
            1,
            List.of(new PatternText("shakes.yaml", Reported.SHAKES)),
            Reported.LANGUAGE);
    List<PatternDefinition> all = SweepPlan.patterns(List.of(plan));

    Sweep sweep =
        new Sweeper(question, runs.of(question.patterns(), Set.of()).detections())
            .judge(plan, runs.of(all, Set.of()).detections());

    assertThat(sweep.points())
        .extracting(
            Sweep.Point::text,
            p -> p.all().score().trueAlarms(),
            p -> p.all().score().falseAlarms(),
            p -> p.all().score().missedFailures())
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("6.6 mm/s", 4, 2, 0),
            org.assertj.core.api.Assertions.tuple("7.4 mm/s", 3, 1, 1),
            org.assertj.core.api.Assertions.tuple("8.2 mm/s", 2, 0, 2),
            org.assertj.core.api.Assertions.tuple("9 mm/s", 1, 0, 3));
    // On pump-1 and pump-2 alone 7.4 is perfect; pump-3 and pump-4 say how good it is.
    Sweep.Point best = sweep.bestPoint().orElseThrow();
    assertThat(best.text()).isEqualTo("7.4 mm/s");
    assertThat(best.split().orElseThrow().train().score().f1()).isEqualTo(1);
    assertThat(best.split().orElseThrow().test().score().f1()).isEqualTo(0.5);
    assertThat(SweepTable.of(sweep)).contains("best F1 on the training assets: 7.4 mm/s (1.000)");
    Path png = folder.resolve("sweep.png");
    assertThat(new SweepChart(sweep).draw(png)).isEmpty();
    assertThat(Files.size(png)).isGreaterThan(5_000);
    assertThat(SweepJson.of(sweep).get("values")).hasSize(4);
  }

  private static Question question(Optional<AssetSplit> split) {
    return new Question(
        Judged.protocol(),
        Bootstrap.DEFAULT,
        HISTORY,
        List.of(),
        Reported.patterns(Reported.SHAKES),
        Question.CRITICAL,
        split);
  }

  private static long write(RecordFile.Target target) throws IOException {
    Messages messages = new Messages("acme", "pump", target);
    for (int hour = 0; hour < HOURS; hour++) {
      for (int i = 0; i < ASSETS.size(); i++) {
        boolean failing = hour >= 270 && hour <= 276;
        boolean hump = hour >= 100 && hour <= 106;
        double height = failing ? HEIGHTS[i][0] : hump ? HEIGHTS[i][1] : 3;
        List<FaultCode> codes =
            hour == 275 || hour == 105
                ? List.of(new FaultCode("E7", at(hour), "", FaultCode.Severity.WARNING))
                : List.of();
        messages.send(
            ASSETS.get(i),
            at(hour),
            List.of(new Measurement("vibration_rms_mm_s", at(hour), height)),
            codes,
            List.of());
      }
    }
    return messages.written();
  }
}
