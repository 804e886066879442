package io.foreshock.operators.sessions;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.assets.Units;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.operators.documents.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations, channels and numbers with units of a rule; what is wrong is reported. */
public final class RuleValues {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final ChannelRegistry channels;

  /**
   * @param channels channels that may be named, with their units
   */
  public RuleValues(ChannelRegistry channels) {
    this.channels = channels;
  }

  /**
   * A duration of at most 30 days.
   *
   * @param whenAbsent null when it must be given
   */
  public static Duration duration(Fields fields, String key, Duration whenAbsent) {
    boolean given = fields.has(key);
    Duration duration = fields.duration(key);
    if (!given && whenAbsent == null) {
      fields.missing(key, "Say how long, e.g. \"" + key + ": 10 min\".");
    }
    if (duration != null && duration.compareTo(LONGEST) > 0) {
      fields.problem(key, "must be at most 30 d, but is \"" + fields.text(key) + "\".");
    }
    return duration == null ? whenAbsent : duration;
  }

  /** Name of a known channel that measures in the unit asked for; empty when absent. */
  public String channel(Fields fields, String key, String unit) {
    String name = fields == null ? null : fields.text(key);
    if (name == null) {
      return "";
    }
    Channel channel = channels.find(name);
    if (channel == null) {
      fields.problem(
          key,
          "names the unknown channel \""
              + name
              + "\". "
              + Suggestions.forName(name, channels.channels().keySet()));
    } else if (unit != null && !channel.unit().equals(unit)) {
      fields.problem(
          key,
          "must be a channel in "
              + unit
              + ", but \""
              + name
              + "\" is in "
              + (channel.unit().isEmpty() ? "no unit" : channel.unit())
              + ".");
    }
    return name;
  }

  /** What shows that an asset runs: a list of channels with limits; empty when absent. */
  public List<SessionRule.Running> running(Fields fields) {
    List<SessionRule.Running> running = new ArrayList<>();
    YamlNode node = fields.node("running");
    if (node == null) {
      return running;
    }
    List<YamlNode> items = node instanceof YamlNode.Items list ? list.values() : List.of(node);
    for (YamlNode item : items) {
      if (item instanceof YamlNode.Mapping mapping) {
        Fields condition = new Fields(mapping, fields.path("running"), fields.problems());
        String channel = channel(condition, "channel", null);
        if (!condition.has("channel")) {
          condition.missing("channel", "Name a channel.");
        }
        if (!condition.has("above")) {
          condition.missing("above", "Say above which value it runs.");
        }
        running.add(new SessionRule.Running(channel, limit(condition, "above", channel)));
        condition.noOthers();
      } else {
        fields.problem(
            "running", "must hold mappings with channel and above, but holds " + item.kind() + ".");
      }
    }
    return running;
  }

  double limit(Fields fields, String key, String channelName) {
    Channel channel = channels.find(channelName);
    return number(fields, key, channel == null ? null : channel.unit(), 0);
  }

  /**
   * A number, converted into the unit.
   *
   * @param unit null when any will do, because something else is wrong already
   */
  static double number(Fields fields, String key, String unit, double whenAbsent) {
    String text = fields.text(key);
    if (text == null) {
      return whenAbsent;
    }
    Quantities.Number number = Quantities.number(text);
    if (number == null) {
      fields.problem(key, "must be a number with its unit, but is \"" + text + "\".");
      return whenAbsent;
    }
    if (unit == null || number.unit().isEmpty() || number.unit().equals(unit)) {
      return number.value();
    }
    try {
      return Units.conversion(number.unit(), unit).apply(number.value());
    } catch (IllegalArgumentException e) {
      fields.problem(key, "must be in " + unit + ", but is \"" + text + "\".");
      return whenAbsent;
    }
  }

  static double positive(Fields fields, String key, String unit, double whenAbsent) {
    double value = number(fields, key, unit, whenAbsent);
    if (!(value > 0)) {
      fields.problem(key, "must be positive, but is \"" + fields.text(key) + "\".");
      return whenAbsent;
    }
    return value;
  }
}
