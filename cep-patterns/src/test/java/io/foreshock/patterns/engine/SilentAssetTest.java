package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.RandomPattern.Condition;
import io.foreshock.patterns.engine.RandomPattern.Quantifier;
import io.foreshock.patterns.engine.RandomPattern.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where stock flink-cep is wrong, and the engine is not. */
class SilentAssetTest {

  private static final Quantifier ONE = new Quantifier("one", 1, 1, 0, false, false, "", null);

  private static Stage stage(String name, String link, String letters, int stepWithin) {
    return new Stage(name, link, new Condition.Letters(letters), List.of(), ONE, stepWithin);
  }

  private static Signal letter(String letter, long time) {
    return Signals.letter(RandomStreams.asset(0), letter, time, 0);
  }

  /** b must follow a within 5 ms; nothing follows. */
  @Test
  void endsAWindowBetweenNeighboursForAnAssetThatFallsSilent() throws Exception {
    RandomPattern pattern =
        new RandomPattern(
            List.of(stage("s0", "begin", "a", 0), stage("s1", "followedBy", "b", 5)), "noSkip", 0);
    List<List<Signal>> stream = List.of(List.of(letter("a", 10)));
    Outcome stock = StockRun.run(pattern, stream, false).get("acme/asset-0");
    Outcome ours =
        Differential.ours(pattern, EngineRules.AS_FLINK_CEP, false, stream).get("acme/asset-0");
    assertThat(stock.timeOuts()).isEmpty();
    assertThat(ours.timeOuts()).hasSize(1).allMatch(timeOut -> timeOut.endsWith("@15"));
  }

  /** a twice or more, then no b within 20 ms, and nothing else happens at all. */
  @Test
  void completesAnAbsenceAfterALoopWithoutAnotherSignal() throws Exception {
    Stage loop =
        new Stage(
            "s0",
            "begin",
            new Condition.Letters("a"),
            List.of(),
            new Quantifier("loop", 2, 2, 0, false, true, "", null),
            0);
    RandomPattern pattern =
        new RandomPattern(
            List.of(loop, stage("s1", "notFollowedBy", "b", 0)), "skipPastLastEvent", 20);
    List<List<Signal>> stream = List.of(List.of(letter("a", 10), letter("a", 12)));
    Outcome stock = StockRun.run(pattern, stream, false).get("acme/asset-0");
    Outcome ours =
        Differential.ours(pattern, EngineRules.AS_FLINK_CEP, true, stream).get("acme/asset-0");
    assertThat(stock.matches()).isEmpty();
    assertThat(ours.matches()).hasSize(1);
  }
}
