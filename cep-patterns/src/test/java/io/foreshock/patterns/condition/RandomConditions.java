package io.foreshock.patterns.condition;

import io.foreshock.patterns.samples.RandomSignals;
import java.util.List;
import java.util.Random;

/** Conditions over the whole of what a pattern may say, well typed. */
final class RandomConditions {
  private static final List<String> SYMPTOMS = List.of("rough", "hot", "");

  private final Random random;
  private final RandomSignals signals;
  private final boolean stages;

  /**
   * @param stages whether conditions look at signals that earlier stages took
   */
  RandomConditions(Random random, boolean stages) {
    this.random = random;
    this.signals = new RandomSignals(random);
    this.stages = stages;
  }

  String next(int depth) {
    if (depth > 0 && random.nextInt(4) > 0) {
      return switch (random.nextInt(6)) {
        case 0, 1 -> '(' + next(depth - 1) + " && " + next(depth - 1) + ')';
        case 2, 3 -> '(' + next(depth - 1) + " || " + next(depth - 1) + ')';
        case 4 -> "!(" + next(depth - 1) + ')';
        default -> '(' + next(depth - 1) + " ? " + next(depth - 1) + " : " + next(depth - 1) + ')';
      };
    }
    return leaf();
  }

  private String leaf() {
    switch (random.nextInt(stages ? 14 : 10)) {
      case 0:
        return text("symptom", SYMPTOMS);
      case 1:
        return text("cleared", SYMPTOMS);
      case 2:
        return text("fault.code", List.of("error1", "error2", "P0217", "", "unseen"));
      case 3:
        return text(
            signals.pick(List.of("fault.component", "maintenance.component")),
            List.of("bearing", "seal", "", "unseen"));
      case 4:
        return text("fault.severity", List.of("info", "warning", "error", ""));
      case 5:
        return text("maintenance.kind", List.of("replaced", "inspected", ""));
      case 6:
        return text("state", List.of("running", "idle", "fault", ""));
      case 7:
        return text("reading.channel", List.of("oil_pressure_bar", "flow_m3_h", ""));
      case 8:
        return odd();
      case 10:
        return "fault.code " + equality() + " stages.first_one.name";
      case 11:
        return "stages.second.name " + equality() + " symptom";
      case 12:
        return "value > stages.second.value";
      case 13:
        return "time - stages.first_one.time "
            + signals.pick(List.of("<", ">="))
            + " duration('30m')";
      default:
        return number();
    }
  }

  private String equality() {
    return random.nextBoolean() ? "==" : "!=";
  }

  private String text(String field, List<String> values) {
    String one = '"' + signals.pick(values) + '"';
    return switch (random.nextInt(6)) {
      case 0 -> field + " in [" + one + ", \"" + signals.pick(values) + "\"]";
      case 1 -> one + ' ' + equality() + ' ' + field;
      case 2 ->
          field
              + '.'
              + signals.pick(List.of("startsWith", "endsWith", "contains"))
              + "(\""
              + signals.pick(List.of("", "r", "error", "ing", "P0", "o"))
              + "\")";
      default -> field + ' ' + equality() + ' ' + one;
    };
  }

  private String number() {
    String field = signals.pick(List.of("value", "score", "limit"));
    String operator = signals.pick(List.of("<", "<=", ">", ">=", "==", "!="));
    String constant = signals.pick(List.of("5", "4.5", "-1", "0", "7.1"));
    return random.nextBoolean()
        ? field + ' ' + operator + ' ' + constant
        : constant + ' ' + operator + ' ' + field;
  }

  /** What only the interpreter can do, errors included. */
  private String odd() {
    return signals.pick(
        List.of(
            "size(fault.code) > 5",
            "1 / size(state) == 1",
            "value * 2 > 9",
            "value - limit > 1",
            "value in [5, 7.1]",
            "fault.code.matches(\"^error[0-9]$\")",
            "time > timestamp(\"2026-01-05T08:20:00Z\")",
            "symptom + cleared == \"rough\"",
            "int(fault.code) > 3",
            "(symptom == \"rough\") == (value > 5.0)",
            "true",
            "false"));
  }
}
