package io.foreshock.operators.features.definition;

import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.operators.features.definition.Aggregate.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the aggregates of one feature, and says what each is called and measured in. */
final class AggregatesReader {
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,2})?)");
  private static final Map<FeatureSource.Kind, List<String>> WORDS =
      Map.of(
          FeatureSource.Kind.CHANNEL,
          List.of(
              "count", "mean", "min", "max", "std", "slope", "time-above", "time-below", "energy"),
          FeatureSource.Kind.FAULT_CODE,
          List.of("count", "rate"),
          FeatureSource.Kind.ENTERED,
          List.of("count", "rate"),
          FeatureSource.Kind.MAINTENANCE,
          List.of("time-since", "cycles-since"),
          FeatureSource.Kind.SESSIONS,
          List.of(
              "ended",
              "starts-per-day",
              "total-duration",
              "mean-duration",
              "max-duration",
              "total-energy",
              "mean-energy",
              "time-since-last"));

  private final Fields fields;
  private final FeatureSource.Kind source;
  private final boolean measured;
  private final String unit;

  AggregatesReader(Fields fields, FeatureSource source, String unit) {
    this.fields = fields;
    this.source = source.kind();
    this.measured = source.sessions() == null || !source.sessions().measure().isEmpty();
    this.unit = unit;
  }

  List<Aggregate> read(Duration gap) {
    List<Aggregate> aggregates = new ArrayList<>();
    if (!fields.has("aggregates")) {
      fields.missing("aggregates", "Use some of " + String.join(", ", WORDS.get(source)) + ".");
    }
    for (String word : fields.texts("aggregates")) {
      Aggregate aggregate = aggregate(word, gap);
      if (aggregate != null) {
        aggregates.add(aggregate);
      }
    }
    unused("above", aggregates, Kind.TIME_ABOVE, "time-above");
    unused("below", aggregates, Kind.TIME_BELOW, "time-below");
    if (fields.has("gap") && aggregates.stream().noneMatch(Aggregate::isOverTime)) {
      fields.problem("gap", "goes with time-above, time-below and energy only. Leave it out.");
    }
    return aggregates;
  }

  private void unused(String key, List<Aggregate> aggregates, Kind kind, String word) {
    if (fields.has(key) && aggregates.stream().noneMatch(a -> a.kind() == kind)) {
      fields.problem(key, "goes with the aggregate " + word + " only. Add it, or leave this out.");
    }
  }

  private Aggregate aggregate(String word, Duration gap) {
    Matcher percentile = PERCENTILE.matcher(word);
    if (source == FeatureSource.Kind.CHANNEL && percentile.matches()) {
      double percent = Double.parseDouble(percentile.group(1));
      if (percent <= 0) {
        fields.problem("aggregates", "name the percentile p0. Use min.");
        return null;
      }
      return new Aggregate(Kind.PERCENTILE, percent, Duration.ZERO);
    }
    List<String> words = WORDS.get(source);
    if (!words.contains(word)) {
      fields.problem(
          "aggregates",
          "name an unknown aggregate \""
              + word
              + "\". "
              + Suggestions.forName(word, words)
              + (source == FeatureSource.Kind.CHANNEL
                  ? " Percentiles are p50, p99.9 and so on."
                  : ""));
      return null;
    }
    if (!measured && word.endsWith("-energy")) {
      fields.problem(
          "aggregates",
          "name "
              + word
              + ", but the sessions measure nothing. Add e.g. \"measure: motor_power_kw\" to them.");
      return null;
    }
    Kind kind = Kind.valueOf(word.replace('-', '_').toUpperCase(java.util.Locale.ROOT));
    double limit =
        kind == Kind.TIME_ABOVE
            ? limit("above")
            : kind == Kind.TIME_BELOW ? limit("below") : Double.NaN;
    Aggregate plain = new Aggregate(kind, limit, Duration.ZERO);
    return plain.isOverTime() ? new Aggregate(kind, limit, gap) : plain;
  }

  private double limit(String key) {
    if (!fields.has(key)) {
      fields.missing(key, "Give the limit, e.g. \"" + key + ": 7.1\".");
      return Double.NaN;
    }
    String text = fields.text(key);
    Quantities.Number number = text == null ? null : Quantities.number(text);
    if (number == null || !number.unit().isEmpty() && !number.unit().equals(unit)) {
      fields.problem(
          key,
          "must be a number"
              + (unit.isEmpty() ? "" : " in \"" + unit + "\"")
              + ", but is \""
              + text
              + "\".");
      return Double.NaN;
    }
    return number.value();
  }

  /** The word of an aggregate in documents and names of columns. */
  static String word(Aggregate aggregate) {
    return aggregate.kind() == Kind.PERCENTILE
        ? 'p' + Quantities.text(aggregate.parameter())
        : Fields.kebab(aggregate.kind());
  }

  static String describe(Aggregate aggregate, String unit) {
    String limit = Quantities.text(aggregate.parameter()) + (unit.isEmpty() ? "" : ' ' + unit);
    return switch (aggregate.kind()) {
      case COUNT -> "number";
      case MEAN -> "mean";
      case MIN -> "smallest value";
      case MAX -> "largest value";
      case STD -> "standard deviation";
      case SLOPE -> "slope of the least-squares line";
      case PERCENTILE -> Quantities.text(aggregate.parameter()) + "th percentile";
      case TIME_ABOVE -> "time above " + limit;
      case TIME_BELOW -> "time below " + limit;
      case ENERGY -> "integral over time";
      case RATE -> "number per day";
      case TIME_SINCE -> "time since work was done";
      case CYCLES_SINCE -> "starts since work was done";
      case ENDED -> "sessions that are over";
      case STARTS_PER_DAY -> "sessions per day, an open one included";
      case TOTAL_DURATION -> "time in sessions that are over";
      case MEAN_DURATION -> "mean duration of sessions that are over";
      case MAX_DURATION -> "longest session that is over";
      case TOTAL_ENERGY -> "integral over sessions that are over";
      case MEAN_ENERGY -> "mean integral over a session that is over";
      case TIME_SINCE_LAST -> "time since it last ran";
      case PEERS, DEVIATION, FLEET_MEDIAN, FLEET_SPREAD ->
          throw new IllegalStateException(aggregate.kind() + " is described by its column");
    };
  }

  /** Unit of the value, of a channel in {@code unit}. */
  static String unit(Aggregate aggregate, String unit) {
    return switch (aggregate.kind()) {
      case COUNT, CYCLES_SINCE, ENDED -> "";
      case MEAN, MIN, MAX, STD, PERCENTILE -> unit;
      case SLOPE -> unit.isEmpty() ? "1/h" : unit + "/h";
      case TIME_ABOVE, TIME_BELOW, TOTAL_DURATION, MEAN_DURATION, MAX_DURATION -> "s";
      case ENERGY, TOTAL_ENERGY, MEAN_ENERGY ->
          unit.isEmpty() ? "h" : unit.endsWith("W") ? unit + 'h' : unit + "·h";
      case PEERS, DEVIATION, FLEET_MEDIAN, FLEET_SPREAD ->
          throw new IllegalStateException(aggregate.kind() + " has the unit of its column");
      case RATE, STARTS_PER_DAY -> "1/d";
      case TIME_SINCE, TIME_SINCE_LAST -> "h";
    };
  }
}
