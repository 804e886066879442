package io.foreshock.runtime.service;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.ReferencePage;
import io.foreshock.runtime.config.Settings;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * A plain service as a process of its own: it runs until SIGTERM or Ctrl-C, after which it finishes
 * what is on its way, or until it cannot go on.
 *
 * <p>Exit codes: 0 stopped on request; 1 could not go on; 2 could not start, because something is
 * configured wrongly or not there.
 *
 * @param name name in documentation, e.g. {@code mqtt-bridge}
 * @param title how messages call it, e.g. {@code The MQTT bridge}
 * @param options everything that may be configured
 * @param start starts it, or throws {@link StartRefused}
 */
public record ServiceProcess(
    String name, String title, Options options, Function<Settings, Service> start) {
  private static final int FAILED = 1;
  private static final int REFUSED = 2;

  /** A service that runs. */
  public interface Service extends AutoCloseable {
    /** Done, with the reason in a sentence, when the service can no longer do its work. */
    CompletableFuture<String> failure();

    /** Finishes what is on its way and returns; may be called twice. */
    @Override
    void close();
  }

  /** Runs until it ends; returns the exit code. */
  public int run(CommandLine arguments, PrintWriter out, PrintWriter err) {
    if (arguments.help()) {
      out.print(ReferencePage.help(name, options));
      out.flush();
      return 0;
    }
    Service service;
    try {
      Settings settings = Settings.read(options, arguments);
      out.print(title + " starts with\n" + settings.describe());
      out.flush();
      settings.warnings().forEach(warning -> err.println("Warning: " + warning));
      service = start.apply(settings);
    } catch (StartRefused refused) {
      err.println(title + " cannot start:");
      refused.problems().forEach(problem -> err.println("  - " + problem));
      if (arguments.verbose()) {
        refused.printStackTrace(err);
      }
      err.flush();
      return REFUSED;
    }
    return await(service, out, err);
  }

  private int await(Service service, PrintWriter out, PrintWriter err) {
    CompletableFuture<String> end = service.failure();
    Thread hook = new Thread(() -> stop(service, out), "stop-" + name);
    Runtime.getRuntime().addShutdownHook(hook);
    out.println(title + " runs.");
    out.flush();
    try {
      err.println(title + " cannot go on: " + end.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      err.println(title + " cannot go on: " + e.getCause());
    }
    err.flush();
    if (removed(hook)) {
      service.close();
    }
    return FAILED;
  }

  private void stop(Service service, PrintWriter out) {
    service.close();
    out.println(title + " has stopped.");
    out.flush();
    // Stopped on request is no failure; the platform would say 143 or 130.
    Runtime.getRuntime().halt(0);
  }

  /** False when the process already ends. */
  private static boolean removed(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return false;
    }
  }
}
