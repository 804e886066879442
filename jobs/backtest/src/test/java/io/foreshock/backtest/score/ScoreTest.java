package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {

  @Test
  void addsUpWhatHappenedOnEachAsset() {
    Score score =
        Score.of(
            List.of(
                new Tally("m-1", 5, 3, 4, List.of(10.0, 40.0), 730),
                new Tally("m-2", 1, 0, 1, List.of(), 365),
                new Tally("m-3", 0, 0, 0, List.of(), 365)));

    assertThat(score.assets()).isEqualTo(3);
    assertThat(score.alarms()).isEqualTo(6);
    assertThat(score.trueAlarms()).isEqualTo(3);
    assertThat(score.falseAlarms()).isEqualTo(3);
    assertThat(score.failures()).isEqualTo(5);
    assertThat(score.foundFailures()).isEqualTo(2);
    assertThat(score.missedFailures()).isEqualTo(3);
    assertThat(score.precision()).isEqualTo(0.5);
    assertThat(score.recall()).isEqualTo(0.4);
    assertThat(score.f1()).isCloseTo(2 * 0.5 * 0.4 / 0.9, within(1e-12));
    assertThat(score.leadHoursMedian()).isEqualTo(25);
    assertThat(score.falseAlarmsPerMachineMonth()).isEqualTo(1.5);
    // Three machines watched all day have 72 machine-hours a day; 6 alarms came in 1460.
    assertThat(score.alarmsPerDay()).isCloseTo(6 * 72 / 1460.0, within(1e-12));
  }

  @Test
  void doesNotInventFiguresThatNobodyKnows() {
    Score nothing = Score.of(List.of(new Tally("m-1", 0, 0, 0, List.of(), 0)));

    assertThat(nothing.precision()).isNaN();
    assertThat(nothing.recall()).isNaN();
    assertThat(nothing.f1()).isNaN();
    assertThat(nothing.leadHoursMedian()).isNaN();
    assertThat(nothing.falseAlarmsPerMachineMonth()).isNaN();
    assertThat(nothing.alarmsPerDay()).isNaN();
    assertThat(Score.of(List.of(new Tally("m-1", 0, 0, 3, List.of(), 9))).f1()).isZero();
    assertThat(Score.of(List.of(new Tally("m-1", 2, 0, 3, List.of(), 9))).f1()).isZero();
  }

  @Test
  void countsLeadTimesInEqualPartsOfTheHorizonAndForgetsNone() {
    Score score =
        Score.of(List.of(new Tally("m-1", 9, 9, 5, List.of(48.0, 0.5, 24.0, 24.5, 44.0), 100)));

    LeadTimes leads = LeadTimes.of(score, Judged.protocol());

    assertThat(leads.histogram()).hasSize(12);
    assertThat(leads.histogram().get(0)).isEqualTo(new LeadTimes.Bin(0, 4, 1));
    assertThat(leads.histogram().get(5)).isEqualTo(new LeadTimes.Bin(20, 24, 1));
    assertThat(leads.histogram().get(6)).isEqualTo(new LeadTimes.Bin(24, 28, 1));
    assertThat(leads.histogram().get(10)).isEqualTo(new LeadTimes.Bin(40, 44, 1));
    assertThat(leads.histogram().get(11)).isEqualTo(new LeadTimes.Bin(44, 48, 1));
    assertThat(leads.histogram().stream().mapToInt(LeadTimes.Bin::failures).sum()).isEqualTo(5);
    assertThat(leads.quantiles()).startsWith(0.5).endsWith(48.0).contains(24.5);
  }
}
