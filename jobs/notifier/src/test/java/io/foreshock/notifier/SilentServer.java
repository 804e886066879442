package io.foreshock.notifier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes a connection and neither reads nor says anything. */
final class SilentServer implements AutoCloseable {
  private final ServerSocket server;
  private Socket connection;

  SilentServer() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setSoTimeout(60_000);
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/pages";
  }

  int port() {
    return server.getLocalPort();
  }

  void awaitConnection() throws IOException {
    connection = server.accept();
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
    }
    server.close();
  }
}
