package io.foreshock.operators.sessions;

import io.foreshock.model.SessionRow.ClosedBy;
import java.util.Iterator;
import java.util.List;

/**
 * Sessions of one asset at a time: finds them, extends and merges what was told, forgets.
 *
 * <p>Readings at or ahead of the asset clock extend the open session or end it. Readings behind it
 * go into the open session when each quantity is still in order there (another device of the asset
 * lags), else into a stretch of their own, which is merged when it ends; what that changes is told
 * after {@code correctionDelay}, so that an upload of a day is not a revision for each reading.
 * Backfill always goes there, and may be ahead of the clock when telemetry is read later.
 */
final class SessionKeeper implements Moments.Target {
  private final SessionRules rules;
  private final SessionMetrics metrics;
  private final SessionTeller teller;

  private AssetSessions asset;
  private SessionRule rule;
  private long nowMillis;

  SessionKeeper(SessionRules rules, SessionMetrics metrics, SessionTeller teller) {
    this.rules = rules;
    this.metrics = metrics;
    this.teller = teller;
  }

  /**
   * Before anything is done about an asset.
   *
   * @param nowMillis ingest clock
   */
  void bind(AssetSessions asset, SessionRule rule, long nowMillis) {
    this.asset = asset;
    this.rule = rule;
    this.nowMillis = nowMillis;
    teller.bind(asset, rule, nowMillis);
  }

  @Override
  public void accept(Moment moment) {
    if (moment.timeMillis >= asset.clockMillis) {
      passTime(moment.timeMillis);
      asset.live.add(moment, rule);
    } else if (asset.live.takes(moment)) {
      asset.live.add(moment, rule);
    } else {
      late(moment);
    }
  }

  /** Moves the asset clock, if it is behind, and ends the open session when it is over. */
  void passTime(long eventMillis) {
    if (eventMillis > asset.clockMillis) {
      asset.clockMillis = eventMillis;
      Stretch open = asset.live.open;
      if (open != null && eventMillis - open.endMillis > rule.gap().toMillis()) {
        end(ClosedBy.ASSET_CLOCK);
      }
    }
  }

  private void end(ClosedBy closedBy) {
    boolean over = closedBy == ClosedBy.ASSET_CLOCK;
    PastSession session = absorb(asset.live.close(rule, over));
    teller.tell(session, closedBy);
    forgetOld();
  }

  /** Takes a reading that is not in its place; it does not move the asset clock. */
  void late(Moment moment) {
    if (moment.timeMillis < oldestMillis()) {
      metrics.behindHorizon.inc();
      return;
    }
    Follower late = asset.late;
    boolean back = moment.timeMillis < asset.lateMillis;
    if (late.open != null
        && (back || moment.timeMillis - late.open.endMillis > rule.gap().toMillis())) {
      endLate(!back);
    }
    if (back) {
      late.leave();
    }
    late.add(moment, rule);
    asset.lateMillis = moment.timeMillis;
    asset.lateSeenMillis = nowMillis;
    if (asset.correctionMillis == AssetSessions.NEVER) {
      asset.correctionMillis = nowMillis + rules.correctionDelay().toMillis();
    }
  }

  private void endLate(boolean over) {
    Stretch stretch = asset.late.close(rule, over);
    Stretch open = asset.live.open;
    // What is ahead of the clock would make the readings that follow late: it waits among the past.
    boolean ahead = asset.lateMillis > asset.clockMillis;
    if (open != null && !ahead && open.touches(stretch, rule.gap().toMillis())) {
      open.merge(stretch, rule);
    } else {
      absorb(stretch);
    }
  }

  /** Puts a stretch among the sessions that are over, with those it touches. */
  private PastSession absorb(Stretch stretch) {
    PastSession session = new PastSession(stretch);
    long gap = rule.gap().toMillis();
    List<PastSession> sessions = asset.past().sessions();
    int place = 0;
    for (Iterator<PastSession> all = sessions.iterator(); all.hasNext(); ) {
      PastSession other = all.next();
      if (session.stretch.touches(other.stretch, gap)) {
        all.remove();
        session.merge(other, rule);
      } else if (other.stretch.endMillis < session.stretch.startMillis) {
        place++;
      } else {
        break;
      }
    }
    sessions.add(place, session);
    return session;
  }

  /** What is due on the ingest clock. */
  void passIngestTime() {
    boolean silent = asset.live.open != null && nowMillis >= silentAt();
    if (silent) {
      end(ClosedBy.SILENCE);
    }
    if (asset.correctionMillis != AssetSessions.NEVER && nowMillis >= asset.correctionMillis) {
      correct(nowMillis >= asset.lateSeenMillis + rules.correctionDelay().toMillis());
    }
  }

  /**
   * Tells what late readings changed.
   *
   * @param quiet whether no more of them come; while an upload goes on, its last stretch is not
   *     merged, because what comes next could then fall into it
   */
  private void correct(boolean quiet) {
    asset.correctionMillis = AssetSessions.NEVER;
    if (asset.late.open != null && quiet) {
      endLate(false);
    } else if (asset.late.open != null) {
      asset.correctionMillis = asset.lateSeenMillis + rules.correctionDelay().toMillis();
    }
    for (PastSession session : asset.past().sessions()) {
      if (session.changed) {
        teller.tell(session, ClosedBy.CORRECTION);
      }
    }
    forgetOld();
  }

  /** Tells all that was not told; nothing is needed of the asset afterwards. */
  void finish() {
    if (asset.live.open != null) {
      end(ClosedBy.SILENCE);
    }
    correct(true);
  }

  /** Whether all about the asset is to be forgotten. */
  boolean isOver() {
    return nowMillis >= overAt();
  }

  private long silentAt() {
    return asset.lastSeenMillis + rule.silentAfter().toMillis();
  }

  private long overAt() {
    return asset.lastSeenMillis + rules.forgetAfter().toMillis();
  }

  /** When something is due next, on the ingest clock. */
  long dueMillis() {
    long due = overAt();
    if (asset.live.open != null) {
      due = Math.min(due, silentAt());
    }
    if (asset.correctionMillis != AssetSessions.NEVER) {
      due = Math.min(due, asset.correctionMillis);
    }
    return due;
  }

  /** What is older cannot be merged any more. */
  private long oldestMillis() {
    return asset.clockMillis == AssetSessions.NEVER
        ? asset.forgottenUntilMillis
        : Math.max(asset.clockMillis - rules.horizon().toMillis(), asset.forgottenUntilMillis);
  }

  private void forgetOld() {
    long gap = rule.gap().toMillis();
    List<PastSession> sessions = asset.past().sessions();
    long oldest = oldestMillis();
    if (asset.late.open != null && asset.late.open.startMillis <= oldest) {
      // Before those that it joins are forgotten.
      endLate(false);
    }
    while (!sessions.isEmpty()
        && (sessions.size() > rules.maxRemembered()
            || sessions.get(0).stretch.endMillis + gap < oldest)) {
      PastSession session = sessions.remove(0);
      if (session.changed) {
        teller.tell(session, ClosedBy.CORRECTION);
      }
      asset.forgottenUntilMillis =
          Math.max(asset.forgottenUntilMillis, session.stretch.endMillis + gap + 1);
      if (session.stretch.endMillis + gap >= oldest) {
        metrics.forgottenEarly.inc();
      }
    }
    // A day is needed as long as anything that began on it may still be told.
    long needed =
        sessions.isEmpty() ? oldest : Math.min(oldest, sessions.get(0).stretch.startMillis);
    teller.forgetDays(Math.min(needed, Math.min(start(asset.live), start(asset.late))));
  }

  private static long start(Follower follower) {
    return follower.open == null ? Long.MAX_VALUE : follower.open.startMillis;
  }
}
