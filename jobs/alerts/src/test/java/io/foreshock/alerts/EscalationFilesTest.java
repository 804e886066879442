package io.foreshock.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification.Recipient;
import io.foreshock.operators.alerts.EscalationPolicy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscalationFilesTest {

  @Test
  void readsPoliciesCalendarsAndRecipients() {
    List<String> problems = new ArrayList<>();

    List<EscalationPolicy> policies =
        EscalationFiles.parse(
            "escalation.yaml",
            """
            calendars:
              business:
                days: [mon, tue, wed, thu, fri]
                from: "07:00"
                to: "17:00"
                timeZone: Europe/Vienna
                holidays: [2026-12-25]
            policies:
              - policy: pumps
                appliesTo: {assetClass: [pump, motor], site: vienna}
                steps:
                  - after: 0 s
                    tell:
                      - {to: [pagerduty, "mail:pumps@plant.example"], severity: critical}
                      - {to: "mail:planner@plant.example", severity: [watch, warning], during: business}
                  - after: 15 min
                    tell: [{to: pagerduty:chief}]
                repeat: {every: 1 h, times: 3}
            """,
            problems);

    assertThat(problems).isEmpty();
    EscalationPolicy policy = policies.get(0);
    assertThat(policy.name()).isEqualTo("pumps");
    assertThat(policy.scope().assetClasses()).containsExactlyInAnyOrder("pump", "motor");
    assertThat(policy.scope().sites()).containsExactly("vienna");
    assertThat(policy.repeatEvery()).isEqualTo(Duration.ofHours(1));
    assertThat(policy.repeatTimes()).isEqualTo(3);
    assertThat(policy.steps().get(1).after()).isEqualTo(Duration.ofMinutes(15));
    EscalationPolicy.Target first = policy.steps().get(0).targets().get(0);
    assertThat(first.recipients())
        .containsExactly(
            new Recipient("pagerduty", ""), new Recipient("mail", "pumps@plant.example"));
    assertThat(first.severities()).containsExactly(Severity.CRITICAL);
    assertThat(first.during()).isNull();
    EscalationPolicy.Target planner = policy.steps().get(0).targets().get(1);
    assertThat(planner.during().days()).hasSize(5).doesNotContain(DayOfWeek.SUNDAY);
    assertThat(planner.during().from()).isEqualTo(LocalTime.of(7, 0));
    assertThat(planner.during().zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(planner.during().holidays()).containsExactly(LocalDate.of(2026, 12, 25));
    assertThat(policy.steps().get(1).targets().get(0).severities()).hasSize(3);
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    List<String> problems = new ArrayList<>();

    EscalationFiles.parse(
        "e.yaml",
        """
        calendars:
          night: {days: [someday], from: "22:00", to: "06:00", timeZone: Mars}
        policies:
          - policy: Pumps
            appliesTo: {colour: red}
            steps:
              - after: 15
                tell: [{to: [], severity: fatal, during: business}]
              - after: 0 s
                tell: []
            repeat: {every: 0 s, times: 0}
        """,
        problems);

    assertThat(problems)
        .containsExactly(
            "e.yaml: calendar night: day \"someday\" is not known; use mon, tue, wed, thu, fri, sat, sun",
            "e.yaml: calendar night: `days` must name days, e.g. [mon, tue, wed, thu, fri]",
            "e.yaml: calendar night: `to` must be after `from`; for a night use two calendars",
            "e.yaml: calendar night: time zone \"Mars\" is not known; use e.g. Europe/Vienna",
            "e.yaml: policy 1: `policy` must be a name of lower case letters, digits and dashes, but is \"Pumps\"",
            "e.yaml: policy Pumps, appliesTo: `colour` is not known; known are tenant, site, assetClass, component, failureMode",
            "e.yaml: policy Pumps, step 1: `to` must name whom to tell, e.g. to: [mail:ops@plant.example]",
            "e.yaml: policy Pumps, step 1: severity \"fatal\" is not known; known are watch, warning, critical",
            "e.yaml: policy Pumps, step 1: calendar \"business\" is not in `calendars`; there are: night",
            "e.yaml: policy Pumps, step 1: `after` must be a duration such as \"15 min\", but is \"15\"",
            "e.yaml: policy Pumps, step 2: `tell` must be a list of recipients, e.g. [{to: [mail]}]",
            "e.yaml: policy Pumps, repeat: `every` must be a duration such as \"15 min\", but is \"0 s\"",
            "e.yaml: policy Pumps, repeat: `times` must be between 1 and 1000");
  }

  @Test
  void comesWithAPolicyAndRefusesWhatIsNotThere() {
    List<String> problems = new ArrayList<>();

    assertThat(EscalationFiles.read(List.of("default"), problems)).hasSize(1);
    assertThat(problems).isEmpty();

    EscalationFiles.read(List.of("default", "default", "missing.yaml"), problems);
    assertThat(problems)
        .containsExactly(
            "Escalation file missing.yaml does not exist. Check escalation.policies, or use \"default\".",
            "Two escalation policies are named \"default\". Rename one.");
    problems.clear();
    EscalationFiles.parse("bad.yaml", "policies: [", problems);
    assertThat(problems).singleElement().asString().startsWith("bad.yaml:1: is no valid YAML");
  }
}
