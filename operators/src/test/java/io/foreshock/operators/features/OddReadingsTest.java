package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.FaultCode;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.OperatingStateChange.State;
import io.foreshock.operators.features.definition.FeatureSet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to what should not be there, and to what is missing or late. */
class OddReadingsTest {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long START = Instant.parse("2026-03-01T05:00:00Z").toEpochMilli();
  private static final String HEAT = "temperature_c";
  private static final String POWER = "motor_power_kw";

  private final FeatureSet set =
      FeatureRun.set(
          """
          featureSet: odd
          version: 1
          description: For tests
          every: 5 min
          onChange: [operating-state, maintenance]
          corrections: 1h
          features:
            heat: {channel: temperature_c, aggregates: [count, mean, max], windows: [10 min, 30d], description: Heat}
            power: {channel: motor_power_kw, aggregates: [count, mean, energy], windows: [24h], description: Power}
            faults: {faultCode: any, aggregates: [count, rate], windows: [24h], description: Codes}
            p7: {faultCode: P7, aggregates: [count], windows: [24h], description: Code}
            starts: {entered: running, aggregates: [count], windows: [24h], description: Starts}
            bearing: {maintenance: bearing, aggregates: [time-since, cycles-since], description: Work}
          """);
  private final FeatureRun run = new FeatureRun(set);

  private double value(FeatureRow row, String column) {
    return row.values()[FeatureRun.column(set, column)];
  }

  private FeatureRow lastRow() {
    return run.rows.get(run.rows.size() - 1);
  }

  private static long at(int minutes) {
    return START + minutes * MINUTE;
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        -1e151
      })
  void valuesThatAreNoneAreCountedAndNotUsed(double value) throws Exception {
    run.read(HEAT, at(0), 20).read(HEAT, at(1), value).read(HEAT, at(5), 21);
    assertThat(run.host.unusable).isEqualTo(1);
    assertThat(value(lastRow(), "heat_count_10min")).isEqualTo(1);
    assertThat(value(lastRow(), "heat_mean_10min")).isEqualTo(20);
  }

  @Test
  void valueThatIsNoneDoesNotMoveTheClock() throws Exception {
    run.read(HEAT, at(0), 20).read(HEAT, at(30), Double.NaN).read(HEAT, at(1), 22);
    assertThat(run.rows).isEmpty();
  }

  @Test
  void missingChannelHasNoValuesAndCountsNothing() throws Exception {
    run.read(HEAT, at(0), 20).read(HEAT, at(5), 21);
    assertThat(value(lastRow(), "power_mean_1d")).isNaN();
    assertThat(value(lastRow(), "power_energy_1d")).isNaN();
    assertThat(value(lastRow(), "power_count_1d")).isZero();
    assertThat(value(lastRow(), "bearing_time_since")).isNaN();
    assertThat(value(lastRow(), "faults_rate_1d")).isZero();
  }

  @Test
  void channelThatTheSetDoesNotLookAtMakesNoRow() throws Exception {
    run.read("flow_m3_h", at(0), 1).read("flow_m3_h", at(30), 1);
    assertThat(run.rows).isEmpty();
    assertThat(run.blocks).isEmpty();
  }

  @Test
  void channelThatAppearsAfterAWeekIsComputedOfWhatThereIs() throws Exception {
    for (int minute = 0; minute < 7 * 1_440; minute += 10) {
      run.read(HEAT, at(minute), 20);
    }
    run.read(POWER, at(7 * 1_440 + 1), 3).read(HEAT, at(7 * 1_440 + 5), 20);
    assertThat(value(lastRow(), "power_mean_1d")).isEqualTo(3);
    assertThat(value(lastRow(), "power_count_1d")).isEqualTo(1);
    assertThat(value(lastRow(), "heat_count_30d")).isEqualTo(7 * 144);
  }

  @Test
  void clockThatJumpsAheadLeavesOutRowsOfTheSilenceAndKeepsLongWindows() throws Exception {
    run.read(HEAT, at(0), 20)
        .read(HEAT, START + 20 * DAY, 30)
        .read(HEAT, START + 20 * DAY + 5 * MINUTE, 30);
    assertThat(run.rows).hasSize(2);
    assertThat(value(lastRow(), "heat_mean_30d")).isEqualTo(25);
    assertThat(value(lastRow(), "heat_mean_10min")).isEqualTo(30);
    // Fine slices of before the jump are coarse ones by now.
    assertThat(run.blocks.keySet()).hasSize(2).anyMatch(key -> key < 0);
  }

  @Test
  void clockThatJumpsBackIsLateAndBeyondCorrectionsNotUsed() throws Exception {
    run.read(HEAT, at(120), 20).read(HEAT, at(126), 20);
    run.read(HEAT, at(80), 50).read(HEAT, at(50), 90);
    assertThat(run.host.tooLate).isEqualTo(1);
    run.read(HEAT, at(131), 20);
    assertThat(value(lastRow(), "heat_max_30d")).isEqualTo(50);
  }

  @Test
  void lateReadingGivesRowsAgainWithTheNextRevision() throws Exception {
    run.read(HEAT, at(0), 20).read(HEAT, at(6), 22).read(HEAT, at(11), 24);
    assertThat(run.rows).extracting(FeatureRow::kind).containsOnly(FeatureRow.Kind.LIVE);
    run.rows.clear();

    run.read(HEAT, at(2), 90).correct();

    assertThat(run.rows).extracting(FeatureRow::eventTimeMillis).containsExactly(at(5), at(10));
    assertThat(run.rows).extracting(FeatureRow::revision).containsExactly(1, 1);
    assertThat(run.rows).extracting(FeatureRow::kind).containsOnly(FeatureRow.Kind.CORRECTED);
    assertThat(value(run.rows.get(0), "heat_max_10min")).isEqualTo(90);
    assertThat(run.correct().rows).as("once").hasSize(2);
    run.read(HEAT, at(3), 91).correct();
    assertThat(lastRow().revision()).isEqualTo(2);
  }

  @Test
  void correctionsComeBeforeTheNextRowOfThePeriod() throws Exception {
    run.read(HEAT, at(0), 20).read(HEAT, at(6), 22).read(HEAT, at(2), 90);
    assertThat(run.rows).hasSize(1);
    run.read(HEAT, at(11), 24);
    assertThat(run.rows)
        .extracting(FeatureRow::eventTimeMillis)
        .containsExactly(at(5), at(5), at(10));
  }

  @Test
  void lateReadingMakesARowWhereThereWasNone() throws Exception {
    run.read(HEAT, at(0), 20).read(HEAT, at(31), 22).read(HEAT, at(12), 21).correct();
    FeatureRow row = run.last().get(at(15));
    assertThat(row.revision()).isZero();
    assertThat(row.kind()).isEqualTo(FeatureRow.Kind.CORRECTED);
    assertThat(value(row, "heat_mean_10min")).isEqualTo(21);
  }

  @Test
  void changeMakesARowAtTheEndOfItsSlice() throws Exception {
    run.read(HEAT, at(0), 20);
    run.take(
        List.of(),
        List.of(),
        List.of(),
        List.of(new OperatingStateChange(State.RUNNING, at(2) + 1)));
    run.read(HEAT, at(4), 20);
    assertThat(run.rows).extracting(FeatureRow::eventTimeMillis).containsExactly(at(3));
    assertThat(value(lastRow(), "starts_count_1d")).isEqualTo(1);
  }

  @Test
  void codesAreCountedByNameAndTogether() throws Exception {
    run.take(
        List.of(),
        List.of(
            new FaultCode("P7", at(0), "", FaultCode.Severity.ERROR),
            new FaultCode("P8", at(1), "", FaultCode.Severity.INFO)),
        List.of(),
        List.of());
    run.read(HEAT, at(5), 20);
    assertThat(value(lastRow(), "faults_count_1d")).isEqualTo(2);
    assertThat(value(lastRow(), "faults_rate_1d")).isEqualTo(2);
    assertThat(value(lastRow(), "p7_count_1d")).isEqualTo(1);
  }

  @Test
  void timeAndCyclesCountFromTheLastWorkWhateverTheOrder() throws Exception {
    run.read(HEAT, at(0), 20);
    state(1);
    run.read(HEAT, at(21), 20);
    state(15);
    work("bearing", 10, MaintenanceEvent.Kind.REPLACED);
    work("bearing", 12, MaintenanceEvent.Kind.INSPECTED);
    work("seal", 13, MaintenanceEvent.Kind.REPLACED);
    state(8);
    run.correct();
    assertThat(value(run.last().get(at(10)), "bearing_time_since")).isNaN();
    assertThat(value(run.last().get(at(16)), "bearing_time_since")).isEqualTo(0.1);
    assertThat(value(run.last().get(at(16)), "bearing_cycles_since")).isEqualTo(1);
    assertThat(value(run.last().get(at(13)), "bearing_cycles_since")).isZero();
  }

  @Test
  void workIsRememberedLongerThanAnyWindow() throws Exception {
    work("bearing", 0, MaintenanceEvent.Kind.REPAIRED);
    for (int day = 0; day < 60; day++) {
      state(day * 1_440 + 1);
      run.read(HEAT, at(day * 1_440 + 10), 20);
    }
    assertThat(value(lastRow(), "bearing_time_since")).isGreaterThan(58 * 24);
    assertThat(value(lastRow(), "bearing_cycles_since")).isEqualTo(60);
    assertThat(run.clock.length).isLessThan(700);
  }

  private void state(int minute) throws Exception {
    run.take(
        List.of(),
        List.of(),
        List.of(),
        List.of(new OperatingStateChange(State.RUNNING, at(minute))));
  }

  private void work(String component, int minute, MaintenanceEvent.Kind kind) throws Exception {
    run.take(
        List.of(),
        List.of(),
        List.of(new MaintenanceEvent(component, at(minute), kind)),
        List.of());
  }

  @Test
  void readingsAtOneTimeAndZerosOfBothSignsAreNoTrouble() throws Exception {
    FeatureRun other = new FeatureRun(set);
    List<Measurement> same =
        List.of(
            new Measurement(POWER, at(0), 0.0),
            new Measurement(POWER, at(0), -0.0),
            new Measurement(POWER, at(0), 5),
            new Measurement(POWER, at(0), -5));
    run.read(same).read(HEAT, at(5), 1);
    for (int i = 3; i >= 0; i--) {
      other.read(List.of(same.get(i)));
    }
    other.read(HEAT, at(5), 1);
    assertThat(other.last().get(at(5)).values()).isEqualTo(run.last().get(at(5)).values());
    assertThat(value(lastRow(), "power_mean_1d")).isZero();
  }
}
