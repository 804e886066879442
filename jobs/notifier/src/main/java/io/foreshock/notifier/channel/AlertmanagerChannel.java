package io.foreshock.notifier.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Prometheus Alertmanager, API v2. It forgets an alert that nobody repeats, so open ones are sent
 * again every {@code resend}, each time with an end that lies four times as far ahead, as
 * Prometheus does: three may be lost, and an alert whose sender is gone for good ends by itself.
 *
 * <p>A page that another severity follows has other labels, which is another alert there: the one
 * before is ended in the same request.
 */
public final class AlertmanagerChannel implements Channel {
  /** How long a summary of many alerts is shown: nothing says when it is over. */
  private static final Duration SUMMARY_LASTS = Duration.ofHours(1);

  private static final int RESEND_MULTIPLE = 4;
  private static final int ALERTS_IN_REQUEST = 64;
  private static final Duration REMEMBER_ENDED = Duration.ofDays(1);

  private final Http http;
  private final List<URI> targets;
  private final Secret bearerToken;
  private final AlertmanagerAlert alerts;
  private final Duration resend;
  private final Clock clock;
  private final OpenIncidents open = new OpenIncidents();

  /** Pages share it; what is sent again excludes them, or an old end could overtake a new one. */
  private final ReadWriteLock order = new ReentrantReadWriteLock(true);

  /**
   * @param servers base addresses of all Alertmanagers of a cluster: each gets every alert, and one
   *     that takes it is enough
   * @param bearerToken null: none
   * @param resend how often open alerts are sent again
   */
  public AlertmanagerChannel(
      Http http,
      List<URI> servers,
      Secret bearerToken,
      Map<String, String> ownLabels,
      Duration resend,
      Link link,
      Clock clock) {
    this.http = http;
    this.targets =
        servers.stream()
            .map(uri -> URI.create(uri.toString().replaceAll("/+$", "") + "/api/v2/alerts"))
            .toList();
    this.bearerToken = bearerToken;
    this.alerts = new AlertmanagerAlert(ownLabels, link);
    this.resend = resend;
    this.clock = clock;
  }

  /** How often {@link #resend} wants to be called. */
  public Duration interval() {
    return resend;
  }

  @Override
  public Outcome deliver(Page page) throws InterruptedException {
    order.readLock().lock();
    try {
      Optional<Page> before = open.take(page);
      ArrayNode body = JsonNodeFactory.instance.arrayNode();
      before
          .filter(old -> !alerts.labels(old).equals(alerts.labels(page)))
          .ifPresent(old -> body.add(alerts.json(old, clock.millis())));
      body.add(alerts.json(page, end(page)));
      return post(body);
    } finally {
      order.readLock().unlock();
    }
  }

  /** A page that was delivered earlier, before a restart or by another notifier. */
  public void remember(Page page) {
    open.take(page);
  }

  /**
   * Ends what is about a closed alert, whether or not a page said that it is.
   *
   * @param millis when the alert was closed, in milliseconds since 1970 (UTC)
   */
  public void close(String tenant, String alertId, long millis) throws InterruptedException {
    order.writeLock().lock();
    try {
      send(open.close(tenant, alertId, millis), clock.millis());
    } finally {
      order.writeLock().unlock();
    }
  }

  /**
   * Says of every open alert that it goes on.
   *
   * @return how many there are; empty when nobody took them, which the next time repairs
   */
  public Optional<Integer> resend() throws InterruptedException {
    order.writeLock().lock();
    try {
      long now = clock.millis();
      open.forgetEndedBefore(now - REMEMBER_ENDED.toMillis());
      List<Page> all = open.all();
      return send(all, now + RESEND_MULTIPLE * resend.toMillis())
          ? Optional.of(all.size())
          : Optional.empty();
    } finally {
      order.writeLock().unlock();
    }
  }

  private boolean send(List<Page> pages, long endMillis) throws InterruptedException {
    boolean taken = true;
    for (int from = 0; from < pages.size(); from += ALERTS_IN_REQUEST) {
      ArrayNode body = JsonNodeFactory.instance.arrayNode();
      pages
          .subList(from, Math.min(pages.size(), from + ALERTS_IN_REQUEST))
          .forEach(page -> body.add(alerts.json(page, endMillis)));
      taken &= post(body) instanceof Outcome.Delivered;
    }
    return taken;
  }

  private long end(Page page) {
    return switch (page.kind()) {
      case RESOLVED -> clock.millis();
      case SUMMARY -> clock.millis() + SUMMARY_LASTS.toMillis();
      case PAGE, UPDATE, ACKNOWLEDGED -> clock.millis() + RESEND_MULTIPLE * resend.toMillis();
    };
  }

  /** Delivered when one of the servers has it; otherwise what the last one said. */
  private Outcome post(ArrayNode body) throws InterruptedException {
    byte[] json = PageJson.bytes(body);
    Map<String, String> headers;
    try {
      headers =
          bearerToken == null ? Map.of() : Map.of("Authorization", "Bearer " + bearerToken.read());
    } catch (SecretReference.Missing e) {
      return Outcome.tryAgain(e.getMessage());
    }
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    targets.forEach(target -> answers.add(http.send(target, json, headers)));
    Outcome outcome = null;
    try {
      for (CompletableFuture<Outcome> answer : answers) {
        Outcome one = answer.get();
        outcome = outcome instanceof Outcome.Delivered ? outcome : one;
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      answers.forEach(answer -> answer.cancel(true));
    }
    return outcome;
  }

  @Override
  public void close() {
    http.close();
  }
}
