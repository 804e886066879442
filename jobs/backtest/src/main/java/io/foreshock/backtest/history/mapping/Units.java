package io.foreshock.backtest.history.mapping;

import java.util.HashMap;
import java.util.Map;

/**
 * Units that are converted into each other. Factors are exact by definition (SI brochure, 9th
 * edition; NIST Special Publication 811, appendix B), {@code hp} is the mechanical one.
 */
final class Units {
  private static final double POUND_FORCE_NEWTON = 0.45359237 * 9.80665;
  private static final double INCH_METRE = 0.0254;
  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    add("temperature", 1, 273.15, "°C", "C", "degC", "Celsius");
    add("temperature", 5 / 9.0, 459.67 * 5 / 9, "°F", "F", "degF", "Fahrenheit");
    add("temperature", 1, 0, "K");
    add("pressure", 1, 0, "Pa");
    add("pressure", 1e3, 0, "kPa");
    add("pressure", 1e6, 0, "MPa");
    add("pressure", 1e5, 0, "bar");
    add("pressure", 100, 0, "mbar", "hPa");
    add("pressure", POUND_FORCE_NEWTON / (INCH_METRE * INCH_METRE), 0, "psi");
    add("velocity", 1, 0, "m/s");
    add("velocity", 1e-3, 0, "mm/s");
    add("velocity", INCH_METRE, 0, "in/s", "ips");
    add("velocity", 1 / 3.6, 0, "km/h");
    add("velocity", 1609.344 / 3600, 0, "mph");
    add("length", 1, 0, "m");
    add("length", 1e3, 0, "km");
    add("length", 1e-3, 0, "mm");
    add("length", 1e-6, 0, "µm", "um", "μm");
    add("length", INCH_METRE, 0, "in");
    add("length", INCH_METRE / 1000, 0, "mil");
    add("acceleration", 9.80665, 0, "g");
    add("acceleration", 1, 0, "m/s²", "m/s2");
    add("current", 1, 0, "A");
    add("current", 1e-3, 0, "mA");
    add("voltage", 1, 0, "V");
    add("voltage", 1e-3, 0, "mV");
    add("voltage", 1e3, 0, "kV");
    add("power", 1, 0, "W");
    add("power", 1e3, 0, "kW");
    add("power", 1e6, 0, "MW");
    add("power", 550 * 0.3048 * POUND_FORCE_NEWTON, 0, "hp");
    add("resistance", 1e-3, 0, "mΩ", "mOhm");
    add("resistance", 1, 0, "Ω", "Ohm");
    add("resistance", 1e3, 0, "kΩ", "kOhm");
    add("resistance", 1e6, 0, "MΩ", "MOhm");
    add("flow", 1 / 3600.0, 0, "m³/h", "m3/h");
    add("flow", 1, 0, "m³/s", "m3/s");
    add("flow", 1e-3 / 3600, 0, "l/h", "L/h");
    add("flow", 1e-3 / 60, 0, "l/min", "L/min");
    add("flow", 1e-3, 0, "l/s", "L/s");
    add("flow", 231 * INCH_METRE * INCH_METRE * INCH_METRE / 60, 0, "gpm");
    add("speed of rotation", 1, 0, "rpm", "1/min", "min-1");
    add("speed of rotation", 60, 0, "Hz", "1/s");
    add("share", 1, 0, "%", "percent");
    add("share", 100, 0, "1");
    add("share", 1e-4, 0, "ppm");
    add("charge", 1, 0, "pC");
    add("charge", 1e3, 0, "nC");
    add("level", 1, 0, "dB");
    add("time", 1, 0, "s");
    add("time", 60, 0, "min");
    add("time", 3600, 0, "h");
    add("time", 1e-3, 0, "ms");
  }

  /** Value in the base unit of its quantity = value × factor + offset. */
  private record Unit(String quantity, double factor, double offset) {}

  /** Value in the other unit = value × factor + offset. */
  record Conversion(double factor, double offset) {
    static final Conversion NONE = new Conversion(1, 0);
  }

  private Units() {}

  /** How to get from one unit to the other; null when they do not measure the same. */
  static Conversion between(String from, String to) {
    if (from.equals(to)) {
      return Conversion.NONE;
    }
    Unit source = UNITS.get(from);
    Unit target = UNITS.get(to);
    if (source == null || target == null || !source.quantity.equals(target.quantity)) {
      return null;
    }
    return new Conversion(
        source.factor / target.factor, (source.offset - target.offset) / target.factor);
  }

  /** Units that can be converted to that one, for messages. */
  static String convertibleTo(String unit) {
    Unit target = UNITS.get(unit);
    if (target == null) {
      return unit;
    }
    return String.join(
        ", ",
        UNITS.entrySet().stream()
            .filter(known -> known.getValue().quantity.equals(target.quantity))
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
  }

  private static void add(String quantity, double factor, double offset, String... names) {
    for (String name : names) {
      UNITS.put(name, new Unit(quantity, factor, offset));
    }
  }
}
