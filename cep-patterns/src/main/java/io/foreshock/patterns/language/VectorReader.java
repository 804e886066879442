package io.foreshock.patterns.language;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Statistic;
import io.foreshock.operators.detect.VectorDetector;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the detectors that watch several channels together. */
final class VectorReader {
  static final List<String> DETECTORS = List.of("multivariate", "change-point");

  /** Clearing limit where none is given, as a share of the limit. */
  private static final double CLEAR_SHARE = 0.6;

  private final Fields fields;
  private final ChannelRegistry channels;
  private final ChannelValues values;

  VectorReader(Fields fields, ChannelRegistry channels, ChannelValues values) {
    this.fields = fields;
    this.channels = channels;
    this.values = values;
  }

  /** The detector; its fields are defaults where a problem was reported. */
  DetectorSpec read(String name) {
    List<String> names = channels();
    Duration baseline = baseline();
    Duration smooth = optional("smooth");
    return name.equals("multivariate")
        ? multivariate(names, baseline, smooth)
        : changePoint(names, baseline, smooth);
  }

  private DetectorSpec multivariate(List<String> names, Duration baseline, Duration smooth) {
    Statistic statistic =
        fields.word("statistic", Statistic.MAHALANOBIS, Statistic.values(), Fields::kebab);
    double limit = Double.NaN;
    double rate = Double.NaN;
    double clear = CLEAR_SHARE;
    if (fields.has("above") == fields.has("falseAlarmRate")) {
      fields.problem(
          fields.has("above") ? "above" : "statistic",
          "needs either \"above: 6 sigma\" or \"falseAlarmRate: 0.1 %\", and not both.");
    } else if (fields.has("falseAlarmRate")) {
      rate = rate();
      if (fields.has("clear")) {
        fields.problem("clear", "goes with \"above\". With a rate, the symptom ends at 60 %.");
      }
    } else {
      limit = statistic("above", statistic);
      if (fields.has("clear")) {
        clear = statistic("clear", statistic) / limit;
      }
      if (clear > 1) {
        fields.problem("clear", "must not be larger than \"above\".");
      }
    }
    Duration follow = optional("follow");
    if (!follow.isZero() && follow.compareTo(smooth) <= 0) {
      fields.problem(
          "follow",
          "must be longer than \"smooth\" ("
              + Quantities.text(smooth)
              + "): a location as quick as the average hides every change.");
    }
    return new DetectorSpec.Multivariate(
        names,
        baseline,
        statistic,
        limit,
        rate,
        clear,
        smooth,
        follow,
        optional("for"),
        optional("clearAfter"),
        optional("gap"),
        fields.text("relearnOn", ""));
  }

  private DetectorSpec changePoint(List<String> names, Duration baseline, Duration smooth) {
    if (!fields.has("above")) {
      fields.missing("above", "Use e.g. \"above: 5 sigma\".");
    }
    Duration over = required("over", "1 min");
    if (over.compareTo(smooth) <= 0) {
      fields.problem(
          "over",
          "must be longer than \"smooth\" ("
              + Quantities.text(smooth)
              + "): it says how far back the level before a change is known from.");
    }
    return new DetectorSpec.ChangePoint(
        names,
        baseline,
        values.sigma("above", Double.NaN),
        smooth,
        over,
        required("settle", "30 s"),
        optional("gap"),
        fields.text("relearnOn", ""));
  }

  private List<String> channels() {
    if (!fields.has("channels")) {
      fields.missing("channels", "List the channels to watch together.");
      return List.of();
    }
    List<String> names = fields.texts("channels");
    Set<String> known = new LinkedHashSet<>();
    for (String name : names) {
      if (channels.find(name) == null) {
        fields.problem(
            "channels",
            "names an unknown channel \""
                + name
                + "\". "
                + Suggestions.forName(name, channels.channels().keySet()));
      } else if (!known.add(name)) {
        fields.problem("channels", "names \"" + name + "\" twice. Keep one.");
      }
    }
    if (names.size() > VectorDetector.MOST_CHANNELS) {
      fields.problem(
          "channels",
          "must be at most "
              + VectorDetector.MOST_CHANNELS
              + ", but are "
              + names.size()
              + ". Make two symptoms of those that belong together.");
    }
    return names;
  }

  /** A limit in the statistic's own unit: sigma for a distance, none for squares. */
  private double statistic(String key, Statistic statistic) {
    if (statistic == Statistic.MAHALANOBIS) {
      return values.sigma(key, Double.NaN);
    }
    Quantities.Number number = Quantities.number(fields.text(key, ""));
    if (number == null || !number.unit().isEmpty() || number.value() <= 0) {
      fields.problem(
          key,
          "must be a positive number without unit, for "
              + Fields.kebab(statistic)
              + " is a sum of squares, but is \""
              + fields.text(key)
              + "\". Use e.g. \"40\".");
      return Double.NaN;
    }
    return number.value();
  }

  private double rate() {
    Quantities.Number number = Quantities.number(fields.text("falseAlarmRate", ""));
    if (number == null
        || !number.unit().equals("%")
        || number.value() <= 0
        || number.value() >= 50) {
      fields.problem(
          "falseAlarmRate",
          "must be above 0 % and below 50 %, but is \""
              + fields.text("falseAlarmRate")
              + "\". Use e.g. \"0.1 %\".");
      return Double.NaN;
    }
    return number.value() / 100;
  }

  private Duration baseline() {
    return required("baseline", "24h");
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
    return duration == null ? Duration.ofDays(1) : duration;
  }
}
