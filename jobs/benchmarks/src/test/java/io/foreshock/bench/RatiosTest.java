package io.foreshock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatiosTest {

  @Test
  void speedsAreOursOverTheirsAndCostsAreTheInverse() {
    Map<String, Double> ratios =
        Ratios.of(
            List.of(
                row(BenchCase.BASE, 10.0, 5000.0, 8000.0, 20_000.0),
                row(BenchCase.FEW_ASSETS, 10.0, 6000.0, 8000.0, null),
                row(BenchCase.MANY_ASSETS, 10.0, 4000.0, 8000.0, null)));
    assertThat(ratios)
        .containsEntry("oursToStock2pct10k", 500.0)
        .containsEntry("oursToPassThrough2pct", 0.625)
        .containsEntry("oursToEsper2pct", 0.25)
        .containsEntry("assets100kTo1kCost", 1.5);
  }

  @Test
  void aRatioOfWhatWasNotMeasuredIsNull() {
    assertThat(Ratios.of(List.of())).containsKey("open100To1Cost").containsValue(null);
  }

  private static Row row(BenchCase c, Double stock, Double ours, Double pass, Double esper) {
    return new Row(c, stock, rounds(ours), rounds(pass), rounds(esper), true, 0, 0.0);
  }

  private static Rounds rounds(Double rate) {
    Rounds rounds = new Rounds();
    if (rate != null) {
      rounds.add(rate);
    }
    return rounds;
  }
}
