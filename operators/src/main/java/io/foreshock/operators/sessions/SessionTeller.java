package io.foreshock.operators.sessions;

import io.foreshock.model.AssetRef;
import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.ClosedBy;
import io.foreshock.model.SessionRow.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.Collector;

/** Turns what is known into rows: sessions, their idlings, days, and keys that are taken back. */
final class SessionTeller {
  private final SessionMetrics metrics;

  private Collector<SessionRow> out;
  private AssetRef ref;
  private AssetSessions asset;
  private SessionRule rule;
  private long nowMillis;

  SessionTeller(SessionMetrics metrics) {
    this.metrics = metrics;
  }

  /** Before each element and timer. */
  void bind(String key, String assetClass, Collector<SessionRow> out) {
    int slash = key.indexOf('/');
    ref = new AssetRef(key.substring(0, slash), key.substring(slash + 1), assetClass);
    this.out = out;
  }

  void bind(AssetSessions asset, SessionRule rule, long nowMillis) {
    this.asset = asset;
    this.rule = rule;
    this.nowMillis = nowMillis;
  }

  /** Tells a session as it stands, and takes back what was merged into it. */
  void tell(PastSession session, ClosedBy closedBy) {
    session.revision++;
    session.changed = false;
    metrics.told(session.revision);
    List<Long> supersedes = new ArrayList<>();
    for (PastSession.Told told : session.told) {
      day(told.startMillis()).count(-1, told.durationMillis());
      boolean moved = told.startMillis() != session.stretch.startMillis;
      if (moved) {
        supersedes.add(told.startMillis());
      }
      // A rule may call it otherwise than when it was told: that is another key.
      if (moved || told.kindOr(rule.kind()) != rule.kind()) {
        delete(told.kindOr(rule.kind()), told.startMillis(), session, closedBy);
      }
    }
    long duration = session.stretch.endMillis - session.stretch.startMillis;
    session.told.clear();
    session.told.add(new PastSession.Told(rule.kind(), session.stretch.startMillis, duration));
    day(session.stretch.startMillis).count(1, duration);
    Sums sums = session.stretch.ownSums();
    Standstills idlings = sums.speeds.standstills(rule);
    out.collect(
        new SessionRow(
            ref,
            rule.kind(),
            session.stretch.startMillis,
            session.stretch.endMillis,
            session.revision,
            false,
            session.stretch.startMillis,
            closedBy,
            nowMillis,
            asset.backlog,
            session.stretch.approximate,
            supersedes,
            sums.figures(duration, idlings)));
    tellIdlings(session, rule.kind() == Kind.TRIP ? idlings.told() : List.of(), closedBy);
  }

  private void tellIdlings(
      PastSession session, List<Standstills.Interval> idlings, ClosedBy closedBy) {
    List<Long> starts = idlings.stream().map(Standstills.Interval::startMillis).toList();
    for (long told : session.toldIdlings) {
      if (!starts.contains(told)) {
        delete(Kind.IDLING, told, session, closedBy);
      }
    }
    session.toldIdlings.clear();
    session.toldIdlings.addAll(starts);
    for (Standstills.Interval idling : idlings) {
      out.collect(
          new SessionRow(
              ref,
              Kind.IDLING,
              idling.startMillis(),
              idling.endMillis(),
              session.revision,
              false,
              session.stretch.startMillis,
              closedBy,
              nowMillis,
              asset.backlog,
              session.stretch.approximate,
              List.of(),
              SessionFigures.NONE));
    }
  }

  private void delete(Kind kind, long startMillis, PastSession by, ClosedBy closedBy) {
    metrics.deleted.inc();
    out.collect(deleted(kind, startMillis, by.stretch.startMillis, by.revision, closedBy));
  }

  private SessionRow deleted(
      Kind kind, long startMillis, long sessionStartMillis, int revision, ClosedBy closedBy) {
    return new SessionRow(
        ref,
        kind,
        startMillis,
        startMillis,
        revision,
        true,
        sessionStartMillis,
        closedBy,
        nowMillis,
        asset.backlog,
        false,
        List.of(),
        SessionFigures.NONE);
  }

  private Day day(long eventMillis) {
    List<Day> days = asset.past().days();
    int place = days.size();
    while (place > 0 && days.get(place - 1).startMillis > eventMillis) {
      place--;
    }
    if (place > 0 && days.get(place - 1).endMillis > eventMillis) {
      return days.get(place - 1);
    }
    LocalDate date = Instant.ofEpochMilli(eventMillis).atZone(rule.zone()).toLocalDate();
    Day day =
        new Day(
            date.atStartOfDay(rule.zone()).toInstant().toEpochMilli(),
            date.plusDays(1).atStartOfDay(rule.zone()).toInstant().toEpochMilli());
    days.add(place, day);
    return day;
  }

  /** Tells the days that changed. */
  void tellDays() {
    for (Day day : asset.past().days()) {
      if (!day.changed) {
        continue;
      }
      day.changed = false;
      day.revision++;
      out.collect(
          day.starts == 0
              ? deleted(
                  Kind.DAY, day.startMillis, day.startMillis, day.revision, ClosedBy.CORRECTION)
              : new SessionRow(
                  ref,
                  Kind.DAY,
                  day.startMillis,
                  day.endMillis,
                  day.revision,
                  false,
                  day.startMillis,
                  ClosedBy.CORRECTION,
                  nowMillis,
                  asset.backlog,
                  false,
                  List.of(),
                  SessionFigures.ofDay(day.starts, day.operatingMillis)));
    }
  }

  /** Forgets days that end before a time, once they are told. */
  void forgetDays(long beforeMillis) {
    tellDays();
    asset.past().days().removeIf(day -> day.endMillis <= beforeMillis);
  }
}
