package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BridgeMetricsTest {

  /** Linux answers on all of 127.0.0.0/8. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void servesMetricsOnTheNamedAddressOnly() throws IOException {
    try (HTTPServer server = new BridgeMetrics(() -> 0).serve("127.0.0.1", 0)) {
      assertThat(answers("127.0.0.1", server.getPort())).isTrue();
      assertThat(answers("127.0.0.2", server.getPort())).isFalse();
    }
    try (HTTPServer server = new BridgeMetrics(() -> 0).serve("", 0)) {
      assertThat(answers("127.0.0.2", server.getPort())).isTrue();
    }
  }

  private static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 5_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
