package io.foreshock.operators.features.definition;

import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads how a set is compared with the fleet: a set of its own, {@code <set>-fleet}. */
final class FleetReader {
  private static final String SUFFIX = "-fleet";
  private static final Duration DEFAULT_WAIT = Duration.ofMinutes(15);
  private static final Duration DEFAULT_REMEMBER = Duration.ofDays(7);
  private static final Duration LONGEST_MEMORY = Duration.ofDays(30);
  private static final int MOST_PEERS = 10_000;

  private final Fields fields;
  private final FeatureSet base;
  private String peersWord = "";

  FleetReader(Fields fields, FeatureSet base) {
    this.fields = fields;
    this.base = base;
  }

  /** The set; of no use when a problem was reported. */
  FeatureSet read() {
    Duration every = fields.has("every") ? fields.duration("every") : base.every();
    if (every == null || every.toMillis() % base.every().toMillis() != 0) {
      if (every != null) {
        fields.problem(
            "every",
            "must be a multiple of the period of the set, "
                + Quantities.text(base.every())
                + ", but is "
                + Quantities.text(every)
                + ".");
      }
      every = base.every();
    }
    FleetComparison.Peers peers =
        fields.word(
            "peers",
            FleetComparison.Peers.MODEL,
            FleetComparison.Peers.values(),
            FleetReader::word);
    peersWord = word(peers);
    Duration patience = within("wait", DEFAULT_WAIT, Duration.ofDays(1));
    Duration remember = within("remember", DEFAULT_REMEMBER, LONGEST_MEMORY);
    if (remember.compareTo(base.corrections()) < 0) {
      fields.problem(
          "remember",
          "must not be below the corrections of the set, "
              + Quantities.text(base.corrections())
              + ", but is "
              + Quantities.text(remember)
              + ".");
    }
    Integer minimum =
        fields.has("minimumPeers")
            ? fields.whole("minimumPeers", 2, MOST_PEERS)
            : Integer.valueOf(5);
    List<Integer> places = places();
    fields.noOthers();
    return new FeatureSet(
        base.name() + SUFFIX,
        base.version(),
        base.description()
            + ", compared with other machines of the same "
            + (peers == FleetComparison.Peers.MODEL ? "model" : "class"),
        base.scope(),
        every,
        Set.of(),
        base.slice(),
        base.corrections(),
        columns(places),
        new FleetComparison(
            base.name(), peers, patience, remember, minimum == null ? 5 : minimum, places));
  }

  private static String word(FleetComparison.Peers peers) {
    return peers == FleetComparison.Peers.MODEL ? "model" : "assetClass";
  }

  private Duration within(String key, Duration whenAbsent, Duration longest) {
    Duration duration = fields.has(key) ? fields.duration(key) : whenAbsent;
    if (duration != null && duration.compareTo(longest) > 0) {
      fields.problem(
          key,
          "must be at most "
              + Quantities.text(longest)
              + ", but is "
              + Quantities.text(duration)
              + ".");
    }
    return duration == null ? whenAbsent : duration;
  }

  private List<Integer> places() {
    if (!fields.has("compare")) {
      fields.missing("compare", "List columns of the set, e.g. \"compare: [vibration_mean_1h]\".");
    }
    List<String> names = base.columns().stream().map(FeatureColumn::name).toList();
    List<Integer> places = new ArrayList<>();
    for (String name : fields.texts("compare")) {
      int place = names.indexOf(name);
      if (place < 0) {
        fields.problem(
            "compare",
            "names an unknown column \"" + name + "\". " + Suggestions.forName(name, names));
      } else if (!places.contains(place)) {
        places.add(place);
      }
    }
    return places;
  }

  private List<FeatureColumn> columns(List<Integer> places) {
    List<FeatureColumn> columns = new ArrayList<>();
    columns.add(
        column(
            "peers",
            "",
            "",
            "Other machines that were compared",
            "",
            Aggregate.Kind.PEERS,
            Duration.ZERO));
    for (int place : places) {
      FeatureColumn of = base.columns().get(place);
      columns.add(
          column(
              of.name() + "_deviation",
              of.group(),
              "",
              of.description()
                  + ", away from the median of the fleet, in its robust standard deviations",
              of.name(),
              Aggregate.Kind.DEVIATION,
              of.window()));
      columns.add(
          column(
              of.name() + "_fleet_median",
              of.group(),
              of.unit(),
              of.description() + ", median of the fleet",
              of.name(),
              Aggregate.Kind.FLEET_MEDIAN,
              of.window()));
      columns.add(
          column(
              of.name() + "_fleet_spread",
              of.group(),
              of.unit(),
              of.description() + ", robust standard deviation of the fleet",
              of.name(),
              Aggregate.Kind.FLEET_SPREAD,
              of.window()));
    }
    return columns;
  }

  private FeatureColumn column(
      String name,
      String group,
      String unit,
      String description,
      String of,
      Aggregate.Kind kind,
      Duration window) {
    return new FeatureColumn(
        name,
        name,
        group,
        unit,
        description,
        new FeatureSource(
            FeatureSource.Kind.FLEET, peersWord + ' ' + (of.isEmpty() ? base.name() : of)),
        new Aggregate(kind, Double.NaN, Duration.ZERO),
        window);
  }
}
