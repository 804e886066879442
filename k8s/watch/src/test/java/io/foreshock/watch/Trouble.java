package io.foreshock.watch;

import com.sun.net.httpserver.HttpServer;
import io.foreshock.local.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Makes the trouble that a runbook ends, at the request of its blocks {@code sh provoke}: {@code
 * curl $TROUBLE/poison}, {@code /flood}, {@code /region} (a second installation to which the
 * devices go; answers with its brokers).
 */
final class Trouble implements AutoCloseable {
  private final HttpServer server;
  private final Devices devices;
  private final String tenant;
  private final Path folder;
  private LocalKafka region;
  private Devices moved;

  Trouble(Devices devices, String tenant, Path folder) throws IOException {
    this.devices = devices;
    this.tenant = tenant;
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    answer(
        "/poison",
        () -> {
          devices.poison();
          return "sent";
        });
    answer(
        "/flood",
        () -> {
          this.devices.flood(3, 20_000);
          return "sent";
        });
    answer("/region", this::region);
    answer("/devices-move", this::move);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String region() {
    if (region == null) {
      region = LocalKafka.at(folder.resolve("region-b")).start();
    }
    return region.bootstrapServers();
  }

  private String move() {
    if (moved == null) {
      moved = new Devices(region(), tenant);
    }
    return "moved";
  }

  private void answer(String path, Supplier<String> action) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            byte[] said = action.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() {
    server.stop(0);
    if (moved != null) {
      moved.close();
    }
    if (region != null) {
      region.close();
    }
  }
}
