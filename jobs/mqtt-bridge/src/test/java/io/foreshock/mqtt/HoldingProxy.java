package io.foreshock.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A network between a bridge and its broker that can swallow what the bridge says: the broker's
 * messages arrive, the acknowledgements do not.
 */
final class HoldingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int brokerPort;
  private final List<Socket> open = new ArrayList<>();
  private volatile boolean holding;

  HoldingProxy(int brokerPort) {
    this.brokerPort = brokerPort;
    try {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("accept", this::accept);
  }

  String url() {
    return "mqtt://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on nothing from a bridge reaches the broker. */
  void hold() {
    holding = true;
  }

  private void accept() throws IOException {
    while (true) {
      Socket bridge = server.accept();
      Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
      synchronized (open) {
        open.add(bridge);
        open.add(broker);
      }
      run("up", () -> copy(bridge, broker, () -> !holding));
      run("down", () -> copy(broker, bridge, () -> true));
    }
  }

  private static void copy(Socket from, Socket to, BooleanSupplier passes) throws IOException {
    byte[] buffer = new byte[8192];
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
      if (passes.getAsBoolean()) {
        out.write(buffer, 0, size);
        out.flush();
      }
    }
    to.close();
  }

  /** Ends every connection without a farewell. */
  @Override
  public void close() throws IOException {
    server.close();
    synchronized (open) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // One of the sides has ended.
              }
            },
            "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
