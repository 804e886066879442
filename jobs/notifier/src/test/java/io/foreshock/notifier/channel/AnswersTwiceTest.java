package io.foreshock.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that says more than it was asked. */
class AnswersTwiceTest {
  private final Http http = new Http(Duration.ofSeconds(5), null);

  @Test
  void theSecondAnswerIsNotTakenForThatOfTheNextPage() throws Exception {
    try (Twice server = new Twice()) {
      for (int i = 0; i < 20; i++) {
        assertThat(http.post(server.uri(), new byte[] {'1'}, Map.of()))
            .as("request %d", i)
            .isEqualTo(Outcome.tryAgain("HTTP 503"));
      }
      assertThat(server.requests.get()).isEqualTo(20);
    }
  }

  /** Answers each request with 503 and, in the same breath, with a 200 that nobody asked for. */
  private static final class Twice implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    Twice() throws IOException {
      Thread accepting = new Thread(this::accept, "answers-twice");
      accepting.setDaemon(true);
      accepting.start();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private void accept() {
      try {
        while (true) {
          Socket connection = server.accept();
          Thread serving = new Thread(() -> serve(connection), "answers-twice");
          serving.setDaemon(true);
          serving.start();
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        while (reader.readLine() != null) {
          String line = reader.readLine();
          while (line != null && !line.isEmpty()) {
            line = reader.readLine();
          }
          reader.read();
          requests.incrementAndGet();
          connection
              .getOutputStream()
              .write(
                  ("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
                          + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
          connection.getOutputStream().flush();
        }
      } catch (IOException closed) {
        // The client has ended the connection.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
