package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.at;
import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.Relevance;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Begin and end of a silence are dated by the ingest clock and are not from the asset. */
class SilenceSignalsTest {
  private static final String SILENT = new DetectorSpec.Silence("", Duration.ofHours(2)).id();

  private static Signal silent(boolean onset, String time) {
    return Signal.symptom(Assets.PUMP, onset, SILENT, "", at(time), Double.NaN, 7200, 7200, false);
  }

  private static CompiledPattern pattern(String name, Pattern<Signal, ?> pattern) {
    Set<String> names = Set.of("rough", "hot", "stuck", "repair", SILENT);
    return TestPatterns.compiled(
        name,
        1,
        pattern.within(Duration.ofHours(6)),
        new Relevance(
            Map.of(SignalKind.SYMPTOM, names, SignalKind.SYMPTOM_CLEARED, names), Set.of(), false),
        16,
        Overflow.DROP_OLDEST,
        OnChange.DRAIN);
  }

  private static Pattern<Signal, Signal> begin(String name) {
    return Pattern.<Signal>begin(TestPatterns.stage("s-" + name)).where(TestPatterns.named(name));
  }

  private static EngineHarness with(TestPatterns.Source source) throws Exception {
    PatternSet patterns = TestPatterns.of(source);
    return new EngineHarness(patterns, EngineRules.DEFAULT).open();
  }

  /** A pattern of its own for the silence, beside one with an absence and one without. */
  private static EngineHarness three() throws Exception {
    return with(
        () ->
            List.of(
                TestPatterns.compiled(
                    "unrepaired", 1, TestPatterns.unrepaired(1), Set.of("rough", "hot", "repair")),
                TestPatterns.compiled("wear", 1, TestPatterns.wear(1), TestPatterns.WEAR_NAMES),
                pattern("gone", begin(SILENT))));
  }

  private static List<String> found(EngineHarness engine) {
    return engine.detections().stream().map(Detection::pattern).toList();
  }

  @Test
  void aSilenceIsNoEvidenceOfAbsenceButIsSeenByItsOwnPattern() throws Exception {
    try (EngineHarness engine = three()) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      engine.give(silent(true, "15:00:00"));
      assertThat(found(engine)).containsExactly("gone");
      engine.give(silent(false, "16:00:00"));
      engine.detections();
      assertThat(engine.entries()).isEqualTo(1);

      engine.giveAt(at("16:00:00"), Heartbeat.at(Assets.PUMP, at("14:00:00")));
      assertThat(found(engine)).containsExactly("unrepaired");
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void whatIsUploadedAfterASilenceIsMatchedByItsOwnTimes() throws Exception {
    try (EngineHarness engine = three()) {
      engine.give(symptom("rough", "08:00:00"), silent(true, "15:00:00"));
      assertThat(found(engine)).containsExactly("gone");
      engine.giveAt(at("16:00:00"), symptom("hot", "09:00:00"));
      engine.giveAt(at("16:00:00"), symptom("stuck", "13:00:00"));
      assertThat(found(engine)).containsExactly("wear");

      // The window ends by the times of the device, too.
      engine.giveAt(at("16:00:00"), symptom("rough", "13:30:00"));
      engine.give(silent(true, "18:00:00"));
      engine.giveAt(at("20:00:00"), symptom("hot", "13:40:00"));
      engine.giveAt(at("20:00:00"), symptom("stuck", "19:30:00"));
      assertThat(found(engine)).doesNotContain("wear");
    }
  }

  @Test
  void aPatternWithASilenceKeepsItsWindowAndTakesOlderSignalsAtTheTimeOfTheSilence()
      throws Exception {
    try (EngineHarness engine =
        with(
            () ->
                List.of(
                    pattern(
                        "dying",
                        begin("hot")
                            .followedBy(TestPatterns.stage("silent"))
                            .where(TestPatterns.named(SILENT))
                            .followedBy(TestPatterns.stage("rough"))
                            .where(TestPatterns.named("rough")))))) {
      engine.give(symptom("hot", "08:00:00"), silent(true, "10:00:00"));
      engine.giveAt(at("11:00:00"), symptom("rough", "09:00:00"));
      assertThat(found(engine)).containsExactly("dying");
      assertThat(engine.entries()).isZero();

      engine.give(symptom("hot", "12:00:00"), silent(true, "18:00:00"));
      engine.giveAt(at("18:30:00"), symptom("rough", "13:00:00"));
      assertThat(found(engine)).isEmpty();
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void aPatternMayBeginWithASilence() throws Exception {
    try (EngineHarness engine =
        with(
            () ->
                List.of(
                    pattern(
                        "lost",
                        begin(SILENT)
                            .followedBy(TestPatterns.stage("rough"))
                            .where(TestPatterns.named("rough")))))) {
      engine.give(silent(true, "10:00:00"));
      assertThat(engine.entries()).isEqualTo(1);
      engine.giveAt(at("15:00:00"), symptom("rough", "09:00:00"));
      assertThat(found(engine)).containsExactly("lost");
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void anAbsenceThatIsDueWhenASilenceBeginsIsGivenUpInItsPattern() throws Exception {
    try (EngineHarness engine =
        with(
            () ->
                List.of(
                    pattern(
                        "stays-loud",
                        begin("rough")
                            .notFollowedBy(TestPatterns.stage("silent"))
                            .where(TestPatterns.named(SILENT)))))) {
      engine.give(symptom("rough", "08:00:00"), silent(true, "14:00:00"));
      assertThat(engine.detections()).isEmpty();
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  /** Its window is not known before the asset, or the ingest clock, tells the time. */
  @Test
  void matchesThatGoOnUnderANewVersionEndAlthoughTheAssetOnlyFallsSilent() throws Exception {
    OperatorSubtaskState savepoint;
    try (EngineHarness engine = with(() -> List.of(wear(1), lost()))) {
      engine.give(symptom("rough", "08:00:00"));
      savepoint = engine.snapshot();
    }
    try (EngineHarness engine =
        new EngineHarness(TestPatterns.of(() -> List.of(wear(2), lost())), EngineRules.DEFAULT)
            .restore(savepoint)) {
      engine.give(silent(true, "09:00:00"));
      assertThat(engine.entries()).isEqualTo(1);
      engine.ingestTime(at("09:00:00") + Duration.ofDays(3).toMillis());
      assertThat(engine.entries()).isZero();
      assertThat(engine.timers()).isZero();
      assertThat(engine.detections()).isEmpty();
    }
  }

  private static CompiledPattern wear(int version) {
    return TestPatterns.compiled(
        "wear",
        version,
        TestPatterns.wear(version),
        TestPatterns.symptoms(TestPatterns.WEAR_NAMES),
        16,
        Overflow.DROP_OLDEST,
        OnChange.KEEP);
  }

  private static CompiledPattern lost() {
    return pattern(
        "lost",
        begin(SILENT).followedBy(TestPatterns.stage("hot")).where(TestPatterns.named("hot")));
  }
}
