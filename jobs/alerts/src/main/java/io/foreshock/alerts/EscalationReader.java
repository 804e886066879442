package io.foreshock.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification.Recipient;
import io.foreshock.operators.alerts.BusinessHours;
import io.foreshock.operators.alerts.EscalationPolicy;
import io.foreshock.operators.alerts.EscalationPolicy.Scope;
import io.foreshock.operators.alerts.EscalationPolicy.Step;
import io.foreshock.operators.alerts.EscalationPolicy.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.TimeUtils;

/** One file of escalation policies; everything that is wrong is said at once. */
final class EscalationReader {
  private static final String NAME = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final int MAX_STEPS = 20;

  private final String file;
  private final List<String> problems;

  EscalationReader(String file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  List<EscalationPolicy> read(JsonNode root) {
    if (!root.isObject() || !root.path("policies").isArray()) {
      problems.add(file + ": must hold the list `policies`, and may hold `calendars`");
      return List.of();
    }
    known(root, file, "policies", "calendars");
    Map<String, BusinessHours> calendars =
        new CalendarReader(file, problems).read(root.path("calendars"));
    List<EscalationPolicy> policies = new ArrayList<>();
    int number = 0;
    for (JsonNode node : root.path("policies")) {
      number++;
      policies.add(policy(node, file + ": policy " + number, calendars));
    }
    if (number == 0) {
      problems.add(file + ": `policies` is empty");
    }
    return policies;
  }

  private EscalationPolicy policy(
      JsonNode node, String position, Map<String, BusinessHours> calendars) {
    String name = node.path("policy").asText("");
    String where = name.isEmpty() ? position : file + ": policy " + name;
    if (!name.matches(NAME)) {
      problems.add(
          position
              + ": `policy` must be a name of lower case letters, digits and dashes, but is \""
              + name
              + "\"");
    }
    known(node, where, "policy", "appliesTo", "steps", "repeat");
    JsonNode scope = node.path("appliesTo");
    known(scope, where + ", appliesTo", "tenant", "site", "assetClass", "component", "failureMode");
    List<Step> steps = new ArrayList<>();
    JsonNode stepNodes = node.path("steps");
    if (!stepNodes.isArray() || stepNodes.isEmpty() || stepNodes.size() > MAX_STEPS) {
      problems.add(where + ": `steps` must be a list of 1 to " + MAX_STEPS + " steps");
    }
    for (JsonNode step : stepNodes) {
      String here = where + ", step " + (steps.size() + 1);
      steps.add(step(step, here, calendars));
      int last = steps.size() - 1;
      if (last > 0 && steps.get(last).after().compareTo(steps.get(last - 1).after()) < 0) {
        problems.add(here + ": `after` must not be less than that of the step before");
      }
    }
    JsonNode repeat = node.path("repeat");
    known(repeat, where + ", repeat", "every", "times");
    Duration every = Duration.ZERO;
    int times = 0;
    if (!repeat.isMissingNode()) {
      every = duration(repeat, "every", where + ", repeat", true);
      times = repeat.path("times").asInt(0);
      if (times < 1 || times > 1_000) {
        problems.add(where + ", repeat: `times` must be between 1 and 1000");
      }
    }
    return new EscalationPolicy(
        name,
        new Scope(
            texts(scope, "tenant", where),
            texts(scope, "site", where),
            texts(scope, "assetClass", where),
            texts(scope, "component", where),
            texts(scope, "failureMode", where)),
        steps,
        every,
        times);
  }

  private Step step(JsonNode node, String where, Map<String, BusinessHours> calendars) {
    known(node, where, "after", "tell");
    List<Target> targets = new ArrayList<>();
    if (!node.path("tell").isArray() || node.path("tell").isEmpty()) {
      problems.add(where + ": `tell` must be a list of recipients, e.g. [{to: [mail]}]");
    }
    for (JsonNode target : node.path("tell")) {
      targets.add(target(target, where, calendars));
    }
    return new Step(
        node.has("after") ? duration(node, "after", where, false) : Duration.ZERO, targets);
  }

  private Target target(JsonNode node, String where, Map<String, BusinessHours> calendars) {
    known(node, where, "to", "severity", "during");
    List<Recipient> recipients = new ArrayList<>();
    for (String to : texts(node, "to", where)) {
      int colon = to.indexOf(':');
      String channel = colon < 0 ? to : to.substring(0, colon);
      if (!channel.matches(NAME)) {
        problems.add(where + ": recipient \"" + to + "\" must be <channel> or <channel>:<address>");
      }
      recipients.add(new Recipient(channel, colon < 0 ? "" : to.substring(colon + 1)));
    }
    if (recipients.isEmpty()) {
      problems.add(where + ": `to` must name whom to tell, e.g. to: [mail:ops@plant.example]");
    }
    Set<Severity> severities = EnumSet.noneOf(Severity.class);
    for (String text : texts(node, "severity", where)) {
      try {
        severities.add(Severity.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        problems.add(
            where + ": severity \"" + text + "\" is not known; known are watch, warning, critical");
      }
    }
    String during = node.path("during").asText("");
    if (!during.isEmpty() && !calendars.containsKey(during)) {
      problems.add(
          where
              + ": calendar \""
              + during
              + "\" is not in `calendars`; there are: "
              + String.join(", ", calendars.keySet()));
    }
    return new Target(
        recipients,
        severities.isEmpty() ? EnumSet.allOf(Severity.class) : severities,
        calendars.get(during));
  }

  /** A text, or a list of texts. */
  private Set<String> texts(JsonNode node, String field, String where) {
    Set<String> texts = new LinkedHashSet<>();
    JsonNode value = node.path(field);
    if (value.isArray()) {
      value.forEach(text -> texts.add(text.asText()));
    } else if (value.isValueNode()) {
      texts.add(value.asText());
    } else if (!value.isMissingNode()) {
      problems.add(where + ": `" + field + "` must be a text or a list of texts");
    }
    return texts;
  }

  private Duration duration(JsonNode node, String field, String where, boolean positive) {
    String text = node.path(field).asText("");
    try {
      Duration duration = TimeUtils.parseDuration(text);
      boolean unitIsMissing = text.matches("[0-9]+") && !duration.isZero();
      if (!unitIsMissing
          && !duration.isNegative()
          && !(positive && duration.isZero())
          && duration.toDays() <= 365) {
        return duration;
      }
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException e) {
      // said below
    }
    problems.add(
        where + ": `" + field + "` must be a duration such as \"15 min\", but is \"" + text + "\"");
    return Duration.ZERO;
  }

  private void known(JsonNode node, String where, String... fields) {
    List<String> known = List.of(fields);
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                problems.add(
                    where
                        + ": `"
                        + field
                        + "` is not known; known are "
                        + String.join(", ", known));
              }
            });
  }
}
