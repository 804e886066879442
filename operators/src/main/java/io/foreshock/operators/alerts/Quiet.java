package io.foreshock.operators.alerts;

import io.foreshock.model.Command;

/**
 * A time in which nobody is told anything, on one asset or, as a rule of a group, on several.
 *
 * @param id command that gave it
 * @param kind why
 * @param site site of a group; empty for every site
 * @param assetClass class of a group; empty for every class
 * @param component component concerned; empty for every one
 * @param fromMillis start
 * @param untilMillis end (exclusive)
 * @param by who gave it
 */
record Quiet(
    String id,
    Kind kind,
    String site,
    String assetClass,
    String component,
    long fromMillis,
    long untilMillis,
    String by) {

  /** Why nobody is told. Order and names are part of the state format. */
  enum Kind {
    /** Somebody wants it so. */
    SILENCE,
    /** Planned work: what is seen raises nothing either. */
    MAINTENANCE,
    /** The job did not run, so pages that were due could not be sent. */
    PAUSE
  }

  static Quiet of(Command command, long nowMillis) {
    return new Quiet(
        command.id(),
        command.action() == Command.Action.SILENCE ? Kind.SILENCE : Kind.MAINTENANCE,
        command.site(),
        command.assetClass(),
        command.component(),
        // Planned work may be told afterwards; a silence cannot take back what was said.
        command.fromMillis() == 0
            ? nowMillis
            : command.action() == Command.Action.SILENCE
                ? Math.max(command.fromMillis(), nowMillis)
                : command.fromMillis(),
        command.untilMillis(),
        command.issuedBy());
  }

  boolean covers(Placement place) {
    return (site.isEmpty() || site.equals(place.site()))
        && (assetClass.isEmpty() || assetClass.equals(place.assetClass()));
  }

  boolean covers(String ofAlert) {
    return component.isEmpty() || component.equals(ofAlert);
  }

  boolean holdsAt(long millis) {
    return fromMillis <= millis && millis < untilMillis;
  }

  /** The same, over at the given time. */
  Quiet until(long millis) {
    return new Quiet(
        id, kind, site, assetClass, component, fromMillis, Math.max(fromMillis, millis), by);
  }

  /** Whether an unsilence is about this one. */
  boolean isEndedBy(Command unsilence) {
    return kind != Kind.PAUSE
        && (unsilence.target().isEmpty()
            ? unsilence.component().isEmpty() || unsilence.component().equals(component)
            : unsilence.target().equals(id));
  }
}
