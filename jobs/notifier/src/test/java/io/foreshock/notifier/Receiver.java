package io.foreshock.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.foreshock.local.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A web server that keeps what it is sent and answers as a test wants: late, wrong, or never. */
public final class Receiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Answer answer = request -> Reply.OK;

  /**
   * What was sent.
   *
   * @param nanos when it had arrived
   */
  public record Request(Map<String, String> headers, byte[] body, long nanos) {
    public JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Header {@code webhook-id}. */
    public String id() {
      return headers.get("webhook-id");
    }
  }

  /** How a request is answered. */
  public interface Answer {
    Reply to(Request request);
  }

  /**
   * An answer.
   *
   * @param status of HTTP; 0: none at all, the connection stays open
   * @param retryAfter header; null: none
   * @param after what is waited for before; null: nothing
   */
  public record Reply(int status, String retryAfter, CountDownLatch after) {
    public static final Reply OK = status(200);
    public static final Reply NEVER = status(0);

    public static Reply status(int status) {
      return new Reply(status, null, null);
    }

    public static Reply retryAfter(int status, String time) {
      return new Reply(status, time, null);
    }

    public static Reply after(CountDownLatch event, int status) {
      return new Reply(status, null, event);
    }
  }

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/pages");
  }

  public Receiver answering(Answer how) {
    answer = how;
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    Request request =
        new Request(headers, exchange.getRequestBody().readAllBytes(), System.nanoTime());
    Reply reply;
    synchronized (requests) {
      requests.add(request);
      reply = answer.to(request);
    }
    if (reply.status() == 0) {
      waitFor(closed);
      exchange.close();
      return;
    }
    if (reply.after() != null) {
      waitFor(reply.after());
    }
    if (reply.retryAfter() != null) {
      exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
    }
    exchange.sendResponseHeaders(reply.status(), -1);
    exchange.close();
  }

  private static void waitFor(CountDownLatch event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Ids of pages, each once, in the order of their first arrival. */
  public Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    requests().forEach(request -> ids.add(request.id()));
    return ids;
  }

  /** Waits until enough has come. */
  public List<Request> await(String what, Predicate<List<Request>> enough) {
    Await.until(what, PATIENCE, () -> enough.test(requests()));
    return requests();
  }

  public List<Request> await(int count) {
    return await(count + " requests", requests -> requests.size() >= count);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
