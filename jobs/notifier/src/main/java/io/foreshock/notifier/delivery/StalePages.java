package io.foreshock.notifier.delivery;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.channel.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Pages that waited too long to be news, for example because the notifier was away: one page for
 * each tenant says what they were. Its id is a function of the first of them, so that a summary
 * that is sent again after a crash is the same to the receiver.
 */
final class StalePages {
  private static final int MOST_LINES = 20;

  private final String channel;
  private final Map<String, List<Delivery>> byTenant = new TreeMap<>();

  StalePages(String channel) {
    this.channel = channel;
  }

  void add(Delivery delivery) {
    byTenant.computeIfAbsent(delivery.tenant(), tenant -> new ArrayList<>()).add(delivery);
  }

  boolean isEmpty() {
    return byTenant.isEmpty();
  }

  /**
   * Hands out what has come together, one delivery for each tenant; a single page as it is.
   *
   * @param nowMillis when the summaries are made: they are news, what they sum up is not
   */
  List<Delivery> take(long nowMillis) {
    List<Delivery> summaries = new ArrayList<>();
    byTenant.forEach(
        (tenant, pages) ->
            summaries.add(pages.size() == 1 ? pages.get(0) : summary(tenant, pages, nowMillis)));
    byTenant.clear();
    return summaries;
  }

  private Delivery summary(String tenant, List<Delivery> waiting, long nowMillis) {
    List<Delivery.Source> sources =
        waiting.stream().flatMap(delivery -> delivery.sources().stream()).toList();
    // The newest of each incident says where it stood.
    Map<String, Page> incidents = new LinkedHashMap<>();
    waiting.forEach(
        delivery -> {
          incidents.remove(delivery.page().dedupKey());
          incidents.put(delivery.page().dedupKey(), delivery.page());
        });
    List<Page> severestFirst =
        incidents.values().stream()
            .sorted(
                Comparator.comparing(Page::severity)
                    .thenComparingLong(Page::createdMillis)
                    .reversed())
            .toList();
    String first =
        sources.stream().map(Delivery.Source::place).min(Comparator.naturalOrder()).orElseThrow();
    String id =
        UUID.nameUUIDFromBytes((channel + ' ' + first).getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "");
    long oldest = waiting.stream().mapToLong(d -> d.page().createdMillis()).min().orElseThrow();
    long newest = waiting.stream().mapToLong(d -> d.page().createdMillis()).max().orElseThrow();
    Severity severity = severestFirst.get(0).severity();
    return new Delivery(
        new Page(
            id,
            "late." + id,
            Page.Kind.SUMMARY,
            Page.Subject.many(tenant),
            severity,
            List.of(),
            addresses(waiting),
            nowMillis,
            newest,
            "%d pages about %d alerts waited from %s to %s and were not delivered in time"
                .formatted(
                    waiting.size(),
                    incidents.size(),
                    Instant.ofEpochMilli(oldest),
                    Instant.ofEpochMilli(newest)),
            lines(severestFirst),
            Duration.ZERO),
        sources);
  }

  private static List<String> addresses(List<Delivery> waiting) {
    return waiting.stream()
        .flatMap(delivery -> delivery.page().addresses().stream())
        .distinct()
        .toList();
  }

  private static List<String> lines(List<Page> pages) {
    List<String> lines = new ArrayList<>();
    pages.stream()
        .limit(MOST_LINES)
        .forEach(
            page ->
                lines.add(
                    "%s %s %s"
                        .formatted(
                            Instant.ofEpochMilli(page.createdMillis()),
                            page.severity(),
                            page.title())));
    if (pages.size() > MOST_LINES) {
      lines.add(
          "… and "
              + (pages.size() - MOST_LINES)
              + " more; `foreshock alerts list` shows what is open.");
    }
    return lines;
  }
}
