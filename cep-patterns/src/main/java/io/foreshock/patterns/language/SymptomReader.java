package io.foreshock.patterns.language;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads one symptom: which detector, and its parameters. */
final class SymptomReader {
  static final List<String> DETECTORS =
      Stream.of(
              List.of(
                  "threshold", "drift", "step", "trend", "rate-of-change", "flat-line", "silence"),
              VectorReader.DETECTORS,
              WearReader.DETECTORS)
          .flatMap(List::stream)
          .toList();

  private final Fields fields;
  private final ChannelRegistry channels;
  private final ChannelValues values;

  SymptomReader(Fields fields, ChannelRegistry channels) {
    this.fields = fields;
    this.channels = channels;
    this.values = new ChannelValues(fields, channels);
  }

  /** The detector, or null when a problem was reported. */
  DetectorSpec read() {
    int before = fields.problems().count();
    DetectorSpec spec = detector();
    return fields.problems().count() > before ? null : spec;
  }

  private DetectorSpec detector() {
    String name = fields.text("detector");
    if (name == null) {
      if (!fields.has("detector")) {
        fields.missing("detector", "Use one of " + String.join(", ", DETECTORS) + ".");
      }
      return null;
    }
    if (!DETECTORS.contains(name)) {
      fields.problem(
          "detector",
          "names an unknown detector \"" + name + "\". " + Suggestions.forName(name, DETECTORS));
      return null;
    }
    if (VectorReader.DETECTORS.contains(name)) {
      DetectorSpec spec = new VectorReader(fields, channels, values).read(name);
      fields.noOthers();
      return spec;
    }
    if (WearReader.DETECTORS.contains(name)) {
      DetectorSpec spec = new WearReader(fields, channels, values).read(name);
      fields.noOthers();
      return spec;
    }
    String channel = values.channel(!name.equals("silence"));
    DetectorSpec spec =
        switch (name) {
          case "threshold" -> threshold(channel);
          case "drift" -> drift(channel);
          case "step" -> step(channel);
          case "trend" -> trend(channel);
          case "rate-of-change" -> rateOfChange(channel);
          case "flat-line" -> flatLine(channel);
          default -> new DetectorSpec.Silence(channel, required("for", "30 min"));
        };
    fields.noOthers();
    return spec;
  }

  private DetectorSpec threshold(String channel) {
    Side side = side("above", "below");
    boolean above = side == Side.ABOVE;
    String limitKey = above ? "above" : "below";
    String clearKey = above ? "clearBelow" : "clearAbove";
    String wrongKey = above ? "clearAbove" : "clearBelow";
    double limit = values.limit(limitKey);
    if (fields.has(wrongKey)) {
      fields.problem(
          wrongKey, "does not go with \"" + limitKey + "\". Use \"" + clearKey + "\" instead.");
    }
    double clear = values.value(clearKey);
    if (!fields.has(clearKey) && !fields.has(wrongKey)) {
      fields.missing(
          clearKey, "Say where the symptom ends, so that a value near the limit does not flutter.");
    }
    if (above ? clear >= limit : clear <= limit) {
      fields.problem(
          clearKey,
          "must be "
              + (above ? "below" : "above")
              + " the limit of "
              + values.inUnit(limit)
              + ", but is "
              + values.inUnit(clear)
              + ".");
    }
    return new DetectorSpec.Threshold(
        channel, side, limit, clear, optional("for"), optional("smooth"));
  }

  private DetectorSpec drift(String channel) {
    Duration baseline = required("baseline", "24h");
    Side side = side("above", "below");
    double limit = values.sigma(side == Side.ABOVE ? "above" : "below", Double.NaN);
    double clear = values.sigma("clear", limit / 2);
    if (clear >= limit) {
      fields.problem(
          "clear",
          "must be smaller than the limit of "
              + Quantities.text(limit)
              + " sigma, but is "
              + Quantities.text(clear)
              + " sigma.");
    }
    return new DetectorSpec.Drift(
        channel,
        baseline,
        side,
        limit,
        clear,
        optional("smooth"),
        optional("for"),
        fields.text("relearnOn", ""));
  }

  private DetectorSpec step(String channel) {
    return new DetectorSpec.Step(
        channel,
        required("baseline", "24h"),
        values.sigma("shift", 1),
        values.sigma("decision", 5),
        fields.text("relearnOn", ""));
  }

  private DetectorSpec trend(String channel) {
    Duration over = required("over", "24h");
    Side side = side("rising", "falling");
    String key = side == Side.ABOVE ? "rising" : "falling";
    double perHour = values.perSecond(key) * 3_600;
    if (perHour <= 0) {
      fields.problem(key, "must be above zero; the word says the direction.");
    }
    return new DetectorSpec.Trend(
        channel,
        over,
        side,
        side == Side.ABOVE ? perHour : -perHour,
        values.sigma("significance", 3));
  }

  private DetectorSpec rateOfChange(String channel) {
    if (!fields.has("above")) {
      fields.missing("above", "Use e.g. \"above: 5 °C per min\".");
    }
    double limit = values.perSecond("above");
    if (limit <= 0) {
      fields.problem("above", "must be above zero; a fall counts like a rise.");
    }
    return new DetectorSpec.RateOfChange(channel, limit, required("maximumGap", "10 min"));
  }

  private DetectorSpec flatLine(String channel) {
    double tolerance = fields.has("tolerance") ? values.value("tolerance") : 0;
    if (tolerance < 0) {
      fields.problem("tolerance", "must not be negative.");
    }
    return new DetectorSpec.FlatLine(channel, tolerance, required("for", "6h"));
  }

  private Side side(String up, String down) {
    boolean hasUp = fields.has(up);
    boolean hasDown = fields.has(down);
    if (hasUp && hasDown) {
      fields.problem(down, "and \"" + up + "\" exclude each other. Make two symptoms.");
    } else if (!hasUp && !hasDown) {
      fields.missing(up, "Give the limit as \"" + up + "\" or \"" + down + "\".");
    }
    return hasDown && !hasUp ? Side.BELOW : Side.ABOVE;
  }

  private Duration optional(String key) {
    Duration duration = fields.duration(key);
    return duration == null ? Duration.ZERO : duration;
  }

  private Duration required(String key, String example) {
    if (!fields.has(key)) {
      fields.missing(key, "Use e.g. \"" + key + ": " + example + "\".");
    }
    Duration duration = fields.duration(key);
    return duration == null ? Duration.ofSeconds(1) : duration;
  }
}
