package io.foreshock.operators.features.definition;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.sessions.RuleValues;
import io.foreshock.operators.sessions.SessionRule;
import java.time.Duration;
import java.util.List;

/** Reads what counts as a session, in the words of the rules of sessions. */
final class SessionSourceReader {
  private static final Duration DEFAULT_GAP = Duration.ofMinutes(5);
  private static final Duration DEFAULT_HOLE = Duration.ofMinutes(2);

  private final Fields fields;
  private final ChannelRegistry channels;

  SessionSourceReader(Fields fields, ChannelRegistry channels) {
    this.fields = fields;
    this.channels = channels;
  }

  /** What was read; null when it says not what shows that an asset runs. */
  SessionSource read() {
    RuleValues values = new RuleValues(channels);
    List<SessionRule.Running> running = values.running(fields);
    if (running.isEmpty()) {
      fields.missing(
          "running",
          "Say what shows that the asset runs, e.g. \"running: [{channel: motor_current_a, above: 2 A}]\".");
    }
    Duration gap = RuleValues.duration(fields, "gap", DEFAULT_GAP);
    String measure = values.channel(fields, "measure", null);
    if (fields.has("maxHole") && measure.isEmpty()) {
      fields.problem("maxHole", "goes with \"measure\" only. Add it, or leave this out.");
    }
    Duration maxHole = RuleValues.duration(fields, "maxHole", DEFAULT_HOLE);
    fields.noOthers();
    return running.isEmpty() ? null : new SessionSource(running, gap, measure, maxHole);
  }

  /** Unit of what is measured; empty when nothing is. */
  String unit(SessionSource source) {
    Channel channel = source.measure().isEmpty() ? null : channels.find(source.measure());
    return channel == null ? "" : channel.unit();
  }
}
