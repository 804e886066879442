package io.foreshock.patterns.language;

import io.foreshock.model.LineFrequency;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import java.util.Map;

/** Reads numbers with the units of waveforms. */
final class WaveformValues {

  private WaveformValues() {}

  /**
   * A number in a unit, between two bounds (exclusive); NaN when absent or wrong.
   *
   * @param example what a right one looks like
   */
  static double number(
      Fields fields, String key, String unit, double above, double below, String example) {
    String text = fields.text(key);
    if (text == null) {
      return Double.NaN;
    }
    Quantities.Number number = Quantities.number(text);
    if (number != null
        && number.unit().equals(unit)
        && number.value() > above
        && number.value() < below) {
      return number.value();
    }
    fields.problem(
        key,
        "must be a number in "
            + unit
            + " above "
            + Quantities.text(Math.ceil(above))
            + " and below "
            + Quantities.text(below)
            + ", but is \""
            + text
            + "\". Use e.g. \""
            + example
            + "\".");
    return Double.NaN;
  }

  /** A frequency in Hz or kHz; the default when absent or wrong. */
  static double hertz(Fields fields, String key, double whenAbsent) {
    String text = fields.text(key);
    if (text == null) {
      return whenAbsent;
    }
    Quantities.Number number = Quantities.number(text);
    double factor =
        number == null
            ? Double.NaN
            : switch (number.unit()) {
              case "Hz" -> 1;
              case "kHz" -> 1_000;
              default -> Double.NaN;
            };
    if (number != null && number.value() > 0 && factor > 0) {
      return number.value() * factor;
    }
    fields.problem(
        key, "must be a frequency above 0, but is \"" + text + "\". Use e.g. \"2.5 kHz\".");
    return whenAbsent;
  }

  /** A named line, a multiple of the shaft's frequency or a fixed one; null when wrong. */
  static LineFrequency line(Fields fields, String key, Map<String, LineFrequency> known) {
    String text = fields.text(key);
    if (text == null) {
      return null;
    }
    LineFrequency named = known.get(text);
    if (named != null) {
      return named;
    }
    Quantities.Number number = Quantities.number(text);
    if (number != null && number.value() > 0) {
      switch (number.unit()) {
        case "x":
          return new LineFrequency(0, number.value());
        case "Hz":
          return new LineFrequency(number.value(), 0);
        case "kHz":
          return new LineFrequency(1_000 * number.value(), 0);
        default:
          break;
      }
    }
    fields.problem(
        key,
        "must be one of "
            + WaveformReader.examples(known)
            + ", but is \""
            + text
            + "\"."
            + (text.matches("bpfo|bpfi|bsf|ftf") ? " Add the dimensions of the \"bearing\"." : "")
            + (text.matches("gear-mesh|other-shaft") ? " Add the teeth of the \"gear\"." : ""));
    return null;
  }
}
