package io.foreshock.operators.detect;

import io.foreshock.operators.detect.DetectorSpec.Season;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Which local day or week a time lies in, and in which part of it. The offset of the zone is looked
 * up once and kept until it changes.
 */
final class SeasonParts {
  private static final long DAY_MILLIS = 86_400_000L;

  /** 1970-01-01 was a Thursday: Monday is three days earlier. */
  private static final long MONDAY_MILLIS = -3 * DAY_MILLIS;

  private final ZoneRules rules;
  private final int parts;
  private final long seasonMillis;
  private final long startMillis;

  private long offsetMillis;
  private long validFrom = Long.MAX_VALUE;
  private long validUntil = Long.MIN_VALUE;

  SeasonParts(Season season, int parts, ZoneId zone) {
    rules = zone.getRules();
    this.parts = parts;
    seasonMillis = millis(season);
    startMillis = season == Season.DAILY ? 0 : MONDAY_MILLIS;
  }

  static long millis(Season season) {
    return season == Season.DAILY ? DAY_MILLIS : 7 * DAY_MILLIS;
  }

  /** From 0. */
  int of(long timeMillis) {
    long into = Math.floorMod(sinceStart(timeMillis), seasonMillis);
    return (int) (into * parts / seasonMillis);
  }

  /** Number of the day or week: two times are in the same one if it is the same. */
  long season(long timeMillis) {
    return Math.floorDiv(sinceStart(timeMillis), seasonMillis);
  }

  private long sinceStart(long timeMillis) {
    if (timeMillis < validFrom || timeMillis >= validUntil) {
      findOffset(timeMillis);
    }
    return timeMillis + offsetMillis - startMillis;
  }

  private void findOffset(long timeMillis) {
    Instant time = Instant.ofEpochMilli(timeMillis);
    offsetMillis = rules.getOffset(time).getTotalSeconds() * 1000L;
    ZoneOffsetTransition next = rules.nextTransition(time);
    validFrom = timeMillis;
    validUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1000;
  }
}
