package io.foreshock.operators.features.definition;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Names;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.operators.documents.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads one document into a feature set and checks it. */
final class FeatureSetReader {
  /** Slices that may be chosen; each divides the next. */
  static final List<Duration> SLICES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  static final Duration LONGEST_WINDOW = Duration.ofDays(30);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(1);
  private static final Duration LONGEST_CORRECTIONS = Duration.ofDays(7);
  private static final int MOST_COLUMNS = 1_000;

  private final Fields document;
  private final Problems problems;
  private final ChannelRegistry channels;

  FeatureSetReader(YamlNode.Mapping document, Problems problems, ChannelRegistry channels) {
    this.document = new Fields(document, "", problems);
    this.problems = problems;
    this.channels = channels;
  }

  /** The set, and the one that compares it with the fleet; empty when a problem was reported. */
  List<FeatureSet> read() {
    int before = problems.count();
    String name =
        required("featureSet", "Give the set a name, e.g. \"featureSet: pump-condition\".");
    if (!name.isEmpty()) {
      Names.kebab(document, "featureSet", name);
    }
    if (!document.has("version")) {
      document.missing("version", "Begin with \"version: 1\" and count up with every change.");
    }
    Integer version = document.whole("version", 1, Integer.MAX_VALUE);
    String description =
        required("description", "Say in one sentence what the features are about.");
    AssetScope scope = scope();
    if (!document.has("every")) {
      document.missing("every", "Say how often a row is due, e.g. \"every: 5 min\".");
    }
    Duration every = within("every", LONGEST_PERIOD);
    Set<FeatureSet.Change> onChange = changes();
    List<FeatureColumn> columns = columns();
    Duration slice = slice(every, columns, onChange);
    Duration corrections =
        document.has("corrections")
            ? within("corrections", LONGEST_CORRECTIONS)
            : Duration.ofHours(1);
    Fields fleet = document.has("fleet") ? document.mapping("fleet") : null;
    document.noOthers();
    if (problems.count() > before) {
      return List.of();
    }
    FeatureSet set =
        new FeatureSet(
            name, version, description, scope, every, onChange, slice, corrections, columns);
    if (fleet == null) {
      return List.of(set);
    }
    FeatureSet compared = new FleetReader(fleet, set).read();
    return problems.count() > before ? List.of() : List.of(set, compared);
  }

  private String required(String key, String wayOut) {
    if (!document.has(key)) {
      document.missing(key, wayOut);
    }
    return document.text(key, "");
  }

  private Duration within(String key, Duration longest) {
    Duration duration = document.duration(key);
    if (duration != null && duration.compareTo(longest) > 0) {
      document.problem(
          key,
          "must be at most "
              + Quantities.text(longest)
              + ", but is "
              + Quantities.text(duration)
              + ".");
    }
    return duration == null ? SLICES.get(0) : duration;
  }

  private AssetScope scope() {
    Fields appliesTo = document.has("appliesTo") ? document.mapping("appliesTo") : null;
    if (appliesTo == null) {
      return AssetScope.EVERY_ASSET;
    }
    List<String> tenants = appliesTo.texts("tenant");
    List<String> classes = appliesTo.texts("assetClass");
    appliesTo.noOthers();
    return new AssetScope(Set.copyOf(tenants), Set.copyOf(classes));
  }

  private Set<FeatureSet.Change> changes() {
    Set<FeatureSet.Change> changes = new TreeSet<>();
    List<String> words = new ArrayList<>();
    for (FeatureSet.Change change : FeatureSet.Change.values()) {
      words.add(Fields.kebab(change));
    }
    for (String text : document.texts("onChange")) {
      int known = words.indexOf(text);
      if (known < 0) {
        document.problem(
            "onChange",
            "names an unknown change \"" + text + "\". " + Suggestions.forName(text, words));
      } else {
        changes.add(FeatureSet.Change.values()[known]);
      }
    }
    return changes;
  }

  private List<FeatureColumn> columns() {
    Map<String, FeatureColumn> columns = new LinkedHashMap<>();
    Fields all = document.has("features") ? document.mapping("features") : null;
    if (all == null) {
      if (!document.has("features")) {
        document.missing("features", "List them by name.");
      }
      return List.of();
    }
    for (String name : all.keys()) {
      if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*") || name.length() > 40) {
        all.problem(
            name, "must be in snake case, at most 40 characters: it becomes a column of tables.");
      }
      Fields fields = all.mapping(name);
      if (fields != null) {
        for (FeatureColumn column : new FeatureReader(name, fields, channels).read()) {
          if (columns.putIfAbsent(column.name(), column) != null) {
            all.problem(
                name,
                "makes a second column \"" + column.name() + "\". Give the feature another name.");
          }
        }
      }
    }
    if (columns.size() > MOST_COLUMNS) {
      document.problem(
          "features",
          "make "
              + columns.size()
              + " columns, but at most "
              + MOST_COLUMNS
              + " are allowed. Split the set.");
    }
    return new ArrayList<>(columns.values());
  }

  /** As written, or the coarsest that period and windows are made of. */
  private Duration slice(
      Duration every, List<FeatureColumn> columns, Set<FeatureSet.Change> onChange) {
    List<Duration> times = new ArrayList<>(List.of(every));
    columns.stream().map(FeatureColumn::window).filter(w -> !w.isZero()).forEach(times::add);
    if (document.has("slice")) {
      Duration slice = document.duration("slice");
      if (slice != null && !SLICES.contains(slice)) {
        document.problem(
            "slice", "must be 1 min, 10 min or 1h, but is \"" + document.text("slice") + "\".");
        return SLICES.get(0);
      }
      slice = slice == null ? SLICES.get(0) : slice;
      checkMultiples(times, slice);
      checkGaps(columns, slice);
      return slice;
    }
    Duration coarsest = null;
    for (Duration slice : SLICES) {
      boolean fits =
          times.stream().allMatch(time -> isMultiple(time, slice))
              && gaps(columns).allMatch(gap -> gap.compareTo(slice) >= 0);
      // What happens between periods shall not wait for an hour.
      if (fits && (coarsest == null || onChange.isEmpty())) {
        coarsest = slice;
      }
    }
    if (coarsest == null) {
      checkMultiples(times, SLICES.get(0));
      checkGaps(columns, SLICES.get(0));
    }
    return coarsest == null ? SLICES.get(0) : coarsest;
  }

  private static Stream<Duration> gaps(List<FeatureColumn> columns) {
    return columns.stream()
        .map(column -> column.source().sessions())
        .filter(Objects::nonNull)
        .map(SessionSource::gap);
  }

  /** Inside of a slice nobody knows when the asset did not run. */
  private void checkGaps(List<FeatureColumn> columns, Duration slice) {
    gaps(columns)
        .filter(gap -> gap.compareTo(slice) < 0)
        .distinct()
        .forEach(
            gap ->
                document.problem(
                    "features",
                    "have sessions with a gap of "
                        + Quantities.text(gap)
                        + ", shorter than the slice of "
                        + Quantities.text(slice)
                        + ". Raise the gap, or lower the slice."));
  }

  private void checkMultiples(List<Duration> times, Duration slice) {
    for (int i = 0; i < times.size(); i++) {
      if (!isMultiple(times.get(i), slice)) {
        document.problem(
            i == 0 ? "every" : "features",
            (i == 0 ? "must be" : "have a window of " + Quantities.text(times.get(i)) + ", not")
                + " a multiple of the slice of "
                + Quantities.text(slice)
                + (i == 0 ? ", but is " + Quantities.text(times.get(i)) : "")
                + ".");
      }
    }
  }

  private static boolean isMultiple(Duration time, Duration slice) {
    return time.toMillis() % slice.toMillis() == 0;
  }
}
