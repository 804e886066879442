package io.foreshock.operators.assets;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Units of channels and of devices. Two units of one quantity convert by a factor and an offset,
 * which are computed once; nothing is looked up for a reading.
 *
 * <p>Factors: NIST SP 811 (2008), appendix B.8; exact where that table prints them bold.
 */
public final class Units {
  private static final Map<String, Unit> UNITS = new HashMap<>();

  /**
   * A unit as {@code base = value * factor + offset}.
   *
   * @param quantity what it measures
   */
  private record Unit(String quantity, double factor, double offset) {}

  static {
    unit("temperature", 1, 0, "°C", "degC", "celsius");
    unit("temperature", 5 / 9.0, -160 / 9.0, "°F", "degF", "fahrenheit");
    unit("temperature", 1, -273.15, "K", "kelvin");
    unit("temperature", 5 / 9.0, -273.15, "°R", "degR");
    unit("pressure", 1, 0, "bar");
    unit("pressure", 1e-3, 0, "mbar", "hPa");
    unit("pressure", 1e-5, 0, "Pa");
    unit("pressure", 1e-2, 0, "kPa");
    unit("pressure", 10, 0, "MPa");
    unit("pressure", 0.068_947_572_931_683_6, 0, "psi");
    unit("pressure", 1.013_25, 0, "atm");
    unit("pressure", 0.002_490_889_1, 0, "inH2O");
    unit("pressure", 0.033_863_886_666_667, 0, "inHg");
    unit("pressure", 0.001_333_223_684_21, 0, "mmHg", "torr");
    unit("velocity", 1, 0, "mm/s");
    unit("velocity", 10, 0, "cm/s");
    unit("velocity", 1_000, 0, "m/s");
    unit("velocity", 1 / 0.0036, 0, "km/h");
    unit("velocity", 447.04, 0, "mph");
    unit("velocity", 25.4, 0, "in/s", "ips");
    unit("velocity", 304.8, 0, "ft/s");
    unit("velocity", 1_852 / 3.6, 0, "kn", "knot");
    unit("length", 1, 0, "µm", "um", "micron");
    unit("length", 1e3, 0, "mm");
    unit("length", 1e4, 0, "cm");
    unit("length", 1e6, 0, "m");
    unit("length", 1e9, 0, "km");
    unit("length", 25.4, 0, "mil", "thou");
    unit("length", 25_400, 0, "in");
    unit("length", 304_800, 0, "ft");
    unit("length", 1_609_344e3, 0, "mi", "mile");
    unit("acceleration", 1, 0, "g");
    unit("acceleration", 1e-3, 0, "mg");
    unit("acceleration", 1 / 9.806_65, 0, "m/s²", "m/s2");
    unit("volume flow", 1, 0, "m³/h", "m3/h");
    unit("volume flow", 3_600, 0, "m³/s", "m3/s");
    unit("volume flow", 1e-3, 0, "l/h");
    unit("volume flow", 0.06, 0, "l/min");
    unit("volume flow", 3.6, 0, "l/s");
    unit("volume flow", 0.227_124_707, 0, "gal/min", "gpm");
    unit("volume flow", 1.699_010_795_5, 0, "ft³/min", "cfm");
    unit("rotation", 1, 0, "rpm", "1/min", "min⁻¹");
    unit("rotation", 60, 0, "rps", "1/s");
    unit("rotation", 60 / (2 * Math.PI), 0, "rad/s");
    unit("frequency", 1, 0, "Hz");
    unit("frequency", 1e3, 0, "kHz");
    unit("current", 1, 0, "A");
    unit("current", 1e-3, 0, "mA");
    unit("current", 1e3, 0, "kA");
    unit("voltage", 1, 0, "V");
    unit("voltage", 1e-3, 0, "mV");
    unit("voltage", 1e3, 0, "kV");
    unit("power", 1, 0, "kW");
    unit("power", 1e-3, 0, "W");
    unit("power", 1e3, 0, "MW");
    unit("power", 0.745_699_871_582_27, 0, "hp");
    unit("energy", 1, 0, "kWh");
    unit("energy", 1e-3, 0, "Wh");
    unit("energy", 1e3, 0, "MWh");
    unit("energy", 1 / 3.6, 0, "MJ");
    unit("resistance", 1, 0, "MΩ", "Mohm");
    unit("resistance", 1e-3, 0, "kΩ", "kohm");
    unit("resistance", 1e-6, 0, "Ω", "ohm");
    unit("resistance", 1e3, 0, "GΩ", "Gohm");
    unit("share", 1, 0, "%", "percent");
    unit("share", 1e-4, 0, "ppm");
    unit("share", 0.1, 0, "‰");
    unit("share", 100, 0, "");
    unit("mass", 1, 0, "kg");
    unit("mass", 1e3, 0, "t");
    unit("mass", 0.453_592_37, 0, "lb");
    unit("force", 1, 0, "N");
    unit("force", 1e3, 0, "kN");
    unit("force", 4.448_221_615_260_5, 0, "lbf");
    unit("torque", 1, 0, "Nm", "N·m");
    unit("torque", 1.355_817_948_331_4, 0, "lbf·ft", "ft·lbf");
    unit("time", 1, 0, "s");
    unit("time", 1e-3, 0, "ms");
    unit("time", 60, 0, "min");
    unit("time", 3_600, 0, "h");
    unit("volume", 1, 0, "l");
    unit("volume", 1e-3, 0, "ml");
    unit("volume", 1e3, 0, "m³", "m3");
    unit("volume", 3.785_411_784, 0, "gal");
    unit("charge", 1, 0, "pC");
    unit("charge", 1e3, 0, "nC");
    unit("level", 1, 0, "dB");
    unit("angle", 1, 0, "°", "deg");
    unit("angle", 180 / Math.PI, 0, "rad");
    unit("illuminance", 1, 0, "lx", "lux");
  }

  private Units() {}

  private static void unit(String quantity, double factor, double offset, String... names) {
    for (String name : names) {
      UNITS.put(name, new Unit(quantity, factor, offset));
    }
  }

  /**
   * How values in one unit become values in another.
   *
   * @throws IllegalArgumentException when one of them is not known, or they measure different
   *     quantities
   */
  public static Conversion conversion(String from, String to) {
    if (from.equals(to)) {
      return Conversion.NONE;
    }
    Unit source = known(from);
    Unit target = known(to);
    if (!source.quantity().equals(target.quantity())) {
      throw new IllegalArgumentException(
          "unit \"%s\" measures %s, but \"%s\" measures %s"
              .formatted(from, source.quantity(), to, target.quantity()));
    }
    return new Conversion(
        source.factor() / target.factor(), (source.offset() - target.offset()) / target.factor());
  }

  private static Unit known(String name) {
    Unit unit = UNITS.get(name);
    if (unit == null) {
      throw new IllegalArgumentException(
          "unit \"%s\" is not known; known are %s".formatted(name, String.join(", ", names())));
    }
    return unit;
  }

  /** Every name of a unit, in alphabetical order. */
  public static Set<String> names() {
    return new TreeSet<>(UNITS.keySet());
  }

  /** {@code value * factor + offset}. */
  public record Conversion(double factor, double offset) {
    public static final Conversion NONE = new Conversion(1, 0);

    public double apply(double value) {
      return value * factor + offset;
    }
  }
}
