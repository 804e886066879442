package io.foreshock.operators.features.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureLanguageTest {
  private static final FeatureLanguage LANGUAGE =
      new FeatureLanguage(
          new ChannelRegistry(
              List.of(
                  new Channel("vibration_rms_mm_s", "mm/s", 0, 200, "Vibration"),
                  new Channel("motor_power_kw", "kW", -1e4, 1e5, "Power"))));

  private static List<String> problems(String text) {
    return LANGUAGE.parse("f.yaml", text).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void featureBecomesAColumnForEachAggregateAndWindow() {
    FeatureSet set =
        LANGUAGE
            .parse(
                "f.yaml",
                """
                featureSet: pump-condition
                version: 3
                description: Condition of a pump
                appliesTo: {assetClass: [pump, motor]}
                every: 10 min
                corrections: 2h
                features:
                  vibration:
                    channel: vibration_rms_mm_s
                    aggregates: [mean, p99.5, time-above, slope]
                    above: 7.1 mm/s
                    gap: 2 min
                    windows: [1h, 7d]
                    group: vibration
                    description: Vibration of the housing.
                  power: {channel: motor_power_kw, aggregates: [energy], windows: [24h], description: Power}
                  bearing: {maintenance: bearing, aggregates: [time-since], description: Work}
                """)
            .orThrow()
            .get(0);
    assertThat(set.slice()).isEqualTo(Duration.ofMinutes(10));
    assertThat(set.corrections()).isEqualTo(Duration.ofHours(2));
    assertThat(set.columns())
        .extracting(FeatureColumn::name)
        .containsExactly(
            "vibration_mean_1h",
            "vibration_mean_7d",
            "vibration_p99_5_1h",
            "vibration_p99_5_7d",
            "vibration_time_above_1h",
            "vibration_time_above_7d",
            "vibration_slope_1h",
            "vibration_slope_7d",
            "power_energy_1d",
            "bearing_time_since");
    FeatureColumn above = set.columns().get(4);
    assertThat(above.unit()).isEqualTo("s");
    assertThat(above.group()).isEqualTo("vibration");
    assertThat(above.description())
        .isEqualTo("Vibration of the housing: time above 7.1 mm/s over 1h");
    assertThat(above.aggregate())
        .isEqualTo(new Aggregate(Aggregate.Kind.TIME_ABOVE, 7.1, Duration.ofMinutes(2)));
    assertThat(set.columns().get(6).unit()).isEqualTo("mm/s/h");
    assertThat(set.columns().get(8).unit()).isEqualTo("kWh");
  }

  @Test
  void everyProblemIsToldInOneAnswer() {
    assertThat(
            problems(
                """
                featureSet: Pump Condition
                description: x
                every: 7
                onChange: [operating-sate]
                slice: 2 min
                feature: {}
                features:
                  Vibration: {channel: vibration_rms_mm, aggregates: [mean], windows: [1h], description: x}
                  a: {channel: vibration_rms_mm_s, aggregates: [median, mean], windows: [1h, 60d], description: x}
                  b: {channel: vibration_rms_mm_s, aggregates: [time-above], windows: [1h], description: x}
                  c: {channel: vibration_rms_mm_s, aggregates: [time-above], above: 3 g, windows: [1h], description: x}
                  d: {faultCode: any, aggregates: [mean], windows: [1h], description: x}
                  e: {aggregates: [mean], windows: [1h], description: x}
                  f: {channel: vibration_rms_mm_s, aggregates: [mean], gap: 1h, description: x}
                  g: {channel: vibration_rms_mm_s, unit: g, aggregates: [mean], windows: [1h]}
                """))
        .containsExactly(
            "f.yaml:1: featureSet must be in kebab case (a-z, 0-9 and single hyphens, at most 63 characters), but is"
                + " \"Pump Condition\". Use e.g. \"pump-condition\".",
            "f.yaml:1: \"version\" is missing. Begin with \"version: 1\" and count up with every change.",
            "f.yaml:3: every must be a duration above zero with its unit (ms, s, min, h, d), but is \"7\". Use e.g."
                + " \"10 min\".",
            "f.yaml:4: onChange names an unknown change \"operating-sate\". Did you mean \"operating-state\"?",
            "f.yaml:5: slice must be 1 min, 10 min or 1h, but is \"2 min\".",
            "f.yaml:6: Unknown key \"feature\". Did you mean \"featureSet\"?",
            "f.yaml:8: features.Vibration must be in snake case, at most 40 characters: it becomes a column of tables.",
            "f.yaml:8: features.Vibration.channel names an unknown channel \"vibration_rms_mm\". Did you mean"
                + " \"vibration_rms_mm_s\"? Or state its \"unit\".",
            "f.yaml:9: features.a.aggregates name an unknown aggregate \"median\". Did you mean \"mean\"? Percentiles are"
                + " p50, p99.9 and so on.",
            "f.yaml:9: features.a.windows must be at most 30d, but one is 60d.",
            "f.yaml:10: features.b: \"above\" is missing. Give the limit, e.g. \"above: 7.1\".",
            "f.yaml:11: features.c.above must be a number in \"mm/s\", but is \"3 g\".",
            "f.yaml:12: features.d.aggregates name an unknown aggregate \"mean\". Known: count, rate.",
            "f.yaml:13: features.e: \"channel\" is missing. Name what is looked at: one of channel, faultCode, entered,"
                + " maintenance, sessions.",
            "f.yaml:14: features.f.gap goes with time-above, time-below and energy only. Leave it out.",
            "f.yaml:14: features.f: \"windows\" is missing. Say how far back to look, e.g. \"windows: [1h, 24h]\".",
            "f.yaml:15: features.g.unit is \"g\", but channel vibration_rms_mm_s is in \"mm/s\". Leave it out.",
            "f.yaml:15: features.g: \"description\" is missing. Say in one sentence what is measured.");
  }

  @Test
  void periodAndWindowsAreMadeOfSlices() {
    assertThat(
            problems(
                """
                featureSet: a
                version: 1
                description: x
                every: 90s
                features:
                  v: {channel: vibration_rms_mm_s, aggregates: [mean], windows: [100s], description: x}
                """))
        .containsExactly(
            "f.yaml:4: every must be a multiple of the slice of 1min, but is 90s.",
            "f.yaml:5: features have a window of 100s, not a multiple of the slice of 1min.");
  }

  @Test
  void channelThatNobodyKnowsMayStateItsUnit() {
    assertThat(
            problems(
                """
                featureSet: a
                version: 1
                description: x
                every: 5 min
                features:
                  v: {channel: torque_nm, unit: Nm, aggregates: [mean], windows: [1h], description: x}
                """))
        .isEmpty();
  }

  @Test
  void nameStandsForOneSet() {
    String set =
        """
        featureSet: a
        version: %d
        description: x
        every: 5 min
        features:
          v: {channel: motor_power_kw, aggregates: [mean], windows: [1h], description: x}
        """;
    assertThat(problems(set.formatted(1) + "---\n" + set.formatted(2)))
        .containsExactly(
            "f.yaml:8: Feature set \"a\" is defined twice. Keep one: the name is its topic.");
  }

  @Test
  void sessionsHaveTheWordsOfTheirRules() {
    FeatureSet set =
        LANGUAGE
            .parse(
                "f.yaml",
                """
                featureSet: a
                version: 1
                description: x
                every: 1h
                features:
                  use:
                    sessions: {running: [{channel: motor_power_kw, above: 100 W}], gap: 20 min, measure: motor_power_kw}
                    aggregates: [ended, total-energy, time-since-last]
                    windows: [24h]
                    description: Running
                """)
            .orThrow()
            .get(0);
    assertThat(set.slice()).as("not above the gap").isEqualTo(Duration.ofMinutes(10));
    assertThat(set.columns())
        .extracting(FeatureColumn::name, FeatureColumn::unit)
        .containsExactly(
            tuple("use_ended_1d", ""),
            tuple("use_total_energy_1d", "kWh"),
            tuple("use_time_since_last_1d", "h"));
    assertThat(set.columns().get(0).source().name())
        .isEqualTo("motor_power_kw > 0.1, gap 20min, of motor_power_kw with holes to 2min");
  }

  @Test
  void problemsOfSessionsAndFleetsAreTold() {
    assertThat(
            problems(
                """
                featureSet: a
                version: 1
                description: x
                every: 1h
                slice: 1h
                features:
                  a: {sessions: {gap: 5 min}, aggregates: [ended], windows: [24h], description: x}
                  b:
                    sessions: {running: [{channel: motor_power_kw, above: 1 kW}], maxHole: 1 min}
                    aggregates: [mean-energy]
                    windows: [24h]
                    description: x
                  c: {sessions: {running: [{channel: motor_power_kw, above: 1 kW}]}, aggregates: [ended], windows: [24h], description: x}
                """))
        .containsExactly(
            "f.yaml:6: features have sessions with a gap of 5min, shorter than the slice of 1h. Raise the gap, or lower"
                + " the slice.",
            "f.yaml:7: features.a.sessions: \"running\" is missing. Say what shows that the asset runs, e.g. \"running:"
                + " [{channel: motor_current_a, above: 2 A}]\".",
            "f.yaml:9: features.b.sessions.maxHole goes with \"measure\" only. Add it, or leave this out.",
            "f.yaml:10: features.b.aggregates name mean-energy, but the sessions measure nothing. Add e.g. \"measure:"
                + " motor_power_kw\" to them.");
    assertThat(
            problems(
                """
                featureSet: a
                version: 1
                description: x
                every: 10 min
                features:
                  a: {channel: motor_power_kw, aggregates: [mean], windows: [1h], description: x}
                fleet: {every: 25 min, peers: models, remember: 10 min, minimumPeers: 1, compare: [a_mean]}
                """))
        .containsExactly(
            "f.yaml:7: fleet.every must be a multiple of the period of the set, 10min, but is 25min.",
            "f.yaml:7: fleet.peers must be one of model, assetClass, but is \"models\". Did you mean \"model\"?",
            "f.yaml:7: fleet.remember must not be below the corrections of the set, 1h, but is 10min.",
            "f.yaml:7: fleet.minimumPeers must be a whole number from 2 to 10000, but is \"1\".",
            "f.yaml:7: fleet.compare names an unknown column \"a_mean\". Did you mean \"a_mean_1h\"?");
  }

  @Test
  void aFleetIsASetOfItsOwn() {
    List<FeatureSet> sets =
        LANGUAGE
            .parse(
                "f.yaml",
                """
                featureSet: a
                version: 4
                description: Power
                every: 10 min
                features:
                  a: {channel: motor_power_kw, aggregates: [mean], windows: [1h], group: g, description: Power}
                fleet: {every: 30 min, compare: [a_mean_1h]}
                """)
            .orThrow();
    assertThat(sets).extracting(FeatureSet::name).containsExactly("a", "a-fleet");
    FeatureSet fleet = sets.get(1);
    assertThat(fleet.version()).isEqualTo(4);
    assertThat(fleet.every()).isEqualTo(Duration.ofMinutes(30));
    assertThat(fleet.fleet())
        .isEqualTo(
            new FleetComparison(
                "a",
                FleetComparison.Peers.MODEL,
                Duration.ofMinutes(15),
                Duration.ofDays(7),
                5,
                List.of(0)));
    assertThat(fleet.columns())
        .extracting(FeatureColumn::name, FeatureColumn::unit)
        .containsExactly(
            tuple("peers", ""),
            tuple("a_mean_1h_deviation", ""),
            tuple("a_mean_1h_fleet_median", "kW"),
            tuple("a_mean_1h_fleet_spread", "kW"));
  }
}
