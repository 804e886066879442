package io.foreshock.operators.features.definition;

import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.sessions.SessionRule;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What counts as a session of an asset: a longest stretch of readings that show it running, none of
 * them farther than the gap from the next. The same stretches that the job {@code sessions} tells
 * by a rule with these values.
 *
 * @param running what shows that the asset runs: any of these
 * @param gap time without running that ends a session; not below the slice of the set
 * @param measure channel whose integral over a session is its energy (kWh of kW, km of km/h, l of
 *     l/h); empty for none
 * @param maxHole longest time between two slices with readings over which is integrated
 */
public record SessionSource(
    List<SessionRule.Running> running, Duration gap, String measure, Duration maxHole)
    implements Serializable {

  public SessionSource {
    running = List.copyOf(running);
  }

  /** All of it in one line; the same text for the same sessions. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (SessionRule.Running condition : running) {
      text.append(text.isEmpty() ? "" : " or ")
          .append(condition.channel())
          .append(" > ")
          .append(Quantities.text(condition.above()));
    }
    text.append(", gap ").append(Quantities.text(gap));
    if (!measure.isEmpty()) {
      text.append(", of ")
          .append(measure)
          .append(" with holes to ")
          .append(Quantities.text(maxHole));
    }
    return text.toString();
  }
}
