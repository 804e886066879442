package io.foreshock.operators.features;

import io.foreshock.model.OperatingStateChange;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.FeatureSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A feature set, made ready to be computed. */
final class FeaturePlan {
  static final SliceForm NOTHING = new SliceForm(0, List.of());
  private static final int MOST_OVER_TIME = 64;

  final FeatureSet set;
  final SliceLevels levels;
  final long periodMillis;
  final long sliceMillis;
  final long correctionsMillis;

  /** Series in the order of their first column; the last one notes rows and what made them. */
  final SeriesPlan[] series;

  /** Place of the series that notes rows. */
  final int rows;

  /** Components whose work is remembered, in order. */
  final List<String> components = new ArrayList<>();

  final List<WorkColumn> workColumns = new ArrayList<>();

  /** Of each series of events: that one more came. */
  final Use[] events;

  private final Map<String, Use[]> channels = new HashMap<>();
  private final Map<String, Integer> faultCodes = new HashMap<>();
  private final int[] entered = new int[OperatingStateChange.State.values().length];

  /**
   * A column that is computed of work done.
   *
   * @param place in the row
   * @param cycles whether starts are counted, and not time
   */
  record WorkColumn(int place, int component, boolean cycles) {}

  FeaturePlan(FeatureSet set) {
    this.set = set;
    periodMillis = set.every().toMillis();
    sliceMillis = set.slice().toMillis();
    correctionsMillis = set.corrections().toMillis();
    levels =
        new SliceLevels(
            sliceMillis, set.longestWindow().toMillis(), correctionsMillis + 2 * periodMillis);
    java.util.Arrays.fill(entered, -1);
    Map<String, SeriesPlan.Builder> builders = new LinkedHashMap<>();
    for (int place = 0; place < set.columns().size(); place++) {
      FeatureColumn column = set.columns().get(place);
      if (column.source().kind() == FeatureSource.Kind.MAINTENANCE) {
        addWork(place, column);
      } else {
        String name = column.source().kind().name() + ' ' + column.source().name();
        if (!builders.containsKey(name)) {
          note(column.source(), builders.size());
        }
        builders
            .computeIfAbsent(name, n -> new SeriesPlan.Builder(n, column.source().sessions()))
            .add(place, column.aggregate(), column.window().toMillis());
      }
    }
    List<SeriesPlan> plans = new ArrayList<>();
    builders.values().forEach(builder -> plans.add(builder.build()));
    for (SeriesPlan plan : plans) {
      if (plan.form.items().size() > MOST_OVER_TIME) {
        throw new IllegalArgumentException(
            "Feature set \""
                + set.name()
                + "\" asks for more than "
                + MOST_OVER_TIME
                + " times and energies of one channel. Split the set.");
      }
    }
    rows = plans.size();
    plans.add(new SeriesPlan("rows", 0, List.of(), List.of(), null));
    series = plans.toArray(new SeriesPlan[0]);
    events = new Use[series.length];
    for (int place = 0; place < events.length; place++) {
      events[place] = Use.reading(place);
    }
  }

  private void note(FeatureSource source, int place) {
    switch (source.kind()) {
      case CHANNEL -> use(source.name(), Use.reading(place));
      case SESSIONS ->
          Use.channels(source.sessions())
              .forEach(channel -> use(channel, Use.ofSessions(place, channel, source.sessions())));
      case FAULT_CODE -> faultCodes.put(source.name(), place);
      case ENTERED ->
          entered[
                  OperatingStateChange.State.valueOf(source.name().toUpperCase(Locale.ROOT))
                      .ordinal()] =
              place;
      case MAINTENANCE, FLEET -> throw new IllegalStateException(source.kind() + " has no slices");
    }
  }

  private void use(String channel, Use use) {
    channels.merge(
        channel,
        new Use[] {use},
        (before, one) -> {
          Use[] all = java.util.Arrays.copyOf(before, before.length + 1);
          all[before.length] = one[0];
          return all;
        });
  }

  private void addWork(int place, FeatureColumn column) {
    String component = column.source().name();
    if (!components.contains(component)) {
      components.add(component);
    }
    boolean cycles =
        column.aggregate().kind()
            == io.foreshock.operators.features.definition.Aggregate.Kind.CYCLES_SINCE;
    workColumns.add(new WorkColumn(place, components.indexOf(component), cycles));
  }

  /** What readings of a channel are used for; null when the set does not look at it. */
  Use[] uses(String channel) {
    return channels.get(channel);
  }

  /** Place of a code; empty for that of any; -1 when the set does not look at it. */
  int faultCode(String code) {
    Integer place = faultCodes.get(code);
    return place == null ? -1 : place;
  }

  int entered(OperatingStateChange.State state) {
    return entered[state.ordinal()];
  }

  boolean looksAtFaultCodes() {
    return !faultCodes.isEmpty() || changesOn(FeatureSet.Change.FAULT_CODE);
  }

  boolean changesOn(FeatureSet.Change change) {
    return set.onChange().contains(change);
  }

  /** Place of a series by its hash; -1 when there is none. */
  int place(long hash, int likely) {
    if (likely < series.length && series[likely].hash == hash) {
      return likely;
    }
    for (int i = 0; i < series.length; i++) {
      if (series[i].hash == hash) {
        return i;
      }
    }
    return -1;
  }
}
