package io.foreshock.model;

import java.util.List;

/**
 * What became of a published pattern.
 *
 * @param tenant empty for every tenant
 * @param name name of the pattern
 * @param state what became of it
 * @param version version that was published; 0 when removed or not readable
 * @param publishedAtMillis as in the document; 0 when removed or not readable
 * @param reasons when refused, everything that is wrong; otherwise what else is worth knowing
 */
public record PatternStatus(
    String tenant,
    String name,
    State state,
    int version,
    long publishedAtMillis,
    List<String> reasons) {

  /** What became of it. Order is part of the wire format. */
  public enum State {
    /** It runs. */
    ACCEPTED,
    /** It does not run; what ran before goes on. */
    REFUSED,
    /** Gone, with what was half matched. */
    REMOVED,
    /** Known; matches nothing until it is published again. */
    PAUSED
  }

  public PatternStatus {
    reasons = List.copyOf(reasons);
  }

  /** Key on the topic: scope and name. */
  public String key() {
    return PatternDocument.key(tenant, name);
  }
}
