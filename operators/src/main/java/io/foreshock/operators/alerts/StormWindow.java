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
 * @param resolved alerts that were over before anybody was told
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
    List<Recipient> all = recipients;
    if (!recipients.containsAll(page.recipients())) {
      Set<Recipient> joined = new LinkedHashSet<>(recipients);
      joined.addAll(page.recipients());
      all = joined.stream().limit(MAX_RECIPIENTS).toList();
    }
    return new StormWindow(
        openedAtMillis,
        untilMillis,
        lengthMillis,
        pages + 1,
        resolved,
        first == null ? page : first,
        List.copyOf(named),
        all);
  }

  StormWindow withResolved() {
    return new StormWindow(
        openedAtMillis,
        untilMillis,
        lengthMillis,
        pages,
        resolved + 1,
        first,
        severest,
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
      text.append(", ").append(resolved).append(" of them over already");
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
