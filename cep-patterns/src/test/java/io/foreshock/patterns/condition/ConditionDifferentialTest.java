package io.foreshock.patterns.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.patterns.samples.RandomSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;
import org.junit.jupiter.api.Test;

/** Compiled conditions against CEL's interpreter, on random conditions and signals. */
class ConditionDifferentialTest {
  /** A longer run: {@code -Dforeshock.cases=20000}. */
  private static final int CONDITIONS = Integer.getInteger("foreshock.cases", 500);

  private static final int SIGNALS = 20;

  private static final ConditionScope SCOPE =
      new ConditionScope(
          Map.of("rough", RandomSignals.DETECTORS.get(0), "hot", RandomSignals.DETECTORS.get(1)),
          Map.of("first-one", "v1/first-one", "second", "v1/second"));

  @Test
  void plainPredicatesAgreeWithTheInterpreter() {
    agree(Long.getLong("foreshock.seed", System.nanoTime()), false);
  }

  @Test
  void conditionsOnEarlierStagesAgreeWithTheInterpreter() {
    agree(Long.getLong("foreshock.seed", System.nanoTime()), true);
  }

  private static void agree(long seed, boolean stages) {
    Random random = new Random(seed);
    RandomConditions conditions = new RandomConditions(random, stages);
    RandomSignals signals = new RandomSignals(random);
    ConditionCompiler compiler = new ConditionCompiler();
    int accepted = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      String expression = conditions.next(3);
      StageCondition compiled = compiler.compile(expression, SCOPE);
      StageCondition interpreted = new ConditionCompiler().interpret(expression, SCOPE);
      for (int j = 0; j < SIGNALS; j++) {
        Signal signal = signals.next(j * 5);
        Context<Signal> match = match(random, signals);
        boolean expected = interpreted.filter(signal, match);
        String about = "seed " + seed + ": " + expression + " on " + signal;
        assertThat(compiled.filter(signal, match)).as(about).isEqualTo(expected);
        // The index may let through too much, but never hold back what a condition accepts.
        if (expected) {
          accepted++;
          assertThat(compiled.mayAccept().contains(signal)).as(about).isTrue();
          assertThat(compiled.neverHolds()).as(about).isFalse();
        }
      }
    }
    assertThat(accepted).as("seed " + seed).isGreaterThan(CONDITIONS / 2);
  }

  /** A half-finished match: the first stage took up to two signals, the second up to one. */
  private static Context<Signal> match(Random random, RandomSignals signals) {
    List<Signal> first = taken(random.nextInt(3), signals);
    List<Signal> second = taken(random.nextInt(2), signals);
    return new Context<>() {
      @Override
      public Iterable<Signal> getEventsForPattern(String name) {
        return name.equals("v1/first-one") ? first : second;
      }

      @Override
      public long timestamp() {
        return 0;
      }

      @Override
      public long currentProcessingTime() {
        return 0;
      }
    };
  }

  private static List<Signal> taken(int count, RandomSignals signals) {
    List<Signal> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(signals.next(i));
    }
    return taken;
  }
}
