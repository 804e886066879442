package io.foreshock.notifier.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last page of each incident that a receiver should take for going on. Fed from several sides
 * in any order: the newest page of an incident counts. Thread-safe; one page for each open
 * incident.
 */
final class OpenIncidents {
  private record Key(String tenant, String dedupKey) {
    static Key of(Page page) {
      return new Key(page.tenant(), page.dedupKey());
    }
  }

  private record Alert(String tenant, String alertId) {}

  private final Map<Key, Page> open = new HashMap<>();
  private final Map<Key, Long> ended = new HashMap<>();
  private final Map<Alert, Long> closed = new HashMap<>();

  /**
   * Takes a page.
   *
   * @return the page that it replaces; empty when there was none or the page is an old one
   */
  synchronized Optional<Page> take(Page page) {
    Key key = Key.of(page);
    Page before = open.get(key);
    if (page.kind() == Page.Kind.SUMMARY
        || before != null && before.createdMillis() > page.createdMillis()
        || ended.getOrDefault(key, Long.MIN_VALUE) > page.createdMillis()
        || !page.ends() && isClosed(page)) {
      return Optional.empty();
    }
    if (page.ends()) {
      open.remove(key);
      ended.put(key, page.createdMillis());
    } else {
      open.put(key, page);
      ended.remove(key);
    }
    return Optional.ofNullable(before);
  }

  private boolean isClosed(Page page) {
    Alert alert = new Alert(page.tenant(), page.subject().alertId());
    return closed.getOrDefault(alert, Long.MIN_VALUE) >= page.createdMillis();
  }

  /**
   * The alert is closed, whether or not a page said so.
   *
   * @param millis when it was closed; pages made later are about its return
   * @return pages that are no longer true
   */
  synchronized List<Page> close(String tenant, String alertId, long millis) {
    closed.merge(new Alert(tenant, alertId), millis, Math::max);
    List<Page> untrue = new ArrayList<>();
    open.values()
        .removeIf(
            page -> {
              boolean over =
                  page.tenant().equals(tenant)
                      && page.subject().alertId().equals(alertId)
                      && page.createdMillis() <= millis;
              if (over) {
                untrue.add(page);
              }
              return over;
            });
    return untrue;
  }

  /** Forgets what only serves to tell old pages from new ones, when it is older than this. */
  synchronized void forgetEndedBefore(long millis) {
    ended.values().removeIf(time -> time < millis);
    closed.values().removeIf(time -> time < millis);
  }

  synchronized List<Page> all() {
    return List.copyOf(open.values());
  }
}
