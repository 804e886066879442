package io.foreshock.operators.order;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long to wait for what is missing, and how much to remember.
 *
 * @param maxWait ingest time that a missing message is waited for at most; default 10 s
 * @param maxPending messages of one asset that wait at most; one more, and the gap in front of them
 *     is given up; default 1,000
 * @param bootWait ingest time that the first message of a new boot waits for stragglers of the boot
 *     before it, at most {@code maxWait}; zero (default): a new boot starts at once, and what comes
 *     later from the old one is late
 * @param disorderBound event time by which messages of devices without sequence numbers are held
 *     back and sorted, at most for {@code maxWait}; zero (default): they pass at once
 * @param lateAfter event time that an item may lie behind the newest of its device and still pass;
 *     further behind it takes the late route; zero (default): a device's items never go back in
 *     time. Raise it for devices whose messages overlap, such as one message per channel
 * @param idTtl ingest time that message ids of devices without sequence numbers are remembered;
 *     default 1 h
 * @param maxIds message ids that are remembered per asset at most; one more, and the older half is
 *     forgotten; default 10,000
 * @param cursorTtl a device silent for this ingest time is forgotten; default 30 days
 * @param linkPeriod ingest time between reports about a device whose messages were lost, repeated,
 *     out of order or late; zero, the default, for no reports
 */
public record OrderRules(
    Duration maxWait,
    int maxPending,
    Duration bootWait,
    Duration disorderBound,
    Duration lateAfter,
    Duration idTtl,
    int maxIds,
    Duration cursorTtl,
    Duration linkPeriod)
    implements Serializable {

  public static final OrderRules DEFAULT =
      new OrderRules(
          Duration.ofSeconds(10),
          1_000,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofHours(1),
          10_000,
          Duration.ofDays(30),
          Duration.ZERO);

  public OrderRules {
    List<String> problems = new ArrayList<>();
    notNegative("maxWait", maxWait, problems);
    notNegative("bootWait", bootWait, problems);
    notNegative("disorderBound", disorderBound, problems);
    notNegative("lateAfter", lateAfter, problems);
    notNegative("linkPeriod", linkPeriod, problems);
    if (bootWait.compareTo(maxWait) > 0) {
      problems.add(
          "bootWait must not exceed maxWait, but is " + bootWait + " and maxWait " + maxWait + ".");
    }
    if (maxPending < 1) {
      problems.add("maxPending must be at least 1, but is " + maxPending + ". Use e.g. 1000.");
    }
    if (idTtl.toMillis() < 1) {
      problems.add("idTtl must be at least 1 ms, but is " + idTtl + ". Use e.g. 1 h.");
    }
    if (maxIds < 2) {
      problems.add("maxIds must be at least 2, but is " + maxIds + ". Use e.g. 10000.");
    }
    if (cursorTtl.compareTo(maxWait) <= 0) {
      problems.add(
          "cursorTtl must exceed maxWait, but is " + cursorTtl + " and maxWait " + maxWait + ".");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }

  private static void notNegative(String name, Duration value, List<String> problems) {
    if (value.isNegative()) {
      problems.add(name + " must not be negative, but is " + value + ".");
    }
  }

  public OrderRules withMaxWait(Duration value) {
    return new OrderRules(
        value,
        maxPending,
        bootWait,
        disorderBound,
        lateAfter,
        idTtl,
        maxIds,
        cursorTtl,
        linkPeriod);
  }

  public OrderRules withMaxPending(int value) {
    return new OrderRules(
        maxWait, value, bootWait, disorderBound, lateAfter, idTtl, maxIds, cursorTtl, linkPeriod);
  }

  public OrderRules withBootWait(Duration value) {
    return new OrderRules(
        maxWait, maxPending, value, disorderBound, lateAfter, idTtl, maxIds, cursorTtl, linkPeriod);
  }

  public OrderRules withDisorderBound(Duration value) {
    return new OrderRules(
        maxWait, maxPending, bootWait, value, lateAfter, idTtl, maxIds, cursorTtl, linkPeriod);
  }

  public OrderRules withLateAfter(Duration value) {
    return new OrderRules(
        maxWait, maxPending, bootWait, disorderBound, value, idTtl, maxIds, cursorTtl, linkPeriod);
  }

  public OrderRules withIds(Duration ttl, int maximum) {
    return new OrderRules(
        maxWait,
        maxPending,
        bootWait,
        disorderBound,
        lateAfter,
        ttl,
        maximum,
        cursorTtl,
        linkPeriod);
  }

  public OrderRules withCursorTtl(Duration value) {
    return new OrderRules(
        maxWait, maxPending, bootWait, disorderBound, lateAfter, idTtl, maxIds, value, linkPeriod);
  }

  public OrderRules withLinkPeriod(Duration value) {
    return new OrderRules(
        maxWait, maxPending, bootWait, disorderBound, lateAfter, idTtl, maxIds, cursorTtl, value);
  }
}
