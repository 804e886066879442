package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One ZooKeeper server on this machine, in a process of its own, for Flink's high availability. It
 * is the one that Flink itself carries along, so nothing more has to be installed.
 *
 * <p>The server ends when this process ends, however it ends.
 */
public final class LocalZooKeeper implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int CONNECT_MILLIS = 500;

  private final int port;
  private final ChildProcess server;

  private LocalZooKeeper(int port, ChildProcess server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Starts a server and returns when it accepts connections.
   *
   * @param folder where data, settings and logs go; created when absent
   */
  public static LocalZooKeeper start(Path folder) {
    Path home = folder.toAbsolutePath();
    Path logs = home.resolve("logs");
    Path settings = home.resolve("zoo.cfg");
    Path log4j = home.resolve("log4j2.properties");
    int port = FreePorts.next();
    try {
      Files.createDirectories(logs);
      Files.writeString(settings, settings(home, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LogFile.configure(log4j, logs.resolve("zookeeper.log"), Map.of());
    ChildProcess server =
        ChildProcess.start(
            "zookeeper",
            logs,
            Map.of(),
            ClassPath.ofFlink(),
            List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j.configurationFile=" + log4j.toUri()),
            List.of(
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                "--zkConfigFile",
                settings.toString(),
                "--peerId",
                "1"));
    LocalZooKeeper zooKeeper = new LocalZooKeeper(port, server);
    try {
      Await.until("ZooKeeper", START_LIMIT, zooKeeper::accepts, server::obituary);
    } catch (RuntimeException e) {
      server.kill();
      throw e;
    }
    return zooKeeper;
  }

  /** Address for clients, e.g. {@code 127.0.0.1:21734}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    server.stop(STOP_LIMIT);
  }

  /** Sessions last between 2 and 20 ticks; a short tick allows short sessions. */
  private static String settings(Path home, int port) {
    return """
        tickTime=500
        clientPort=%d
        clientPortAddress=127.0.0.1
        dataDir=%s
        admin.enableServer=false
        maxClientCnxns=0
        """
        .formatted(port, home.resolve("data"));
  }

  private boolean accepts() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    }
  }
}
