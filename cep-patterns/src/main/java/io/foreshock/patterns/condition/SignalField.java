package io.foreshock.patterns.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a condition may ask of a signal. A field that the signal's kind does not have is {@code ""}
 * or NaN, never an error.
 */
public enum SignalField {
  /** Name in the pattern of a symptom that begins; {@code ""} for another pattern's symptom. */
  SYMPTOM("symptom", SignalKind.SYMPTOM),
  /** Name in the pattern of a symptom that ends. */
  CLEARED("cleared", SignalKind.SYMPTOM_CLEARED),
  FAULT_CODE("fault.code", SignalKind.FAULT_CODE),
  FAULT_COMPONENT("fault.component", SignalKind.FAULT_CODE),
  /** Lower case, e.g. {@code error}. */
  FAULT_SEVERITY("fault.severity", SignalKind.FAULT_CODE),
  MAINTENANCE_COMPONENT("maintenance.component", SignalKind.MAINTENANCE),
  /** Lower case, e.g. {@code replaced}. */
  MAINTENANCE_KIND("maintenance.kind", SignalKind.MAINTENANCE),
  /** Operating state entered, lower case. */
  STATE("state", SignalKind.OPERATING_STATE),
  READING_CHANNEL("reading.channel", SignalKind.READING),
  /** Value of a reading, or of the channel when a symptom began or ended; unit of the channel. */
  VALUE("value", SignalKind.SYMPTOM, SignalKind.SYMPTOM_CLEARED, SignalKind.READING),
  /** Statistic of the symptom's detector. */
  SCORE("score", SignalKind.SYMPTOM, SignalKind.SYMPTOM_CLEARED),
  /** Limit that the symptom's detector compared with. */
  LIMIT("limit", SignalKind.SYMPTOM, SignalKind.SYMPTOM_CLEARED),
  /** Event time; every signal has one. */
  TIME("time", SignalKind.values());

  private static final Map<String, SignalField> BY_VARIABLE = new HashMap<>();

  static {
    for (SignalField field : values()) {
      BY_VARIABLE.put(field.variable, field);
    }
  }

  private final String variable;
  private final Set<SignalKind> kinds;

  SignalField(String variable, SignalKind... kinds) {
    this.variable = variable;
    this.kinds = EnumSet.copyOf(Set.of(kinds));
  }

  /** Name in CEL. */
  public String variable() {
    return variable;
  }

  /** The field of a CEL variable, or null. */
  static SignalField ofVariable(String variable) {
    return BY_VARIABLE.get(variable);
  }

  /** Kinds of signals that have the field. */
  Set<SignalKind> kinds() {
    return kinds;
  }

  boolean isNumber() {
    return this == VALUE || this == SCORE || this == LIMIT;
  }

  boolean isText() {
    return !isNumber() && this != TIME;
  }

  /** Whether it is the name of the signal, so that a set of names decides a comparison. */
  boolean isName() {
    return switch (this) {
      case SYMPTOM, CLEARED, FAULT_CODE, MAINTENANCE_COMPONENT, STATE, READING_CHANNEL -> true;
      default -> false;
    };
  }

  CelType celType() {
    return isNumber() ? SimpleType.DOUBLE : this == TIME ? SimpleType.TIMESTAMP : SimpleType.STRING;
  }

  /** Number of a number field; NaN when the signal has none. */
  double number(Signal signal) {
    if (!kinds.contains(signal.kind())) {
      return Double.NaN;
    }
    return switch (this) {
      case VALUE -> signal.value();
      case SCORE -> signal.score();
      case LIMIT -> signal.limit();
      default -> throw new IllegalStateException(variable + " is not a number");
    };
  }

  /** Text of a text field, detector ids not yet translated; empty when the signal has none. */
  String text(Signal signal) {
    if (!kinds.contains(signal.kind())) {
      return "";
    }
    return switch (this) {
      case FAULT_COMPONENT -> signal.component();
      case FAULT_SEVERITY, MAINTENANCE_KIND -> signal.attribute();
      default -> signal.name();
    };
  }
}
