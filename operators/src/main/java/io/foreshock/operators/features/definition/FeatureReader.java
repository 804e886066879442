package io.foreshock.operators.features.definition;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads one feature: a column for each of its aggregates and windows. */
final class FeatureReader {
  private static final List<String> SOURCES =
      List.of("channel", "faultCode", "entered", "maintenance", "sessions");
  private static final Duration DEFAULT_GAP = Duration.ofMinutes(5);

  private final String name;
  private final Fields fields;
  private final ChannelRegistry channels;
  private String unit = "";

  FeatureReader(String name, Fields fields, ChannelRegistry channels) {
    this.name = name;
    this.fields = fields;
    this.channels = channels;
  }

  /** The columns; those with a problem are left out. */
  List<FeatureColumn> read() {
    FeatureSource source = source();
    String stated = fields.text("unit");
    if (source != null && source.kind() == FeatureSource.Kind.CHANNEL) {
      channel(source.name(), stated);
    }
    String group = fields.text("group", "");
    if (!fields.has("description")) {
      fields.missing("description", "Say in one sentence what is measured.");
    }
    String description = fields.text("description", "").replaceAll("\\.$", "");
    List<Aggregate> aggregates =
        source == null ? List.of() : new AggregatesReader(fields, source, unit).read(gap());
    boolean windowed = aggregates.stream().anyMatch(Aggregate::hasWindow);
    List<Duration> windows = windows(windowed, source != null && !aggregates.isEmpty());
    if (source == null) {
      return List.of();
    }
    List<FeatureColumn> columns = new ArrayList<>();
    for (Aggregate aggregate : aggregates) {
      for (Duration window : aggregate.hasWindow() ? windows : List.of(Duration.ZERO)) {
        columns.add(column(group, description, source, aggregate, window));
      }
    }
    fields.noOthers();
    return columns;
  }

  private FeatureColumn column(
      String group,
      String description,
      FeatureSource source,
      Aggregate aggregate,
      Duration window) {
    String word = AggregatesReader.word(aggregate);
    String over = window.isZero() ? "" : Quantities.text(window);
    return new FeatureColumn(
        name + '_' + word.replace('-', '_').replace('.', '_') + (over.isEmpty() ? "" : '_' + over),
        name,
        group,
        AggregatesReader.unit(aggregate, unit),
        description
            + ": "
            + AggregatesReader.describe(aggregate, unit)
            + (over.isEmpty() ? "" : " over " + over),
        source,
        aggregate,
        window);
  }

  private FeatureSource source() {
    List<String> given = SOURCES.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      String all = String.join(", ", SOURCES);
      if (given.isEmpty()) {
        fields.missing("channel", "Name what is looked at: one of " + all + ".");
      } else {
        fields.problem(given.get(1), "and \"" + given.get(0) + "\" exclude each other. Keep one.");
      }
      return null;
    }
    if (given.get(0).equals("sessions")) {
      return sessions();
    }
    String text = fields.text(given.get(0));
    if (text == null) {
      return null;
    }
    return switch (given.get(0)) {
      case "channel" -> new FeatureSource(FeatureSource.Kind.CHANNEL, text);
      case "faultCode" ->
          new FeatureSource(FeatureSource.Kind.FAULT_CODE, text.equals("any") ? "" : text);
      case "entered" -> new FeatureSource(FeatureSource.Kind.ENTERED, state(text));
      default -> new FeatureSource(FeatureSource.Kind.MAINTENANCE, text);
    };
  }

  private FeatureSource sessions() {
    Fields inner = fields.mapping("sessions");
    if (inner == null) {
      return null;
    }
    SessionSourceReader reader = new SessionSourceReader(inner, channels);
    SessionSource sessions = reader.read();
    if (sessions == null) {
      return null;
    }
    unit = reader.unit(sessions);
    return FeatureSource.of(sessions);
  }

  private String state(String text) {
    List<String> states = new ArrayList<>();
    for (OperatingStateChange.State state : OperatingStateChange.State.values()) {
      states.add(state.name().toLowerCase(Locale.ROOT));
    }
    if (!states.contains(text)) {
      fields.problem(
          "entered",
          "names an unknown state \"" + text + "\". " + Suggestions.forName(text, states));
    }
    return text;
  }

  private void channel(String channelName, String stated) {
    Channel channel = channels.find(channelName);
    unit = channel == null ? stated == null ? "" : stated : channel.unit();
    if (channel == null && stated == null) {
      fields.problem(
          "channel",
          "names an unknown channel \""
              + channelName
              + "\". "
              + Suggestions.forName(channelName, channels.channels().keySet())
              + " Or state its \"unit\".");
    } else if (channel != null && stated != null && !stated.equals(unit)) {
      fields.problem(
          "unit",
          "is \""
              + stated
              + "\", but channel "
              + channelName
              + (unit.isEmpty() ? " has none" : " is in \"" + unit + "\"")
              + ". Leave it out.");
    }
  }

  private Duration gap() {
    if (!fields.has("gap")) {
      return DEFAULT_GAP;
    }
    Duration gap = fields.duration("gap");
    return gap == null ? DEFAULT_GAP : gap;
  }

  private List<Duration> windows(boolean windowed, boolean judged) {
    Set<Duration> windows = new LinkedHashSet<>();
    if (!fields.has("windows")) {
      if (windowed) {
        fields.missing("windows", "Say how far back to look, e.g. \"windows: [1h, 24h]\".");
      }
      return List.of();
    }
    for (String text : fields.texts("windows")) {
      Duration window = Quantities.duration(text);
      if (window == null || window.isZero()) {
        fields.problem(
            "windows",
            "must be durations with their unit, but one is \"" + text + "\". Use e.g. \"24h\".");
      } else if (window.compareTo(FeatureSetReader.LONGEST_WINDOW) > 0) {
        fields.problem(
            "windows",
            "must be at most "
                + Quantities.text(FeatureSetReader.LONGEST_WINDOW)
                + ", but one is "
                + Quantities.text(window)
                + ".");
      } else {
        windows.add(window);
      }
    }
    if (!windowed && judged) {
      fields.problem("windows", "do not go with these aggregates. Leave them out.");
    }
    return List.copyOf(windows);
  }
}
