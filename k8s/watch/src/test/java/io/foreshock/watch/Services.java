package io.foreshock.watch;

import com.sun.net.httpserver.HttpServer;
import io.foreshock.notifier.Notifier;
import io.foreshock.notifier.NotifierOptions;
import io.foreshock.probe.Probe;
import io.foreshock.probe.ProbeOptions;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The notifier, with a channel that takes every page and one that refuses every page, and the
 * probe: the services that people watch beside the jobs.
 */
final class Services implements AutoCloseable {
  private final HttpServer receiver;
  private final Notifier notifier;
  private final Probe probe;

  /**
   * @param folder takes the secret by which pages are signed
   */
  Services(String kafka, String tenant, Path folder) {
    Path secret = folder.resolve("webhook-secret");
    try {
      Files.writeString(secret, "whsec_" + "c2VjcmV0LW9mLXRoaXMtdGVzdA==");
      receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer("/takes", 200);
    answer("/refuses", 400);
    receiver.start();
    String address = "http://127.0.0.1:" + receiver.getAddress().getPort();
    notifier =
        Notifier.start(
            settings(
                NotifierOptions.ALL,
                kafka,
                tenant,
                "-Ddefault-channels=takes,refuses",
                "-Dchannels.takes.type=webhook",
                "-Dchannels.takes.url=" + address + "/takes",
                "-Dchannels.takes.secret=${file:" + secret + "}",
                "-Dchannels.refuses.type=webhook",
                "-Dchannels.refuses.url=" + address + "/refuses",
                "-Dchannels.refuses.secret=${file:" + secret + "}"));
    probe = Probe.start(settings(ProbeOptions.ALL, kafka, tenant, "-Dprobe.interval=500 ms"));
  }

  private static Settings settings(Options options, String kafka, String tenant, String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(more, 0, all, 4, more.length);
    all[0] = "-Dkafka.bootstrap-servers=" + kafka;
    all[1] = "-Dtenants=" + tenant;
    all[2] = "-Dmetrics.host=127.0.0.1";
    all[3] = "-Dmetrics.port=0";
    return Settings.read(options, CommandLine.parse(all));
  }

  /** Address of a service's metrics, {@code notifier} or {@code probe}. */
  String address(String service) {
    int port = service.equals("probe") ? probe.metricsPort() : notifier.metricsPort();
    return "http://127.0.0.1:" + port;
  }

  private void answer(String path, int status) {
    receiver.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
          }
        });
  }

  @Override
  public void close() {
    probe.close();
    notifier.close();
    receiver.stop(0);
  }
}
