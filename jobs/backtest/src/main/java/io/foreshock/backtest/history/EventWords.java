package io.foreshock.backtest.history;

import io.foreshock.backtest.history.mapping.EventColumns.Kind;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.OperatingStateChange;
import java.util.Arrays;
import java.util.Locale;

/** Words of a history that must be ones of the model, whatever their case. */
final class EventWords {
  private EventWords() {}

  /** A state's constant. */
  static String state(String text) throws BadValue {
    return constant("operating state", text, OperatingStateChange.State.values());
  }

  /** Severity of a fault, or kind of maintenance; empty stays empty. */
  static String grade(Kind kind, String text) throws BadValue {
    if (text.isEmpty()) {
      return text;
    }
    return switch (kind) {
      case FAULT -> constant("severity", text, FaultCode.Severity.values());
      case MAINTENANCE -> constant("kind of maintenance", text, MaintenanceEvent.Kind.values());
      default -> "";
    };
  }

  private static String constant(String what, String text, Enum<?>[] values) throws BadValue {
    String upper = text.toUpperCase(Locale.ROOT);
    for (Enum<?> value : values) {
      if (value.name().equals(upper)) {
        return upper;
      }
    }
    throw new BadValue(
        "unknown " + what,
        "\"%s\" is no %s; known: %s."
            .formatted(text, what, Arrays.toString(values).toLowerCase(Locale.ROOT)));
  }
}
