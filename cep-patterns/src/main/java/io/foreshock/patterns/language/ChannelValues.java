package io.foreshock.patterns.language;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;

/** Reads a detector's channel and the numbers that are in its unit. */
final class ChannelValues {
  private static final String SIGMA = "sigma";

  private final Fields fields;
  private final ChannelRegistry channels;

  /** The detector's channel; null when absent or unknown, which has been reported. */
  private Channel channel;

  ChannelValues(Fields fields, ChannelRegistry channels) {
    this.fields = fields;
    this.channels = channels;
  }

  /** Name of the channel; empty when there is none. */
  String channel(boolean required) {
    String name = fields.text("channel");
    if (name == null) {
      if (required && !fields.has("channel")) {
        fields.missing("channel", "Name the channel to watch.");
      }
      return "";
    }
    channel = channels.find(name);
    if (channel == null) {
      fields.problem(
          "channel",
          "names an unknown channel \""
              + name
              + "\". "
              + Suggestions.forName(name, channels.channels().keySet()));
    }
    return name;
  }

  /** A value in the channel's unit; NaN when absent or wrong. */
  double value(String key) {
    Quantities.Number number = number(key, "Use e.g. \"" + example("") + "\".");
    if (number == null) {
      return Double.NaN;
    }
    return unitFits(key, number.unit(), "") ? number.value() : Double.NaN;
  }

  /** A limit that a reading must be able to pass; NaN when absent or wrong. */
  double limit(String key) {
    double value = value(key);
    if (channel != null && (value >= channel.maximum() || value <= channel.minimum())) {
      fields.problem(
          key,
          "is "
              + inUnit(value)
              + ", outside of what "
              + channel.name()
              + " can report ("
              + Quantities.text(channel.minimum())
              + " to "
              + inUnit(channel.maximum())
              + "). Choose a limit inside.");
      return Double.NaN;
    }
    return value;
  }

  /** A change of the channel per time, e.g. {@code 5 °C per min}, per second; NaN when wrong. */
  double perSecond(String key) {
    Quantities.Number number = number(key, "Use e.g. \"" + example(" per min") + "\".");
    if (number == null) {
      return Double.NaN;
    }
    int per = number.unit().lastIndexOf("per ");
    double seconds =
        per < 0 ? Double.NaN : Quantities.seconds(number.unit().substring(per + 4).strip());
    if (Double.isNaN(seconds)) {
      fields.problem(
          key,
          "must say per which time, but is \""
              + fields.text(key)
              + "\". Use e.g. \""
              + example(" per min")
              + "\".");
      return Double.NaN;
    }
    return unitFits(key, number.unit().substring(0, per).strip(), " per …")
        ? number.value() / seconds
        : Double.NaN;
  }

  /** A number of standard errors, e.g. {@code 4 sigma}; the default when absent. */
  double sigma(String key, double whenAbsent) {
    Quantities.Number number = number(key, "Use e.g. \"4 sigma\".");
    if (number == null) {
      return whenAbsent;
    }
    if (!number.unit().equals(SIGMA) || number.value() <= 0) {
      fields.problem(
          key,
          "must be a positive number of sigma, but is \""
              + fields.text(key)
              + "\". Use e.g. \"4 sigma\".");
      return whenAbsent;
    }
    return number.value();
  }

  private Quantities.Number number(String key, String wayOut) {
    String text = fields.text(key);
    if (text == null) {
      return null;
    }
    Quantities.Number number = Quantities.number(text);
    if (number == null) {
      fields.problem(key, "must be a number, but is \"" + text + "\". " + wayOut);
    }
    return number;
  }

  private boolean unitFits(String key, String unit, String suffix) {
    if (channel == null || unit.isEmpty() || unit.equals(channel.unit())) {
      return true;
    }
    String wayOut =
        unit.equals(SIGMA)
            ? "Use the detector drift for limits in sigma."
            : channel.unit().isEmpty()
                ? "Leave the unit out."
                : "Convert it to \"" + channel.unit() + suffix + "\".";
    fields.problem(
        key,
        "is in \""
            + unit
            + "\", but channel "
            + channel.name()
            + (channel.unit().isEmpty() ? " has no unit. " : " is in \"" + channel.unit() + "\". ")
            + wayOut);
    return false;
  }

  String inUnit(double value) {
    return Quantities.text(value)
        + (channel == null || channel.unit().isEmpty() ? "" : ' ' + channel.unit());
  }

  private String example(String suffix) {
    return "7.1"
        + (channel == null || channel.unit().isEmpty() ? "" : ' ' + channel.unit())
        + suffix;
  }
}
