package io.foreshock.operators.sessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is kept about the sessions of one asset. What is over stays in its bytes until somebody
 * asks for it, which few messages do.
 */
final class AssetSessions {
  static final long NEVER = Long.MIN_VALUE;

  String assetClass = "";

  /** The asset clock: event time of the newest reading. */
  long clockMillis = NEVER;

  /** Ingest clock of the last message. */
  long lastSeenMillis = NEVER;

  /** The one timer that is set; {@link #NEVER} for none. */
  long timerMillis = NEVER;

  /** When late readings are told, on the ingest clock; {@link #NEVER} while there are none. */
  long correctionMillis = NEVER;

  /** What is older was forgotten. */
  long forgottenUntilMillis = NEVER;

  /** Whether the last message was not live. */
  boolean backlog;

  /** Readings in order. */
  Follower live = new Follower();

  /** Readings behind the asset clock, as long as they are in order among themselves. */
  Follower late = new Follower();

  /** Event time of the last late reading. */
  long lateMillis = NEVER;

  /** Ingest clock of the last late reading. */
  long lateSeenMillis = NEVER;

  private byte[] encodedPast = AssetSessionsSerializer.NOTHING;
  private Past past;

  /**
   * What is over.
   *
   * @param sessions in order of time, farther than the gap from each other
   * @param days in order of time
   */
  record Past(List<PastSession> sessions, List<Day> days) {
    Past() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    Past copy() {
      Past copy = new Past();
      sessions.forEach(session -> copy.sessions.add(session.copy()));
      days.forEach(day -> copy.days.add(day.copy()));
      return copy;
    }
  }

  /** To be changed in place. */
  Past past() {
    if (past == null) {
      try {
        past = AssetSessionsSerializer.readPast(encodedPast);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Sessions in state cannot be read: the state is damaged.", e);
      }
      encodedPast = null;
    }
    return past;
  }

  boolean hasPast() {
    return past == null
        ? encodedPast.length > 0
        : !past.sessions().isEmpty() || !past.days().isEmpty();
  }

  /** Whether nothing is known that a message would need. */
  boolean isBlank() {
    return live.isBlank()
        && late.isBlank()
        && correctionMillis == NEVER
        && forgottenUntilMillis == NEVER
        && !hasPast();
  }

  byte[] encodedPast() throws IOException {
    return past == null ? encodedPast : AssetSessionsSerializer.pastBytes(past);
  }

  void encodedPast(byte[] bytes) {
    encodedPast = bytes;
    past = null;
  }

  AssetSessions copy() {
    AssetSessions copy = new AssetSessions();
    copy.assetClass = assetClass;
    copy.clockMillis = clockMillis;
    copy.lastSeenMillis = lastSeenMillis;
    copy.timerMillis = timerMillis;
    copy.correctionMillis = correctionMillis;
    copy.forgottenUntilMillis = forgottenUntilMillis;
    copy.backlog = backlog;
    copy.live = live.copy();
    copy.late = late.copy();
    copy.lateMillis = lateMillis;
    copy.lateSeenMillis = lateSeenMillis;
    copy.encodedPast = encodedPast;
    copy.past = past == null ? null : past.copy();
    return copy;
  }
}
