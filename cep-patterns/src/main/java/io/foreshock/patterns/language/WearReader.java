package io.foreshock.patterns.language;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import io.foreshock.operators.detect.DetectorSpec.Season;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.VectorDetector;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the detectors of wear: a part that stands out, a degradation, what is out of season. */
final class WearReader {
  static final List<String> DETECTORS = List.of("seasonal", "stands-out", "degradation");

  private static final String BASELINE_EXAMPLE = "24h";

  private static final int MOST_PARTS = 336;

  private final Fields fields;
  private final ChannelRegistry channels;
  private final ChannelValues values;

  WearReader(Fields fields, ChannelRegistry channels, ChannelValues values) {
    this.fields = fields;
    this.channels = channels;
    this.values = values;
  }

  /** The detector; its fields are defaults where a problem was reported. */
  DetectorSpec read(String name) {
    return switch (name) {
      case "seasonal" -> seasonal();
      case "stands-out" -> standsOut();
      default -> degradation();
    };
  }

  private DetectorSpec seasonal() {
    String channel = values.channel(true);
    if (!fields.has("season")) {
      fields.missing("season", "Use \"season: daily\" or \"season: weekly\".");
    }
    Season season = fields.word("season", Season.DAILY, Season.values(), Fields::kebab);
    Integer parts = fields.whole("parts", 1, MOST_PARTS);
    Duration baseline = required("baseline", "14d");
    Duration least = Duration.ofDays(season == Season.DAILY ? 2 : 14);
    if (fields.has("baseline") && baseline.compareTo(least) < 0) {
      fields.problem(
          "baseline",
          "must hold two seasons at least ("
              + Quantities.text(least)
              + "), but is "
              + Quantities.text(baseline)
              + ".");
    }
    boolean below = fields.has("below");
    if (below && fields.has("above")) {
      fields.problem("below", "and \"above\" exclude each other. Make two symptoms.");
    } else if (!below && !fields.has("above")) {
      fields.missing("above", "Give the limit as \"above\" or \"below\".");
    }
    double limit = values.sigma(below ? "below" : "above", Double.NaN);
    return new DetectorSpec.Seasonal(
        channel,
        season,
        parts != null ? parts : season == Season.DAILY ? 24 : 168,
        zone(),
        baseline,
        below ? Side.BELOW : Side.ABOVE,
        limit,
        clear(limit),
        optional("smooth"),
        optional("for"),
        fields.text("relearnOn", ""));
  }

  private ZoneId zone() {
    String zone = fields.text("zone", "UTC");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      fields.problem(
          "zone",
          "must be a time zone, but is \"" + zone + "\". Use e.g. \"Europe/Berlin\" or \"UTC\".");
      return ZoneId.of("UTC");
    }
  }

  private DetectorSpec standsOut() {
    String channel = values.channel(true);
    Set<String> named = new HashSet<>(Set.of(channel));
    List<String> peers = channels("peers", named, "List the channels to compare it with.");
    limitCount("peers", named.size());
    double limit = values.sigma("above", Double.NaN);
    if (!fields.has("above")) {
      fields.missing("above", "Use e.g. \"above: 4 sigma\".");
    }
    return new DetectorSpec.StandsOut(
        channel,
        peers,
        required("baseline", BASELINE_EXAMPLE),
        limit,
        clear(limit),
        optional("smooth"),
        optional("for"),
        fields.text("relearnOn", ""));
  }

  private DetectorSpec degradation() {
    Set<String> named = new HashSet<>();
    List<String> rising = fields.has("rising") ? channels("rising", named, "") : List.of();
    List<String> falling = fields.has("falling") ? channels("falling", named, "") : List.of();
    if (!fields.has("rising") && !fields.has("falling")) {
      fields.missing(
          "rising", "List the channels that rise with wear, or that fall (\"falling\").");
    }
    limitCount(fields.has("rising") ? "rising" : "falling", named.size());
    Duration remaining = required("remaining", "60h");
    Growth growth = growth();
    if (fields.has("longest")
        && fields.has("remaining")
        && remaining.multipliedBy(3).compareTo(growth.longest().multipliedBy(2)) > 0) {
      fields.problem(
          "remaining",
          "must be at most two thirds of \"longest\" ("
              + Quantities.text(growth.longest())
              + "), because the symptom ends when 1.5 times that is forecast, but is "
              + Quantities.text(remaining)
              + ".");
    }
    return new DetectorSpec.Degradation(
        rising,
        falling,
        required("baseline", BASELINE_EXAMPLE),
        optional("smooth"),
        growth,
        remaining,
        optional("for"),
        fields.text("relearnOn", ""));
  }

  private Growth growth() {
    double begins = sigma("begins", "1 sigma");
    double fails = sigma("fails", "6 sigma");
    if (begins >= fails) {
      fields.problem("begins", "must be below \"fails\": wear begins before the machine fails.");
    }
    double perHour = perHour("growth", Double.NaN);
    if (!fields.has("growth")) {
      fields.missing("growth", "Say how fast the index grows once wear began, e.g. \"2 % per h\".");
    }
    return new Growth(
        begins,
        fails,
        share("failsSpread", 0.2),
        perHour,
        perHour("growthSpread", perHour / 2),
        share("scatter", 0.3),
        required("longest", "10d"));
  }

  private double sigma(String key, String example) {
    if (!fields.has(key)) {
      fields.missing(key, "Use e.g. \"" + key + ": " + example + "\".");
    }
    return values.sigma(key, Double.NaN);
  }

  private double clear(double limit) {
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
    return clear;
  }

  /** A share in percent above zero; the default when absent. */
  private double share(String key, double whenAbsent) {
    String text = fields.text(key);
    if (text == null) {
      return whenAbsent;
    }
    Quantities.Number number = Quantities.number(text);
    if (number == null || !number.unit().equals("%") || number.value() <= 0) {
      fields.problem(key, "must be a positive share, but is \"" + text + "\". Use e.g. \"20 %\".");
      return whenAbsent;
    }
    return number.value() / 100;
  }

  /** A relative change, e.g. {@code 2 % per d}, per hour; the default when absent. */
  private double perHour(String key, double whenAbsent) {
    String text = fields.text(key);
    if (text == null) {
      return whenAbsent;
    }
    Quantities.Number number = Quantities.number(text);
    double seconds =
        number == null || !number.unit().startsWith("% per ")
            ? Double.NaN
            : Quantities.seconds(number.unit().substring("% per ".length()).strip());
    if (!(seconds > 0) || number.value() <= 0) {
      fields.problem(
          key,
          "must be a positive change per time, but is \"" + text + "\". Use e.g. \"2 % per d\".");
      return whenAbsent;
    }
    return number.value() / 100 / seconds * 3_600;
  }

  /** Channels that nobody named before. */
  private List<String> channels(String key, Set<String> named, String wayOut) {
    if (!fields.has(key)) {
      fields.missing(key, wayOut);
    }
    List<String> list = new ArrayList<>();
    for (String name : fields.texts(key)) {
      if (channels.find(name) == null) {
        fields.problem(
            key,
            "names an unknown channel \""
                + name
                + "\". "
                + Suggestions.forName(name, channels.channels().keySet()));
      } else if (!named.add(name)) {
        fields.problem(key, "names \"" + name + "\" a second time. Keep one.");
      } else {
        list.add(name);
      }
    }
    return list;
  }

  private void limitCount(String key, int count) {
    if (count > VectorDetector.MOST_CHANNELS) {
      fields.problem(
          key,
          "makes "
              + count
              + " channels, but "
              + VectorDetector.MOST_CHANNELS
              + " are the most. Leave out those that say least.");
    }
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
    return duration == null ? Duration.ofDays(14) : duration;
  }
}
