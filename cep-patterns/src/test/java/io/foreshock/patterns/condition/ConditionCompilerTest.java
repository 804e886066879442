package io.foreshock.patterns.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.samples.Signals;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ConditionCompilerTest {
  private static final ConditionScope SCOPE =
      new ConditionScope(Map.of("rough", "threshold-aa"), Map.of());

  private final ConditionCompiler compiler = new ConditionCompiler();

  @Test
  void seesTheSymptomsOfItsOwnPatternOnly() {
    StageCondition condition = compiler.compile("symptom == \"rough\"", SCOPE);

    assertThat(condition.filter(Signals.onset("threshold-aa", 0), null)).isTrue();
    assertThat(condition.filter(Signals.cleared("threshold-aa", 0), null)).isFalse();
    assertThat(condition.filter(Signals.onset("threshold-bb", 0), null)).isFalse();
    assertThat(condition.mayAccept().names(SignalKind.SYMPTOM)).isEqualTo(Set.of("threshold-aa"));
  }

  @Test
  void wholeNumbersMayStandBesideValues() {
    StageCondition condition =
        compiler.compile("value > 5 && reading.channel == \"flow_m3_h\"", SCOPE);

    assertThat(condition.filter(Signals.reading("flow_m3_h", 5.5, 0), null)).isTrue();
    assertThat(condition.filter(Signals.reading("flow_m3_h", 5.0, 0), null)).isFalse();
    assertThat(condition.filter(Signals.fault("E1", 0), null)).isFalse();
  }

  @Test
  void countsWhatCannotBeEvaluatedAndTakesItAsFalse() {
    StageCondition condition = compiler.compile("1 / size(state) == 1", SCOPE);

    assertThat(condition.filter(Signals.fault("E1", 0), null)).isFalse();
    assertThat(condition.filter(Signals.state(OperatingStateChange.State.IDLE, 0), null)).isFalse();

    assertThat(compiler.errors().total()).isEqualTo(1);
  }

  @Test
  void explainsTheFirstErrorOfAPattern() {
    ConditionErrors errors = new ConditionErrors("pattern wear version 3");
    StageCondition condition = compiler.compile("1 / size(state) == 1", SCOPE, errors);
    condition.filter(Signals.fault("E1", 0), null);
    condition.filter(Signals.fault("E2", 0), null);

    assertThat(errors.total()).isEqualTo(2);
    assertThat(compiler.errors().total()).isZero();
    assertThat(errors.first())
        .startsWith(
            "A condition of pattern wear version 3 could not be evaluated and counts as not fulfilled:"
                + " 1 / size(state) == 1, on FAULT_CODE \"E1\" of acme/pump-1:")
        .contains("/ by zero");

    ConditionErrors compiledAgain = new ConditionErrors("pattern wear version 3");
    compiledAgain.continueFrom(errors);
    assertThat(compiledAgain.total()).isEqualTo(2);
  }

  @Test
  void anErrorBesideADecisiveAnswerIsNone() {
    StageCondition condition =
        compiler.compile("1 / size(state) == 1 || fault.code == \"E1\"", SCOPE);

    assertThat(condition.filter(Signals.fault("E1", 0), null)).isTrue();
    assertThat(compiler.errors().total()).isZero();
  }

  @Test
  void equalExpressionsOfDifferentPatternsAreOneNode() {
    ConditionScope other = new ConditionScope(Map.of("shaky", "threshold-bb"), Map.of());
    String and = "fault.code == \"E1\" && fault.severity == \"error\"";
    String odd = "size(fault.code) > 5";

    assertThat(compiler.compile(and, SCOPE).node()).isSameAs(compiler.compile(and, other).node());
    assertThat(compiler.compile(odd, SCOPE).node()).isSameAs(compiler.compile(odd, other).node());
  }

  @Test
  void symptomsOfTheSameNameButAnotherDetectorAreTwoNodes() {
    ConditionScope other = new ConditionScope(Map.of("rough", "threshold-bb"), Map.of());
    String expression = "symptom == \"rough\" && value > 5";

    assertThat(compiler.compile(expression, SCOPE).node())
        .isNotSameAs(compiler.compile(expression, other).node());
  }

  @Test
  void aSharedNodeIsAskedOncePerSignal() {
    CountingNode counting = new CountingNode();
    Shared shared = new Shared(counting);
    Signal first = Signals.fault("E1", 0);

    shared.evaluate(first, null);
    shared.evaluate(first, null);
    shared.evaluate(Signals.fault("E1", 1), null);

    assertThat(counting.asked).isEqualTo(2);
  }

  @Test
  void travelsAsTextAndIsCompiledAgain() throws Exception {
    StageCondition condition = compiler.compile("symptom == \"rough\" && value > 5", SCOPE);

    StageCondition copy = InstantiationUtil.clone(condition);

    assertThat(copy.filter(Signals.onset("threshold-aa", 0), null)).isTrue();
    assertThat(copy.filter(Signals.onset("threshold-bb", 0), null)).isFalse();
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThatThrownBy(() -> compiler.compile("true || ".repeat(300) + "true", SCOPE))
        .isInstanceOf(InvalidConditionException.class)
        .hasMessage("is longer than 2000 characters. Split it over several stages or patterns.");
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    String nested = "(".repeat(200) + "true" + ")".repeat(200);

    assertThatThrownBy(() -> compiler.compile(nested, SCOPE))
        .isInstanceOf(InvalidConditionException.class);
  }

  /** Counts how often it is asked. */
  private static final class CountingNode implements Node {
    private int asked;

    @Override
    public int evaluate(
        Signal signal,
        org.apache.flink.cep.pattern.conditions.IterativeCondition.Context<Signal> context) {
      asked++;
      return TRUE;
    }

    @Override
    public SignalSet maybeTrue() {
      return SignalSet.ALL;
    }

    @Override
    public SignalSet maybeFalse() {
      return SignalSet.ALL;
    }

    @Override
    public boolean usesStages() {
      return false;
    }
  }
}
