package io.foreshock.operators.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.SessionRow;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRulesReaderTest {
  private static final ChannelRegistry CHANNELS =
      new ChannelRegistry(
          List.of(
              channel("motor_current_a", "A"),
              channel("motor_power_kw", "kW"),
              channel("vehicle_speed_km_h", "km/h")));

  private static Channel channel(String name, String unit) {
    return new Channel(name, unit, 0, 1_000, "");
  }

  private static SessionRulesReader read(String text) {
    SessionRulesReader reader = new SessionRulesReader(CHANNELS);
    reader.read("plant.yaml", text);
    return reader;
  }

  @Test
  void readsARuleAndConvertsUnits() {
    SessionRulesReader reader =
        read(
            """
            sessions: fans
            appliesTo: {assetClass: [fan, blower]}
            kind: operation
            gap: 90 s
            running: [{channel: motor_current_a, above: 500 mA}]
            measure: {load: motor_current_a, power: motor_power_kw}
            timeZone: Europe/Vienna
            idling: {below: 1 m/s, longerThan: 10 min}
            """);
    assertThat(reader.problems()).isEmpty();
    SessionRule rule = reader.rules().get(0);
    assertThat(rule.assetClasses()).containsExactlyInAnyOrder("fan", "blower");
    assertThat(rule.kind()).isEqualTo(SessionRow.Kind.OPERATION);
    assertThat(rule.gap()).isEqualTo(Duration.ofSeconds(90));
    assertThat(rule.running()).containsExactly(new SessionRule.Running("motor_current_a", 0.5));
    assertThat(rule.power()).isEqualTo("motor_power_kw");
    assertThat(rule.idling().belowKmH())
        .isEqualTo(3.6, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(rule.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    SessionRulesReader reader =
        read(
            """
            sessions: Fans!
            kind: journey
            gap: 5
            running: [{channel: motor_curent_a, above: lots}]
            measure: {power: motor_current_a}
            harshBraking: {above: -1 m/s²}
            timeZone: Mars/Olympus
            colour: red
            """);
    assertThat(reader.problems())
        .hasSize(9)
        .anyMatch(problem -> problem.startsWith("plant.yaml:1:") && problem.contains("kebab case"))
        .anyMatch(problem -> problem.contains("must be one of operation, trip, but is \"journey\""))
        .anyMatch(problem -> problem.contains("gap must be a duration above zero with its unit"))
        .anyMatch(problem -> problem.contains("Did you mean \"motor_current_a\"?"))
        .anyMatch(problem -> problem.contains("must be a number with its unit, but is \"lots\""))
        .anyMatch(
            problem -> problem.contains("must be a channel in kW, but \"motor_current_a\" is in A"))
        .anyMatch(problem -> problem.contains("harshBraking.above must be positive"))
        .anyMatch(problem -> problem.contains("Mars/Olympus"))
        .anyMatch(problem -> problem.contains("Unknown key \"colour\""));
  }

  @Test
  void refusesTwoRulesForOneClassAndReplacesOneByItsName() {
    String rule =
        """
        sessions: %s
        appliesTo: {assetClass: %s}
        gap: 5 min
        running: [{channel: motor_current_a, above: 1 A}]
        """;
    assertThat(
            read(rule.formatted("one", "fan") + "---\n" + rule.formatted("two", "fan")).problems())
        .singleElement()
        .asString()
        .contains("must not name fan: the rule \"one\" does. An asset has one rule.");
    SessionRulesReader replaced =
        read(rule.formatted("one", "fan") + "---\n" + rule.formatted("one", "fan"));
    assertThat(replaced.problems()).isEmpty();
    assertThat(replaced.rules()).hasSize(1);
  }

  @Test
  void demandsSomethingThatShowsThatTheAssetRuns() {
    assertThat(read("sessions: fans\ngap: 5 min\n").problems())
        .singleElement()
        .asString()
        .contains("\"running\" is missing");
  }
}
