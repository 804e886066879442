package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** State of one version of a feature set, read by the next. */
class FeatureEvolutionTest {
  private static final long MINUTE = 60_000L;
  private static final long START = Instant.parse("2026-03-01T05:00:00Z").toEpochMilli();
  private static final String HEAT = "temperature_c";
  private static final String POWER = "motor_power_kw";

  private static FeatureSet version(int version, String features) {
    return FeatureRun.set(
        """
        featureSet: changing
        version: %d
        description: For tests
        every: 5 min
        features:
        %s"""
            .formatted(version, features.indent(2)));
  }

  private static final FeatureSet FIRST =
      version(
          1,
          """
          heat: {channel: temperature_c, aggregates: [mean, max], windows: [1h, 24h], description: Heat}
          power: {channel: motor_power_kw, aggregates: [mean, energy], windows: [1h], description: Power}
          """);

  /** Deviation and time above are new, the largest value and all of power are gone. */
  private static final FeatureSet SECOND =
      version(
          2,
          """
          heat: {channel: temperature_c, aggregates: [mean, std, time-above], above: 15, windows: [1h, 24h], description: Heat}
          """);

  private static long at(int minutes) {
    return START + minutes * MINUTE;
  }

  private static void send(FeatureRun run, int from, int until) throws Exception {
    for (int minute = from; minute < until; minute += 5) {
      run.read(HEAT, at(minute), 10 + minute % 20).read(POWER, at(minute), 2);
    }
  }

  @Test
  void whatStaysGoesOnAndWhatIsNewComesWhenItsWindowIsFull() throws Exception {
    FeatureRun undisturbed = new FeatureRun(FIRST);
    send(undisturbed, 0, 400);
    FeatureRun run = new FeatureRun(FIRST);
    send(run, 0, 202);
    run.use(SECOND);
    send(run, 205, 400);

    FeatureRow old = undisturbed.last().get(at(300));
    FeatureRow row = run.last().get(at(300));
    assertThat(row.featureSetVersion()).isEqualTo(2);
    assertThat(value(SECOND, row, "heat_mean_1h")).isEqualTo(value(FIRST, old, "heat_mean_1h"));
    assertThat(value(SECOND, row, "heat_mean_1d")).isEqualTo(value(FIRST, old, "heat_mean_1d"));
    assertThat(value(SECOND, row, "heat_std_1h")).isPositive();
    assertThat(value(SECOND, row, "heat_time_above_1h")).isPositive();
    assertThat(value(SECOND, row, "heat_std_1d")).as("older slices lack it").isNaN();
    assertThat(value(SECOND, row, "heat_time_above_1d")).isNaN();
    assertThat(value(SECOND, run.last().get(at(225)), "heat_std_1h")).isNaN();
  }

  @Test
  void whatCameBackWasNotKeptMeanwhile() throws Exception {
    FeatureRun run = new FeatureRun(FIRST);
    send(run, 0, 100);
    run.use(SECOND);
    send(run, 100, 200);
    run.use(FIRST);
    send(run, 200, 230);
    assertThat(value(FIRST, run.last().get(at(225)), "power_mean_1h")).isEqualTo(2);
    assertThat(value(FIRST, run.last().get(at(225)), "heat_max_1h")).isNaN();
  }

  @Test
  void lateReadingsFindSlicesOfBothVersions() throws Exception {
    FeatureRun run = new FeatureRun(FIRST);
    send(run, 0, 100);
    run.use(SECOND);
    send(run, 100, 130);
    run.read(HEAT, at(82), 12).read(HEAT, at(95), 12).read(HEAT, at(112), 12).correct();
    FeatureRun inOrder = new FeatureRun(FIRST);
    for (int minute = 0; minute < 130; minute++) {
      boolean late = minute == 82 || minute == 95 || minute == 112;
      if (minute % 5 == 0) {
        inOrder.read(HEAT, at(minute), 10 + minute % 20);
      }
      if (late) {
        inOrder.read(HEAT, at(minute), 12);
      }
    }
    assertThat(value(SECOND, run.last().get(at(125)), "heat_mean_1h"))
        .isEqualTo(value(FIRST, inOrder.last().get(at(125)), "heat_mean_1h"));
  }

  @Test
  void otherSlicesBeginAnew() throws Exception {
    FeatureRun run = new FeatureRun(FIRST);
    send(run, 0, 200);
    run.use(
        FeatureRun.set(
            """
            featureSet: changing
            version: 3
            description: For tests
            every: 10 min
            slice: 10 min
            features:
              heat: {channel: temperature_c, aggregates: [count], windows: [24h], description: Heat}
            """));
    send(run, 200, 240);
    FeatureRow row = run.last().get(at(230));
    assertThat(row.values()[0]).isEqualTo(6);
    assertThat(run.blocks.keySet()).hasSize(1);
  }

  private static double value(FeatureSet set, FeatureRow row, String column) {
    return row.values()[FeatureRun.column(set, column)];
  }
}
