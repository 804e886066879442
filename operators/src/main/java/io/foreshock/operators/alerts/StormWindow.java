package io.foreshock.operators.alerts;

import io.foreshock.codec.NotificationIds;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification;
import io.foreshock.model.Notification.Recipient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A time after a page of a group in which further pages are gathered.
 *
 * @param openedAtMillis when it opened
 * @param untilMillis when it ends
 * @param lengthMillis its length
 * @param pages pages that were gathered
 * @param resolved of these, whose alert was over or acknowledged before anybody was told; their
 *     alerts are named no more
 * @param first first page that was gathered; null when there is none
 * @param severest alerts of the gathered pages, severest first
 * @param recipients everybody to whom a gathered page would have gone
 */
record StormWindow(
    long openedAtMillis,
    long untilMillis,
    long lengthMillis,
    long pages,
    long resolved,
    Notification first,
    List<Named> severest,
    List<Recipient> recipients) {
  private static final int MAX_RECIPIENTS = 64;
  private static final Comparator<Named> SEVEREST =
      Comparator.comparing(Named::severity, Comparator.reverseOrder())
          .thenComparing(Named::alertId);

  /** An alert and how severe it is. */
  record Named(Severity severity, String alertId) {}

  static StormWindow opened(long now, long length) {
    return new StormWindow(now, now + length, length, 0, 0, null, List.of(), List.of());
  }

  StormWindow with(Notification page) {
    List<Named> named = new ArrayList<>(severest);
    named.removeIf(other -> other.alertId().equals(page.alertId()));
    named.add(new Named(page.severity(), page.alertId()));
    named.sort(SEVEREST);
    if (named.size() > Notification.MAX_ALERT_IDS) {
      named.remove(named.size() - 1);
    }
    return new StormWindow(
        openedAtMillis,
        untilMillis,
        lengthMillis,
        pages + 1,
        resolved,
        first == null ? page : first,
        List.copyOf(named),
        join(recipients, page.recipients()));
  }

  /** Both, each once, the first ones first. */
  static List<Recipient> join(List<Recipient> some, List<Recipient> more) {
    if (some.containsAll(more)) {
      return some;
    }
    Set<Recipient> joined = new LinkedHashSet<>(some);
    joined.addAll(more);
    return joined.stream().limit(MAX_RECIPIENTS).toList();
  }

  /**
   * The window when nobody need be told of the alert any more. An alert beyond those that are named
   * is only counted.
   */
  StormWindow without(String alertId) {
    List<Named> left = severest.stream().filter(named -> !named.alertId().equals(alertId)).toList();
    boolean all = pages <= Notification.MAX_ALERT_IDS;
    if (left.size() == severest.size() && all) {
      return this;
    }
    if (left.isEmpty() && all) {
      return new StormWindow(
          openedAtMillis, untilMillis, lengthMillis, 0, 0, null, List.of(), List.of());
    }
    return new StormWindow(
        openedAtMillis,
        untilMillis,
        lengthMillis,
        pages,
        resolved + 1,
        first,
        left.isEmpty() ? severest : left,
        recipients);
  }

  /** One message for all that was gathered. */
  Notification summary(String tenant, String group, long now) {
    String where = group.isEmpty() ? tenant : group;
    Severity severity = severest.get(0).severity();
    List<String> ids = severest.stream().map(Named::alertId).toList();
    String key = tenant + "/storm/" + group;
    StringBuilder text = new StringBuilder();
    text.append(pages).append(" pages in ");
    text.append(Math.max(1, (now - openedAtMillis) / 1000)).append(" s");
    if (resolved > 0) {
      text.append(", ").append(resolved).append(" of them over or acknowledged already");
    }
    text.append(". The severest:\n");
    severest.forEach(
        named -> text.append(named.severity()).append(' ').append(named.alertId()).append('\n'));
    return new Notification(
        NotificationIds.of(key, String.valueOf(openedAtMillis), first.id()),
        key + '/' + openedAtMillis,
        Notification.Kind.SUMMARY,
        tenant,
        null,
        first.site(),
        "",
        0,
        "",
        "",
        severity,
        recipients,
        0,
        0,
        AlertTexts.cut(severity + " " + where + ": " + pages + " alerts at once", 256),
        AlertTexts.cut(text.toString(), 8_000),
        now,
        0,
        pages,
        ids);
  }
}
