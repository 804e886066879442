package io.foreshock.notifier.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page as an alert of Alertmanager's API v2. Its labels are its identity there: one for each
 * asset, component, failure mode and severity, whatever the page.
 */
final class AlertmanagerAlert {
  private final Map<String, String> ownLabels;
  private final Link link;

  /**
   * @param ownLabels added to every alert, e.g. {@code team}
   */
  AlertmanagerAlert(Map<String, String> ownLabels, Link link) {
    this.ownLabels = Map.copyOf(ownLabels);
    this.link = link;
  }

  Map<String, String> labels(Page page) {
    Page.Subject subject = page.subject();
    Map<String, String> labels = new TreeMap<>(ownLabels);
    if (page.kind() == Page.Kind.SUMMARY || subject.alertId().isEmpty()) {
      labels.put("alertname", "foreshock summary");
      labels.put("summary_of", page.dedupKey());
    } else {
      labels.put("alertname", subject.component() + " " + subject.failureMode());
      labels.put("asset", subject.assetId());
      labels.put("asset_class", subject.assetClass());
      labels.put("site", subject.site());
      labels.put("component", subject.component());
      labels.put("failure_mode", subject.failureMode());
    }
    labels.put("tenant", subject.tenant());
    labels.put("severity", PageJson.word(page.severity()));
    // Alertmanager takes an empty label for none, and so would a reader.
    labels.values().removeIf(String::isEmpty);
    return labels;
  }

  /**
   * @param endMillis when Alertmanager takes it for over if it hears nothing more; the past: it is
   */
  ObjectNode json(Page page, long endMillis) {
    ObjectNode json = PageJson.object();
    ObjectNode labels = json.putObject("labels");
    labels(page).forEach(labels::put);
    ObjectNode annotations =
        json.putObject("annotations")
            .put("summary", page.headline())
            .put("dedup_key", page.dedupKey())
            .put("notification_id", page.id());
    if (!page.text().isEmpty()) {
      annotations.put("description", String.join("\n", page.text()));
    }
    if (!page.subject().alertId().isEmpty()) {
      annotations.put("alert_id", page.subject().alertId());
    }
    json.put("startsAt", PageJson.time(Math.min(page.seenMillis(), endMillis - 1)));
    json.put("endsAt", PageJson.time(endMillis));
    String address = link.of(page);
    if (!address.isEmpty()) {
      json.put("generatorURL", address);
    }
    return json;
  }
}
