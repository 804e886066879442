package io.foreshock.operators.sessions;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Follows moments in their order, and holds the stretch that is open. */
final class Follower {
  private static final int HAS_OPEN = 1;
  private static final int HAS_PLACE = 2;
  private static final int RESUMES = 4;
  private static final int HAS_PAUSE = 8;

  private static final long NEVER = Long.MIN_VALUE;

  /** Null when the asset does not run. */
  Stretch open;

  /** Where the asset stands while it does not run; null when that is not known or not asked for. */
  private Track place;

  /** Until when what was told before it was over may go on; {@link #NEVER} when it may not. */
  private long resumesUntilMillis = NEVER;

  /** What came meanwhile, to be the pause in it; null when nothing did. */
  private Sums pause;

  boolean isBlank() {
    return open == null && place == null && resumesUntilMillis == NEVER;
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
    if (open.untilEnd != null && moment.timeMillis <= open.endMillis) {
      // Late: it belongs before the stop, and what came after the stop stays behind it.
      open.untilEnd.add(moment, rule);
    } else if (runs) {
      // Readings of the pause that lie behind the new end cannot be taken out again.
      open.approximate |= open.untilEnd != null && open.sums.lastMillis() > moment.timeMillis;
      open.untilEnd = null;
      open.endMillis = Math.max(open.endMillis, moment.timeMillis);
    } else if (open.untilEnd == null && moment.timeMillis > open.endMillis) {
      open.untilEnd = open.sums.copy();
    }
    open.sums.add(moment, rule);
  }

  private void await(Moment moment, SessionRule rule) {
    if (moment.timeMillis > resumesUntilMillis) {
      resumesUntilMillis = NEVER;
      pause = null;
    }
    boolean runs = moment.running | seePlace(moment, rule);
    if (runs) {
      open = new Stretch(moment.timeMillis);
      open.sums = pause == null ? open.sums : pause;
      if (place != null) {
        open.sums.track.set(place);
      }
      add(open.sums, moment, rule);
      place = null;
      pause = null;
      resumesUntilMillis = NEVER;
    } else if (resumesUntilMillis != NEVER) {
      pause = pause == null ? new Sums() : pause;
      add(pause, moment, rule);
    }
  }

  private void add(Sums sums, Moment moment, SessionRule rule) {
    if (place == null) {
      sums.add(moment, rule);
    } else {
      sums.addWithTrack(moment, rule);
    }
  }

  /** Adds positions to the place where the asset stands; returns whether it moved from there. */
  private boolean seePlace(Moment moment, SessionRule rule) {
    if (!rule.moving() || moment.positions() == 0) {
      return false;
    }
    if (place == null) {
      place = new Track();
    }
    boolean moves = Sums.moves(place, moment, rule);
    boolean hole = moment.timeMillis - place.lastMillis() > rule.maxHole().toMillis();
    place.restart();
    for (int i = 0; i < moment.positions(); i++) {
      place.add(moment.position(i), rule.positions());
    }
    if (hole) {
      // Nobody knows what was in between.
      place.restart();
    }
    return moves;
  }

  /**
   * Ends the open stretch and hands it over; the asset stands where it was seen last.
   *
   * @param over whether more than the gap has gone by; else it may go on
   */
  Stretch close(SessionRule rule, boolean over) {
    Stretch closed = open;
    open = null;
    resumesUntilMillis = over ? NEVER : closed.endMillis + rule.gap().toMillis();
    if (rule.moving() && !closed.sums.track.isEmpty()) {
      place = new Track();
      place.set(closed.sums.track);
      place.restart();
    }
    return closed;
  }

  /** Forgets where it was; what comes next is not behind it. */
  void leave() {
    place = null;
    pause = null;
    resumesUntilMillis = NEVER;
  }

  Follower copy() {
    Follower copy = new Follower();
    copy.open = open == null ? null : open.copy();
    if (place != null) {
      copy.place = new Track();
      copy.place.set(place);
    }
    copy.resumesUntilMillis = resumesUntilMillis;
    copy.pause = pause == null ? null : pause.copy();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(
        (open == null ? 0 : HAS_OPEN)
            | (place == null ? 0 : HAS_PLACE)
            | (resumesUntilMillis == NEVER ? 0 : RESUMES)
            | (pause == null ? 0 : HAS_PAUSE));
    if (open != null) {
      open.write(out);
    }
    if (place != null) {
      place.write(0, out);
    }
    if (resumesUntilMillis != NEVER) {
      out.writeLong(resumesUntilMillis);
    }
    if (pause != null) {
      pause.write(resumesUntilMillis, out);
    }
  }

  static Follower read(DataInputView in) throws IOException {
    Follower follower = new Follower();
    int has = in.readUnsignedByte();
    follower.open = (has & HAS_OPEN) != 0 ? Stretch.read(in) : null;
    if ((has & HAS_PLACE) != 0) {
      follower.place = new Track();
      follower.place.read(0, in);
    }
    follower.resumesUntilMillis = (has & RESUMES) != 0 ? in.readLong() : NEVER;
    follower.pause = (has & HAS_PAUSE) != 0 ? Sums.read(follower.resumesUntilMillis, in) : null;
    return follower;
  }
}
