package io.foreshock.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    assertThat(faults(3, 100)).isEqualTo(faults(3, 100)).isNotEqualTo(faults(4, 100));
  }

  @Test
  void hasEachKindAsOftenAsItsShareInEveryRound() {
    List<FaultKind> round = FaultKind.round();
    FaultPlan plan = new FaultPlan(5, round);
    for (int i = 0; i < 3; i++) {
      List<FaultKind> kinds = new ArrayList<>();
      for (int j = 0; j < round.size(); j++) {
        kinds.add(plan.next().kind());
      }
      assertThat(kinds).containsExactlyInAnyOrderElementsOf(round);
    }
  }

  @Test
  void letsTheJobRecoverAfterMostFaultsButNotAfterAll() {
    long settles = faults(6, 1_000).stream().filter(FaultPlan.Fault::settles).count();

    assertThat(settles).isBetween(700L, 900L);
  }

  private static List<FaultPlan.Fault> faults(long seed, int number) {
    FaultPlan plan = new FaultPlan(seed, FaultKind.round());
    List<FaultPlan.Fault> faults = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      faults.add(plan.next());
    }
    return faults;
  }
}
