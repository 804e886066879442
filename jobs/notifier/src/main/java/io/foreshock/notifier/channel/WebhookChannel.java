package io.foreshock.notifier.channel;

import io.foreshock.runtime.kafka.security.SecretReference;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Posts pages as JSON, signed, to a receiver of one's own. */
public final class WebhookChannel implements Channel {
  private final Http http;
  private final Supplier<URI> target;
  private final List<Secret> secrets;
  private final Link link;
  private final Clock clock;

  /**
   * @param target where to; read at each attempt, because addresses may be secrets
   * @param secrets one, or two while a secret is changed
   */
  public WebhookChannel(
      Http http, Supplier<URI> target, List<Secret> secrets, Link link, Clock clock) {
    this.http = http;
    this.target = target;
    this.secrets = List.copyOf(secrets);
    this.link = link;
    this.clock = clock;
  }

  @Override
  public Outcome deliver(Page page) throws InterruptedException {
    byte[] body = PageJson.bytes(PageJson.of(page, link));
    try {
      return http.post(
          target.get(),
          body,
          WebhookSignature.headers(
              page.id(),
              clock.instant().getEpochSecond(),
              body,
              secrets.stream().map(Secret::read).toList()));
    } catch (SecretReference.Missing e) {
      return Outcome.tryAgain(e.getMessage());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
