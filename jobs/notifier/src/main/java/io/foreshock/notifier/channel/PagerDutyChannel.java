package io.foreshock.notifier.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * PagerDuty's Events API v2. One incident for each alert: all its pages carry the same {@code
 * dedup_key}, so a repeat changes nothing.
 */
public final class PagerDutyChannel implements Channel {
  /** Longest summary that the API takes. */
  private static final int LONGEST_SUMMARY = 1024;

  /** Longest key that the API takes. */
  private static final int LONGEST_KEY = 255;

  /** How the API names the key in what it refuses with 400. */
  private static final Pattern ABOUT_THE_KEY =
      Pattern.compile("^HTTP 400\\b.*routing[_ ]key", Pattern.CASE_INSENSITIVE);

  private final Http http;
  private final URI target;
  private final Secret routingKey;
  private final Map<String, Secret> routingKeys;
  private final Link link;

  /**
   * @param routingKey for pages without an address, or with one that is not known
   * @param routingKeys services by address
   */
  public PagerDutyChannel(
      Http http, URI target, Secret routingKey, Map<String, Secret> routingKeys, Link link) {
    this.http = http;
    this.target = target;
    this.routingKey = routingKey;
    this.routingKeys = Map.copyOf(routingKeys);
    this.link = link;
  }

  /** An update wakes nobody, and a trigger would, where people have resolved the incident. */
  @Override
  public boolean says(Page page) {
    return page.kind() != Page.Kind.UPDATE;
  }

  @Override
  public Outcome deliver(Page page) throws InterruptedException {
    ObjectNode event = event(page);
    Set<Secret> services = new LinkedHashSet<>();
    page.addresses()
        .forEach(address -> services.add(routingKeys.getOrDefault(address, routingKey)));
    if (services.isEmpty()) {
      services.add(routingKey);
    }
    // One service that fails must not keep the page from others; those that have it get it again
    // with the next attempt, under the same key.
    Outcome worst = Outcome.delivered();
    for (Secret service : services) {
      worst = worse(worst, post(event, service));
    }
    return worst;
  }

  private Outcome post(ObjectNode event, Secret service) throws InterruptedException {
    try {
      return judge(
          http.post(target, PageJson.bytes(event.put("routing_key", service.read())), Map.of()));
    } catch (SecretReference.Missing e) {
      return Outcome.tryAgain(e.getMessage());
    }
  }

  /** People repair a wrong key, and must not lose the pages until then. */
  static Outcome judge(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
            && ABOUT_THE_KEY.matcher(refused.reason()).find()
        ? Outcome.tryAgain(refused.reason())
        : outcome;
  }

  /** Trying again comes before a refusal: a dead letter would end the page for all. */
  private static Outcome worse(Outcome one, Outcome other) {
    if (one instanceof Outcome.TryAgain first && other instanceof Outcome.TryAgain second) {
      return first.notBefore().compareTo(second.notBefore()) >= 0 ? first : second;
    }
    return rank(one) >= rank(other) ? one : other;
  }

  private static int rank(Outcome outcome) {
    return outcome instanceof Outcome.TryAgain ? 2 : outcome instanceof Outcome.Refused ? 1 : 0;
  }

  /** The event without its routing key. */
  ObjectNode event(Page page) {
    ObjectNode event =
        PageJson.object()
            .put("event_action", action(page.kind()))
            .put("dedup_key", key(page.dedupKey()));
    if (!action(page.kind()).equals("trigger")) {
      return event;
    }
    ObjectNode payload = event.putObject("payload");
    payload
        .put("summary", cut(page.headline()))
        .put(
            "source", page.subject().assetId().isEmpty() ? page.tenant() : page.subject().assetId())
        .put("severity", severity(page))
        .put("timestamp", PageJson.time(page.seenMillis()))
        .put("component", page.subject().component())
        .put("group", page.tenant())
        .put("class", page.subject().failureMode())
        .set("custom_details", PageJson.of(page, link));
    event.put("client", "Foreshock");
    String address = link.of(page);
    if (!address.isEmpty()) {
      event.put("client_url", address);
    }
    return event;
  }

  private static String action(Page.Kind kind) {
    return switch (kind) {
      case PAGE, UPDATE, SUMMARY -> "trigger";
      case ACKNOWLEDGED -> "acknowledge";
      case RESOLVED -> "resolve";
    };
  }

  /** PagerDuty knows critical, error, warning and info. */
  private static String severity(Page page) {
    return switch (page.severity()) {
      case CRITICAL -> "critical";
      case WARNING -> "warning";
      case WATCH -> "info";
    };
  }

  /** As it is, or a function of it where the API takes no more. */
  private static String key(String dedupKey) {
    return dedupKey.length() <= LONGEST_KEY
        ? dedupKey
        : UUID.nameUUIDFromBytes(dedupKey.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SUMMARY ? text : text.substring(0, LONGEST_SUMMARY - 1) + "…";
  }

  @Override
  public void close() {
    http.close();
  }
}
