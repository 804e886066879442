package io.foreshock.notifier.channel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Posts JSON and says what the answer means.
 *
 * <p>2xx is delivered. 400, 413 and 422 are about the page itself: refused. Everything else may
 * pass: servers restart (5xx), limit (429), and wrong credentials or paths (401, 403, 404) are
 * repaired by people, who must not lose the pages of that hour. Redirects are not followed: a
 * signed page goes where it was told to go.
 */
public final class Http implements AutoCloseable {
  private static final Set<Integer> ABOUT_THE_PAGE = Set.of(400, 413, 422);
  private static final int LONGEST_REASON = 300;

  private final HttpClient client;
  private final Duration timeout;

  /**
   * @param timeout for one attempt as a whole, from the connection to the last byte of the answer
   * @param tls own authorities or certificate; null for those of the Java installation
   */
  public Http(Duration timeout, SSLContext tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    this.timeout = timeout;
  }

  /** Posts a document and waits; never throws for what the network does. */
  Outcome post(URI target, byte[] json, Map<String, String> headers) throws InterruptedException {
    CompletableFuture<Outcome> outcome = send(target, json, headers);
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      outcome.cancel(true);
    }
  }

  /** Posts a document; the outcome comes within the time limit. */
  CompletableFuture<Outcome> send(URI target, byte[] json, Map<String, String> headers) {
    HttpRequest request;
    try {
      request = request(target, json, headers);
    } catch (IllegalArgumentException e) {
      // Its message would hold the value, which may be a secret.
      return CompletableFuture.completedFuture(
          Outcome.tryAgain("the address or a header holds what HTTP does not allow"));
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new FirstBytes(LONGEST_REASON));
    // The client's own time-out ends with the headers; a server may stall in the middle of a body.
    CompletableFuture<Outcome> outcome =
        answer
            .handle(
                (said, failure) -> failure == null ? judge(said) : Outcome.tryAgain(say(failure)))
            .completeOnTimeout(
                Outcome.tryAgain("no answer within " + timeout.toMillis() + " ms"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    // Also frees the connection of what came too late, or is no longer waited for.
    outcome.whenComplete((result, failure) -> answer.cancel(true));
    return outcome;
  }

  private static HttpRequest request(URI target, byte[] json, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("User-Agent", "foreshock-notifier")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    headers.forEach(request::header);
    return request.build();
  }

  private static Outcome judge(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return Outcome.delivered();
    }
    String said = printable(new String(answer.body(), StandardCharsets.UTF_8));
    String reason = "HTTP " + status + (said.isEmpty() ? "" : ": " + said);
    if (ABOUT_THE_PAGE.contains(status)) {
      return Outcome.refused(reason);
    }
    return new Outcome.TryAgain(
        reason,
        answer.headers().firstValue("Retry-After").map(Http::retryAfter).orElse(Duration.ZERO));
  }

  /** Seconds, or a date (RFC 9110, 10.2.3); zero when it is neither. */
  static Duration retryAfter(String value) {
    return retryAfter(value, Instant.now());
  }

  static Duration retryAfter(String value, Instant now) {
    String text = value.trim();
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Duration wait =
          Duration.between(
              now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  private static String say(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause.getMessage() == null || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    String name = cause instanceof IOException ? "no connection" : cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + printable(cause.getMessage());
  }

  private static String printable(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  @Override
  public void close() {
    // The client has no close before Java 21; its threads end when nobody holds it.
  }
}
