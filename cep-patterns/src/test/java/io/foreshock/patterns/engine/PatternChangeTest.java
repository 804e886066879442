package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.StageNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of half-matched state when the pattern has changed over a savepoint. */
class PatternChangeTest {

  private static final Set<String> NAMES = Set.of("rough", "hot", "stuck", "loud", "spark");

  /** Stages by name and symptom, e.g. {@code shaking=rough}. */
  private static Pattern<Signal, ?> chain(int version, Duration within, List<String> stages) {
    Pattern<Signal, Signal> pattern = null;
    for (String stage : stages) {
      String[] parts = stage.split("=");
      String name = StageNames.encode(version, parts[0]);
      pattern = pattern == null ? Pattern.begin(name) : pattern.followedBy(name);
      pattern.where(TestPatterns.named(parts[1]));
    }
    return pattern.within(within);
  }

  private static CompiledPattern version(
      int version, OnChange onChange, Duration within, List<String> stages) {
    return TestPatterns.compiled(
        "wear",
        version,
        chain(version, within, stages),
        TestPatterns.symptoms(NAMES),
        16,
        Overflow.DROP_OLDEST,
        onChange);
  }

  private static final List<String> STAGES =
      List.of("shaking=rough", "heating=hot", "seized=stuck");
  private static final Duration WINDOW = Duration.ofHours(6);

  private static PatternSet first() {
    return TestPatterns.of(() -> List.of(version(1, OnChange.DROP, WINDOW, STAGES)));
  }

  private static PatternSet second(
      OnChange onChange, Duration within, List<String> stages, boolean withFirst) {
    List<String> copy = new ArrayList<>(stages);
    return TestPatterns.of(
        () -> {
          List<CompiledPattern> patterns = new ArrayList<>();
          if (withFirst) {
            patterns.add(version(1, OnChange.DROP, WINDOW, STAGES));
          }
          patterns.add(version(2, onChange, within, copy));
          return patterns;
        });
  }

  /** Shaking and heating under version 1, then a savepoint, then the signals under the new set. */
  private static List<Detection> afterChange(PatternSet next, Signal... signals) throws Exception {
    OperatorSubtaskState savepoint;
    try (EngineHarness engine = new EngineHarness(first(), EngineRules.DEFAULT).open()) {
      engine.give(symptom("rough", "08:00:00"), symptom("hot", "09:00:00"));
      savepoint = engine.snapshot();
    }
    try (EngineHarness engine = new EngineHarness(next, EngineRules.DEFAULT).restore(savepoint)) {
      engine.give(signals);
      List<Detection> detections = List.copyOf(engine.detections());
      engine.ingestTime(Long.MAX_VALUE);
      assertThat(engine.detections()).isEmpty();
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
      return detections;
    }
  }

  private static List<Integer> versions(List<Detection> detections) {
    return detections.stream().map(Detection::patternVersion).toList();
  }

  @Test
  void goesOnUnderTheSamePattern() throws Exception {
    assertThat(versions(afterChange(first(), symptom("stuck", "10:00:00")))).containsExactly(1);
  }

  @Test
  void keepsWhatHasTheSameStages() throws Exception {
    PatternSet shorter = second(OnChange.KEEP, Duration.ofHours(5), STAGES, false);
    assertThat(versions(afterChange(shorter, symptom("stuck", "12:59:59")))).containsExactly(2);
    assertThat(afterChange(shorter, symptom("stuck", "13:00:00"))).isEmpty();
  }

  @Test
  void keepsNothingWhenStagesDiffer() throws Exception {
    for (List<String> stages :
        List.of(
            List.of("shaking=rough", "warming=hot", "seized=stuck"),
            List.of("shaking=rough", "heating=hot", "sparking=spark", "seized=stuck"),
            List.of("shaking=rough", "heating=hot"),
            List.of("shaking=rough", "heating=hot", "seized=stuck", "loud=loud"))) {
      assertThat(
              afterChange(
                  second(OnChange.KEEP, WINDOW, stages, false),
                  symptom("spark", "09:30:00"),
                  symptom("stuck", "10:00:00"),
                  symptom("loud", "11:00:00")))
          .as("stages %s", stages)
          .isEmpty();
    }
  }

  @Test
  void drainsUnderTheOldVersionAndStartsUnderTheNew() throws Exception {
    List<String> changed = List.of("shaking=rough", "sparking=spark", "seized=stuck");
    List<Detection> detections =
        afterChange(
            second(OnChange.DRAIN, WINDOW, changed, true),
            symptom("rough", "09:10:00"),
            symptom("hot", "09:20:00"),
            symptom("spark", "09:30:00"),
            symptom("stuck", "10:00:00"));
    assertThat(versions(detections)).containsExactly(1, 2);
    assertThat(detections.get(0).evidence().get(0).signals().get(0).eventTimeMillis())
        .isEqualTo(Signals.at("08:00:00"));
  }

  /** What drained was written while it opened no matches; then it goes on under a live version. */
  @Test
  void opensMatchesAgainWhenWhatDrainedIsKept() throws Exception {
    OperatorSubtaskState savepoint;
    try (EngineHarness engine = new EngineHarness(first(), EngineRules.DEFAULT).open()) {
      engine.give(symptom("rough", "08:00:00"));
      savepoint = engine.snapshot();
    }
    List<String> changed = List.of("shaking=rough", "sparking=spark", "seized=stuck");
    try (EngineHarness engine =
        new EngineHarness(second(OnChange.DRAIN, WINDOW, changed, true), EngineRules.DEFAULT)
            .restore(savepoint)) {
      engine.give(symptom("hot", "09:00:00"));
      savepoint = engine.snapshot();
    }
    PatternSet third = TestPatterns.of(() -> List.of(version(3, OnChange.KEEP, WINDOW, STAGES)));
    try (EngineHarness engine = new EngineHarness(third, EngineRules.DEFAULT).restore(savepoint)) {
      engine.give(
          symptom("rough", "09:10:00"), symptom("hot", "09:20:00"), symptom("stuck", "10:00:00"));
      assertThat(engine.detections())
          .extracting(detection -> detection.evidence().get(0).signals().get(0).eventTimeMillis())
          .containsExactly(Signals.at("08:00:00"), Signals.at("09:10:00"));
      assertThat(engine.leftInTheEnd()).isZero();
    }
  }

  @Test
  void drainsNothingWithoutTheOldVersion() throws Exception {
    assertThat(
            afterChange(
                second(OnChange.DRAIN, WINDOW, STAGES, false), symptom("stuck", "10:00:00")))
        .isEmpty();
  }

  @Test
  void dropsWhatIsHalfMatched() throws Exception {
    assertThat(
            afterChange(second(OnChange.DROP, WINDOW, STAGES, true), symptom("stuck", "10:00:00")))
        .isEmpty();
  }

  @Test
  void forgetsARemovedPattern() throws Exception {
    PatternSet other =
        TestPatterns.of(
            () ->
                List.of(
                    TestPatterns.compiled(
                        "other", 1, TestPatterns.wear(1), TestPatterns.WEAR_NAMES)));
    assertThat(
            afterChange(
                other,
                symptom("rough", "10:00:00"),
                symptom("hot", "10:01:00"),
                symptom("stuck", "10:02:00")))
        .hasSize(1);
    assertThat(afterChange(TestPatterns.of(List::of), symptom("stuck", "10:00:00"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OnChange.class)
  void neverFailsOnAChangeWithoutANewVersion(OnChange onChange) throws Exception {
    PatternSet renamed =
        TestPatterns.of(
            () ->
                List.of(
                    version(
                        1,
                        onChange,
                        WINDOW,
                        List.of("trembling=rough", "heating=hot", "seized=stuck"))));
    assertThat(afterChange(renamed, symptom("stuck", "10:00:00"))).isEmpty();
  }
}
