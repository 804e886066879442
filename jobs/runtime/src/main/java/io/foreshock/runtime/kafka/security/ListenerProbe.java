package io.foreshock.runtime.kafka.security;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks what a broker's port speaks. A client without TLS learns nothing from a port with TLS but
 * silence, so what people get to read is a time-out; this finds the reason.
 */
final class ListenerProbe {
  private static final int PATIENCE_MILLIS = 2000;

  /** What was found. */
  enum Found {
    NOBODY,
    TLS,
    NO_TLS
  }

  private ListenerProbe() {}

  /** Looks at the first address that somebody listens on; sends a greeting and nothing else. */
  static Found at(String bootstrapServers) {
    for (String server : bootstrapServers.split(",")) {
      int colon = server.lastIndexOf(':');
      if (colon < 0) {
        continue;
      }
      try {
        Found found =
            at(
                server.substring(0, colon).trim(),
                Integer.parseInt(server.substring(colon + 1).trim()));
        if (found != Found.NOBODY) {
          return found;
        }
      } catch (NumberFormatException e) {
        continue;
      }
    }
    return Found.NOBODY;
  }

  private static Found at(String host, int port) {
    String name = host.replaceAll("^\\[|\\]$", "");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(name, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return greet(socket, name, port);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return Found.NOBODY;
    }
  }

  private static Found greet(Socket plain, String host, int port)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAnybody()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
      socket.startHandshake();
      return Found.TLS;
    } catch (SSLException e) {
      // An alert is an answer of TLS; a closed connection and bytes that make no sense are not.
      return String.valueOf(e.getMessage()).contains("alert") ? Found.TLS : Found.NO_TLS;
    } catch (EOFException | SocketException | SocketTimeoutException e) {
      return Found.NO_TLS;
    }
  }

  /** No secret is sent: who answers does not matter here. */
  private static final class TrustAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
