package io.foreshock.backtest.history.mapping;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.operators.documents.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which columns, or which names, are channels, and in which unit. */
final class ChannelReader {
  private final TableReader table;
  private final ChannelRegistry channels;

  ChannelReader(TableReader table, ChannelRegistry channels) {
    this.table = table;
    this.channels = channels;
  }

  /** {@code channels: {column: channel, …}}. */
  List<ChannelColumn> wide(Fields fields) {
    Fields all = fields.mapping("channels");
    List<ChannelColumn> columns = new ArrayList<>();
    if (all != null) {
      for (ChannelColumn column : targets(all).values()) {
        table.column(all, column.source(), column.source());
        columns.add(column);
      }
    }
    return columns;
  }

  /** {@code readings: {channel: column, value: column, names: {…}}}; null when absent. */
  LongReadings tall(Fields fields) {
    Fields readings = fields.mapping("readings");
    if (readings == null) {
      return null;
    }
    for (String key : List.of("channel", "value")) {
      if (!readings.has(key)) {
        readings.missing(key, "Name its column.");
      }
    }
    String channel = table.column(readings, "channel", readings.text("channel"));
    String value = table.column(readings, "value", readings.text("value"));
    Fields names = readings.mapping("names");
    LongReadings tall =
        new LongReadings(
            String.valueOf(channel),
            String.valueOf(value),
            names == null ? Map.of() : targets(names));
    readings.noOthers();
    return tall;
  }

  private Map<String, ChannelColumn> targets(Fields all) {
    Map<String, ChannelColumn> targets = new LinkedHashMap<>();
    Map<String, String> taken = new HashMap<>();
    for (String source : all.keys()) {
      ChannelColumn target = target(all, source);
      if (target != null) {
        String other = taken.putIfAbsent(target.channel(), source);
        if (other != null) {
          all.problem(
              source,
              "is channel %s, but so is \"%s\". Map one column to each channel."
                  .formatted(target.channel(), other));
        }
        targets.put(source, target);
      }
    }
    return targets;
  }

  /** {@code channel}, or {@code {channel: …, unit: …}}; null when wrong. */
  private ChannelColumn target(Fields all, String source) {
    String name;
    String unit = null;
    if (all.node(source) instanceof YamlNode.Text) {
      name = all.text(source);
    } else {
      Fields fields = all.mapping(source);
      if (fields == null) {
        return null;
      }
      if (!fields.has("channel")) {
        fields.missing("channel", "Name the channel, e.g. \"channel: bearing_temperature_c\".");
      }
      name = fields.text("channel");
      unit = fields.text("unit");
      fields.noOthers();
    }
    if (name == null) {
      return null;
    }
    Channel channel = channels.find(name);
    if (channel == null) {
      all.problem(
          source,
          "names an unknown channel \"%s\". %s Or describe it in a file for --channels."
              .formatted(name, Suggestions.forName(name, channels.channels().keySet())));
      return null;
    }
    Units.Conversion conversion =
        unit == null ? Units.Conversion.NONE : Units.between(unit, channel.unit());
    if (conversion == null) {
      all.problem(
          source,
          "is in \"%s\", which cannot be converted to \"%s\" of channel %s. %s"
              .formatted(
                  unit,
                  channel.unit(),
                  name,
                  channel.unit().isEmpty()
                      ? "It has no unit: leave it out."
                      : "Understood: " + Units.convertibleTo(channel.unit()) + "."));
      return null;
    }
    return new ChannelColumn(source, name, conversion.factor(), conversion.offset());
  }
}
