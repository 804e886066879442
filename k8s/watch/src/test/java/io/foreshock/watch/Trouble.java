package io.foreshock.watch;

import com.sun.net.httpserver.HttpServer;
import io.foreshock.local.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the trouble that a runbook ends, at the request of its blocks {@code sh provoke}: {@code
 * curl $TROUBLE/poison}, {@code /flood}, {@code /region} (a second installation to which the
 * devices go; answers with its brokers), {@code /detections-known} (remembers what a reader sees),
 * {@code /detections-recovered} (what of that time a reader sees now, and did not then).
 */
final class Trouble implements AutoCloseable {
  /** Of two partitions, what is that young may be read in another order; milliseconds. */
  private static final long JUST_NOW = 3_000;

  private final HttpServer server;
  private final Devices devices;
  private final String tenant;
  private final Path folder;
  private final Detections written;
  private Map<String, Detections.Found> known = Map.of();
  private LocalKafka region;
  private Devices moved;

  Trouble(Devices devices, String kafka, String tenant, Path folder) throws IOException {
    this.devices = devices;
    this.written = new Detections(kafka, tenant);
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
    answer(
        "/detections-known",
        () -> {
          known = written.read();
          return known.size() + " detections";
        });
    answer("/detections-recovered", this::recovered);
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

  /** What was detected before the loss and read only now; refused as long as there is nothing. */
  private String recovered() {
    Map<String, Detections.Found> now = written.read();
    long newest =
        known.values().stream().mapToLong(Detections.Found::eventTimeMillis).max().orElse(0);
    Set<String> places = new HashSet<>();
    known.values().forEach(found -> places.add(found.place()));
    long came = 0;
    for (Map.Entry<String, Detections.Found> each : now.entrySet()) {
      if (!known.containsKey(each.getKey())
          && each.getValue().eventTimeMillis() < newest - JUST_NOW) {
        came++;
        if (!places.add(each.getValue().place())) {
          throw new IllegalStateException(
              "Two ids of one detection: " + each.getKey() + " of " + each.getValue().place());
        }
      }
    }
    if (came == 0) {
      throw new IllegalStateException("Nothing that was lost has come.");
    }
    return came + " of before the loss came now, none of them twice under another id";
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
            int status = 200;
            String text;
            try {
              text = action.get();
            } catch (IllegalStateException notYet) {
              status = 409;
              text = notYet.getMessage();
            }
            byte[] said = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, said.length);
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
