package io.foreshock.operators.sessions;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.SessionRow;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Names;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Problems;
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
  private static final SessionRow.Kind[] KINDS = {SessionRow.Kind.OPERATION, SessionRow.Kind.TRIP};

  private final RuleValues values;
  private final List<SessionRule> rules = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param channels channels that a rule may name, with their units
   */
  public SessionRulesReader(ChannelRegistry channels) {
    this.values = new RuleValues(channels);
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
    Duration gap = RuleValues.duration(fields, "gap", null);
    Duration silentAfter = RuleValues.duration(fields, "silentAfter", Duration.ofMinutes(30));
    List<SessionRule.Running> running = values.running(fields);
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
            RuleValues.number(fields, "movingAbove", "km/h", 0),
            values.channel(measure, "load", null),
            values.channel(measure, "power", "kW"),
            values.channel(measure, "fuelRate", "l/h"),
            values.channel(measure, "speed", "km/h"),
            values.channel(measure, "odometer", "km"),
            RuleValues.duration(fields, "maxHole", Duration.ofMinutes(2)),
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

  private static SessionRule.Idling idling(Fields fields) {
    SessionRule.Idling standard = SessionRule.Idling.DEFAULT;
    Fields inner = fields.mapping("idling");
    if (inner == null) {
      return standard;
    }
    SessionRule.Idling idling =
        new SessionRule.Idling(
            RuleValues.positive(inner, "below", "km/h", standard.belowKmH()),
            RuleValues.duration(inner, "longerThan", standard.longerThan()));
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
            RuleValues.positive(inner, "above", "m/s²", standard.metresPerSecond2()),
            RuleValues.duration(inner, "within", standard.within()));
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
            RuleValues.positive(inner, "maxSpeed", "km/h", standard.maxSpeedKmH()),
            RuleValues.positive(inner, "accuracy", "m", standard.accuracyMetres()),
            RuleValues.positive(inner, "parked", "m", standard.parkedMetres()),
            RuleValues.duration(inner, "clockStep", standard.clockStep()));
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
