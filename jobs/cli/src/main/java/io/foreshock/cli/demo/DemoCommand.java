package io.foreshock.cli.demo;

import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.TemporaryFolder;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock demo}: everything on this machine, from the sensor to the detection. */
@Command(
    name = "demo",
    description = {
      "Starts a Kafka broker and a Flink cluster on this machine, sends the telemetry of a simulated fleet through the"
          + " job precursors and compares its detections with the failures that the simulation knows. The jobs ingest,"
          + " sessions and features run beside it and show trips, operations and feature rows.",
      ""
    },
    footer = {
      "",
      "Exit code 0: seeded failures completed, all of them were found, and there were at most "
          + DemoSummary.ALLOWED_FALSE_ALARMS
          + " false alarms per machine-month. Ctrl-C ends the demo early with the summary, not judged, and exit code 0."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer>, Foreshock.Verbose {
  private static final long END_SECONDS = 60;

  @Option(
      names = "--assets",
      paramLabel = "N",
      defaultValue = "200",
      description = "Machines of the fleet. Default: ${DEFAULT-VALUE}.")
  private int assets;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "3",
      description = "How long telemetry is sent, by the wall clock. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--speed",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "Simulated seconds per second. Default: as fast as it takes for three simulated days.")
  private double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + DemoSettings.USUAL_SEED,
      description = "Equal seeds give equal fleets. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--only-precursors",
      description =
          "Leave out ingest, sessions and features: for small machines, and for figures of latency.")
  private boolean onlyPrecursors;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the summary.")
  private Path json;

  @Option(names = "--keep", description = "Leave data and logs of broker and cluster in place.")
  private boolean keep;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Demo demo;
  private volatile boolean interrupted;
  private volatile int exitCode = 1;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DemoSettings settings = DemoSettings.of(seed, assets, minutes, speed);
    ChannelRegistry channels = ChannelCatalogue.load();
    DetectionLine line = new DetectionLine(channels, PatternCatalogue.production());
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = System.console() != null;
    DemoView view =
        terminal ? new ScreenView(out, line, settings, columns()) : new LineView(out, line);
    Runtime.getRuntime().addShutdownHook(new Thread(this::onInterrupt, "end-demo"));
    try (TemporaryFolder folder = TemporaryFolder.create("foreshock-demo-")) {
      if (keep) {
        folder.keep();
        view.say("Data and logs stay in " + folder.path());
      }
      List<FeatureSet> sets = onlyPrecursors ? List.of() : FeatureCatalogue.load(channels).sets();
      DemoSummary summary = run(settings, folder.path(), view, sets);
      out.print(summary.toText(line));
      out.flush();
      if (json != null) {
        JsonFile.write(json, summary.toJson());
      }
      exitCode = summary.exitCode();
      return exitCode;
    } finally {
      ended.countDown();
    }
  }

  private DemoSummary run(DemoSettings settings, Path folder, DemoView view, List<FeatureSet> sets)
      throws InterruptedException {
    List<String> names = sets.stream().map(FeatureSet::name).toList();
    try (DemoInstallation installation =
        DemoInstallation.start(folder, settings.fleet().tenants(), names, view::say)) {
      view.say("Submitting the job precursors");
      installation.submit(new FleetSimulation(settings.fleet()).truth().assets());
      view.say("The job runs. Web interface of Flink: " + installation.webInterface());
      demo = new Demo(settings, installation, view, sets.isEmpty() ? null : new ProductBoard(sets));
      if (interrupted) {
        demo.interrupt();
      }
      return demo.run(programStartNanos());
    }
  }

  /** Ctrl-C: the demo ends as it would at its end, then the process does. */
  private void onInterrupt() {
    if (ended.getCount() == 0) {
      return;
    }
    interrupted = true;
    Demo running = demo;
    if (running != null) {
      running.interrupt();
    }
    try {
      ended.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private static long programStartNanos() {
    long uptimeMillis = ManagementFactory.getRuntimeMXBean().getUptime();
    return System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(uptimeMillis);
  }

  /** Width of the terminal, from the launcher. */
  private static int columns() {
    String text = System.getProperty("foreshock.columns", "");
    return text.matches("[1-9]\\d{1,3}") ? Math.max(60, Integer.parseInt(text)) : 120;
  }
}
