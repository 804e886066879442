package io.foreshock.operators.sessions;

/** Follows moments in their order, and holds the stretch that is open. */
final class Follower {
  /** Null when the asset does not run. */
  Stretch open;

  /** Where the asset stands while it does not run; null when that is not known or not asked for. */
  Track place;

  boolean isBlank() {
    return open == null && place == null;
  }

  /** Whether a moment behind the newest one can still be added in its place. */
  boolean takes(Moment moment) {
    return open != null && moment.timeMillis >= open.startMillis && open.sums.takes(moment);
  }

  /** Adds a moment that is not farther than the gap behind the end of the open stretch. */
  void add(Moment moment, SessionRule rule) {
    if (open == null) {
      await(moment, rule);
      return;
    }
    boolean runs = moment.running || rule.moving() && open.sums.moves(moment, rule);
    if (runs) {
      open.untilEnd = null;
      open.endMillis = Math.max(open.endMillis, moment.timeMillis);
    } else if (open.untilEnd == null && moment.timeMillis > open.endMillis) {
      open.untilEnd = open.sums.copy();
    }
    open.sums.add(moment, rule);
  }

  private void await(Moment moment, SessionRule rule) {
    boolean runs = moment.running;
    if (rule.moving() && moment.positions() > 0) {
      if (place == null) {
        place = new Track();
      }
      runs |= Sums.moves(place, moment, rule);
      boolean hole = moment.timeMillis - place.lastMillis > rule.maxHole().toMillis();
      place.restart();
      for (int i = 0; i < moment.positions(); i++) {
        place.add(moment.position(i), rule.positions());
      }
      if (hole) {
        // Nobody knows what was in between.
        place.restart();
      }
    }
    if (runs) {
      open = new Stretch(moment.timeMillis);
      if (place == null) {
        open.sums.add(moment, rule);
      } else {
        open.sums.track.set(place);
        open.sums.addWithTrack(moment, rule);
        place = null;
      }
    }
  }

  /** Ends the open stretch and hands it over; the asset stands where it was seen last. */
  Stretch close(SessionRule rule) {
    Stretch closed = open;
    open = null;
    if (rule.moving() && !closed.sums.track.isEmpty()) {
      place = new Track();
      place.set(closed.sums.track);
      place.restart();
    }
    return closed;
  }

  Follower copy() {
    Follower copy = new Follower();
    copy.open = open == null ? null : open.copy();
    if (place != null) {
      copy.place = new Track();
      copy.place.set(place);
    }
    return copy;
  }
}
