package io.foreshock.operators.sessions;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.SessionRow;
import io.foreshock.operators.assets.Units;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Names;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.operators.documents.YamlReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads session rules from YAML, one document for each rule, and says all that is wrong at once.
 */
public final class SessionRulesReader {
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final SessionRow.Kind[] KINDS = {SessionRow.Kind.OPERATION, SessionRow.Kind.TRIP};

  private final ChannelRegistry channels;
  private final List<SessionRule> rules = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param channels channels that a rule may name, with their units
   */
  public SessionRulesReader(ChannelRegistry channels) {
    this.channels = channels;
  }

  /** Rules that were read so far; to be thrown away when there are problems. */
  public List<SessionRule> rules() {
    return List.copyOf(rules);
  }

  /** What is wrong so far, by file and line. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Reads a file; a rule with the name of one that was read before replaces it.
   *
   * @param file what to call the text in messages
   */
  public void read(String file, String text) {
    Problems found = new Problems(file);
    for (YamlNode node : YamlReader.read(text, found)) {
      if (node instanceof YamlNode.Mapping mapping) {
        take(new Fields(mapping, "", found));
      } else {
        found.add(node.line(), "A rule of sessions must be a mapping, but is " + node.kind() + ".");
      }
    }
    found.sorted().stream().map(Problem::toString).forEach(problems::add);
  }

  private void take(Fields fields) {
    SessionRule rule = rule(fields);
    rules.removeIf(other -> other.name().equals(rule.name()));
    for (SessionRule other : rules) {
      Set<String> both = new LinkedHashSet<>(rule.assetClasses());
      both.retainAll(other.assetClasses());
      boolean bothForAll = rule.assetClasses().isEmpty() && other.assetClasses().isEmpty();
      if (bothForAll || !both.isEmpty()) {
        fields.problem(
            "appliesTo",
            "must not name "
                + (bothForAll ? "every class" : String.join(", ", both))
                + ": the rule \""
                + other.name()
                + "\" does. An asset has one rule.");
      }
    }
    rules.add(rule);
  }

  private SessionRule rule(Fields fields) {
    String name = fields.text("sessions", "");
    if (name.isEmpty()) {
      fields.missing("sessions", "Name the rule, e.g. \"sessions: pump-operation\".");
    } else {
      Names.kebab(fields, "sessions", name);
    }
    fields.text("description");
    fields.text("source");
    SessionRow.Kind kind = fields.word("kind", SessionRow.Kind.OPERATION, KINDS, Fields::kebab);
    Fields applies = fields.mapping("appliesTo");
    Set<String> classes = new LinkedHashSet<>();
    if (applies != null) {
      classes.addAll(applies.texts("assetClass"));
      applies.noOthers();
    }
    Duration gap = duration(fields, "gap", null);
    Duration silentAfter = duration(fields, "silentAfter", Duration.ofMinutes(30));
    List<SessionRule.Running> running = running(fields);
    boolean moving = fields.flag("moving");
    if (running.isEmpty() && !moving) {
      fields.missing(
          "running",
          "Say what shows that the asset runs, e.g. \"running: [{channel: motor_current_a, above: 2 A}]\", or"
              + " \"moving: true\".");
    }
    Fields measure = fields.mapping("measure");
    SessionRule rule =
        new SessionRule(
            name,
            classes,
            kind,
            gap == null ? Duration.ofMinutes(5) : gap,
            silentAfter,
            running,
            moving,
            number(fields, "movingAbove", "km/h", 0),
            channel(measure, "load", null),
            channel(measure, "power", "kW"),
            channel(measure, "fuelRate", "l/h"),
            channel(measure, "speed", "km/h"),
            channel(measure, "odometer", "km"),
            duration(fields, "maxHole", Duration.ofMinutes(2)),
            idling(fields),
            braking(fields),
            positions(fields),
            zone(fields));
    if (measure != null) {
      measure.noOthers();
    }
    fields.noOthers();
    return rule;
  }

  private static Duration duration(Fields fields, String key, Duration whenAbsent) {
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

  private List<SessionRule.Running> running(Fields fields) {
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

  /** Name of a known channel that measures in the unit asked for; empty when absent. */
  private String channel(Fields fields, String key, String unit) {
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

  private double limit(Fields fields, String key, String channelName) {
    Channel channel = channels.find(channelName);
    return number(fields, key, channel == null ? null : channel.unit(), 0);
  }

  /**
   * A number, converted into the unit.
   *
   * @param unit null when any will do, because something else is wrong already
   */
  private static double number(Fields fields, String key, String unit, double whenAbsent) {
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

  private static double positive(Fields fields, String key, String unit, double whenAbsent) {
    double value = number(fields, key, unit, whenAbsent);
    if (!(value > 0)) {
      fields.problem(key, "must be positive, but is \"" + fields.text(key) + "\".");
      return whenAbsent;
    }
    return value;
  }

  private static SessionRule.Idling idling(Fields fields) {
    SessionRule.Idling standard = SessionRule.Idling.DEFAULT;
    Fields inner = fields.mapping("idling");
    if (inner == null) {
      return standard;
    }
    SessionRule.Idling idling =
        new SessionRule.Idling(
            positive(inner, "below", "km/h", standard.belowKmH()),
            duration(inner, "longerThan", standard.longerThan()));
    inner.noOthers();
    return idling;
  }

  private static SessionRule.Braking braking(Fields fields) {
    SessionRule.Braking standard = SessionRule.Braking.DEFAULT;
    Fields inner = fields.mapping("harshBraking");
    if (inner == null) {
      return standard;
    }
    SessionRule.Braking braking =
        new SessionRule.Braking(
            positive(inner, "above", "m/s²", standard.metresPerSecond2()),
            duration(inner, "within", standard.within()));
    inner.noOthers();
    return braking;
  }

  private static SessionRule.Positions positions(Fields fields) {
    SessionRule.Positions standard = SessionRule.Positions.DEFAULT;
    Fields inner = fields.mapping("positions");
    if (inner == null) {
      return standard;
    }
    SessionRule.Positions positions =
        new SessionRule.Positions(
            positive(inner, "maxSpeed", "km/h", standard.maxSpeedKmH()),
            positive(inner, "accuracy", "m", standard.accuracyMetres()),
            positive(inner, "parked", "m", standard.parkedMetres()),
            duration(inner, "clockStep", standard.clockStep()));
    inner.noOthers();
    return positions;
  }

  private static ZoneId zone(Fields fields) {
    String text = fields.text("timeZone");
    if (text == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      fields.problem(
          "timeZone", "must be an IANA name such as Europe/Vienna, but is \"" + text + "\".");
      return ZoneOffset.UTC;
    }
  }
}
