package io.foreshock.mqtt;

import java.util.List;
import java.util.TreeSet;

/**
 * Units that devices send and how they become the unit of a channel, which stands at the end of the
 * channel's name. Factors are exact by definition of the units (SI brochure; psi: pound-force by
 * NIST SP 811, appendix B.8).
 */
final class Units {

  /** A value in this unit, times factor plus offset, is in the dimension's base unit. */
  private record Unit(
      String symbol, String suffix, String dimension, double factor, double offset) {}

  private static final List<Unit> ALL =
      List.of(
          new Unit("°C", "_c", "temperature", 1, 0),
          new Unit("°F", "", "temperature", 5 / 9.0, -160 / 9.0),
          new Unit("K", "_k", "temperature", 1, -273.15),
          new Unit("bar", "_bar", "pressure", 1e5, 0),
          new Unit("mbar", "_mbar", "pressure", 100, 0),
          new Unit("Pa", "_pa", "pressure", 1, 0),
          new Unit("hPa", "_hpa", "pressure", 100, 0),
          new Unit("kPa", "_kpa", "pressure", 1000, 0),
          new Unit("psi", "", "pressure", 6894.757293168, 0),
          new Unit("%", "_percent", "ratio", 0.01, 0),
          new Unit("1", "_ratio", "ratio", 1, 0),
          new Unit("V", "_v", "voltage", 1, 0),
          new Unit("mV", "_mv", "voltage", 1e-3, 0),
          new Unit("A", "_a", "current", 1, 0),
          new Unit("mA", "_ma", "current", 1e-3, 0),
          new Unit("W", "_w", "power", 1, 0),
          new Unit("kW", "_kw", "power", 1e3, 0),
          new Unit("mm/s", "_mm_s", "speed", 1e-3, 0),
          new Unit("m/s", "_m_s", "speed", 1, 0),
          new Unit("in/s", "", "speed", 0.0254, 0),
          new Unit("km/h", "_km_h", "speed", 1 / 3.6, 0),
          new Unit("rpm", "_rpm", "frequency", 1 / 60.0, 0),
          new Unit("Hz", "_hz", "frequency", 1, 0),
          new Unit("m³/h", "_m3_h", "flow", 1 / 3600.0, 0),
          new Unit("l/min", "_l_min", "flow", 1e-3 / 60, 0));

  private Units() {}

  /**
   * How a value in a unit becomes the unit of a channel.
   *
   * @throws IllegalArgumentException when that is not known; the message follows the name of the
   *     option
   */
  static Linear toChannel(String symbol, String channel) {
    Unit from =
        ALL.stream()
            .filter(unit -> unit.symbol.equals(symbol))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must be one of "
                            + String.join(", ", symbols())
                            + ", but is \""
                            + symbol
                            + "\"; for others use scale and offset"));
    // The longest suffix: "_km_h" also ends a name that could be read as "_h".
    Unit to =
        ALL.stream()
            .filter(unit -> !unit.suffix.isEmpty() && channel.endsWith(unit.suffix))
            .max((a, b) -> Integer.compare(a.suffix.length(), b.suffix.length()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "is set, but the name \""
                            + channel
                            + "\" ends with no known unit to convert to; use scale and offset"));
    if (!from.dimension.equals(to.dimension)) {
      throw new IllegalArgumentException(
          "is \""
              + symbol
              + "\" ("
              + from.dimension
              + "), which cannot become "
              + to.symbol
              + " ("
              + to.dimension
              + ") of channel \""
              + channel
              + '"');
    }
    return new Linear(from.factor / to.factor, (from.offset - to.offset) / to.factor);
  }

  private static TreeSet<String> symbols() {
    TreeSet<String> symbols = new TreeSet<>();
    ALL.forEach(unit -> symbols.add(unit.symbol));
    return symbols;
  }

  /** {@code value * scale + offset}. */
  record Linear(double scale, double offset) {
    static final Linear SAME = new Linear(1, 0);

    double apply(double value) {
      return value * scale + offset;
    }

    /** First this, then the other. */
    Linear then(Linear other) {
      return new Linear(scale * other.scale, offset * other.scale + other.offset);
    }
  }
}
