package io.foreshock.cli.bench;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock bench}: what the engine and the jobs cost. */
@Command(
    name = "bench",
    description =
        "Measures the pattern engine, ingest beside a copy job, features, the way to an alert, and savepoints.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand implements Runnable, Foreshock.Verbose {

  @Spec private CommandSpec spec;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: cep, ingest, features, latency, state or hot-loop.");
  }

  @Command(
      name = "cep",
      description = {
        "Runs stock flink-cep and the engine in turn, with the same patterns over the same signals, on RocksDB with"
            + " incremental checkpoints each second; beside them Esper in memory on one thread, and doing nothing.",
        ""
      },
      footer = {"", "Exit code 0: all found the same matches."},
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int cep(
      @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.") Path json,
      @Option(
              names = "--quick",
              description = "Ten cases around the bars, in place of all, which take hours.")
          boolean quick,
      @Option(
              names = "--case",
              paramLabel = "N",
              split = ",",
              description = "Only the cases of these numbers, as printed, from 1.")
          List<Integer> cases,
      @Option(
              names = "--without-stock",
              description = "Leave stock flink-cep out; matches are then not compared.")
          boolean withoutStock,
      @Option(
              names = "--checkpoint-millis",
              paramLabel = "MS",
              defaultValue = "1000",
              description = "Time between checkpoints. Default: ${DEFAULT-VALUE}.")
          long checkpointMillis,
      @Option(names = "--smoke", hidden = true) boolean smoke) {
    return start(
        "io.foreshock.bench.CepBenchmark",
        new BenchArguments()
            .with("--checkpoint-millis", checkpointMillis)
            .with("--json", json)
            .flag("--quick", quick)
            .with("--case", cases)
            .flag("--without-stock", withoutStock)
            .flag("--smoke", smoke));
  }

  @Command(
      name = "ingest",
      description = {
        "Runs the job ingest and a job that copies the same records in turn, from Kafka to Kafka, exactly-once, on RocksDB"
            + " with the same checkpoints, and compares what they wrote.",
        ""
      },
      footer = {"", "Exit code 0: all runs wrote the same messages."},
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int ingest(
      @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.") Path json,
      @Option(names = "--quick", description = "Fewer messages and runs; about two minutes.")
          boolean quick,
      @Option(
              names = "--checkpoint-millis",
              paramLabel = "MS",
              defaultValue = "1000",
              description = "Time between checkpoints. Default: ${DEFAULT-VALUE}.")
          long checkpointMillis,
      @Option(
              names = "--devices",
              paramLabel = "N",
              defaultValue = "1000",
              description = "Devices that send. Default: ${DEFAULT-VALUE}.")
          int devices,
      @Option(
              names = "--readings",
              paramLabel = "N",
              defaultValue = "20",
              description = "Readings in a message. Default: ${DEFAULT-VALUE}.")
          int readings) {
    return start(
        "io.foreshock.bench.ingest.IngestBenchmark",
        new BenchArguments()
            .with("--checkpoint-millis", checkpointMillis)
            .with("--devices", devices)
            .with("--readings", readings)
            .with("--json", json)
            .flag("--quick", quick));
  }

  @Command(
      name = "latency",
      description = {
        "Sends messages at a steady rate through the jobs precursors and alerts, in processes of their own, and measures"
            + " from the moment a message is due to the alert that a reader of committed records sees.",
        ""
      },
      footer = {"", "Exit code 0: each alert that was due came, and once."},
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int latency(
      @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.") Path json,
      @Option(
              names = "--rate",
              paramLabel = "R",
              defaultValue = "5000",
              description = "Messages a second. Default: ${DEFAULT-VALUE}.")
          int rate,
      @Option(
              names = "--assets",
              paramLabel = "N",
              defaultValue = "1000",
              description = "Assets that send in turn. Default: ${DEFAULT-VALUE}.")
          int assets,
      @Option(
              names = "--alerts-per-second",
              paramLabel = "A",
              defaultValue = "20",
              description =
                  "About so many messages a second raise an alert. Default: ${DEFAULT-VALUE}.")
          double alertsPerSecond,
      @Option(
              names = "--seconds",
              paramLabel = "S",
              defaultValue = "120",
              description = "Time that is measured. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Option(
              names = "--warm-up",
              paramLabel = "S",
              defaultValue = "40",
              description = "Time before that. Default: ${DEFAULT-VALUE}.")
          int warmUp,
      @Option(
              names = "--checkpoint-interval",
              paramLabel = "MS",
              description = "Time between checkpoints. Default: what the jobs prefer.")
          Integer checkpointMillis,
      @Option(
              names = "--delivery",
              paramLabel = "KIND",
              defaultValue = "exactly-once",
              description = "exactly-once or at-least-once. Default: ${DEFAULT-VALUE}.")
          String delivery,
      @Option(names = "--changelog", description = "Write changes of state to a log as they come.")
          boolean changelog,
      @Option(
              names = "--store-delay",
              paramLabel = "MS",
              defaultValue = "0",
              description =
                  "Each file of a checkpoint takes so much longer to write, as in an object store.")
          int storeDelayMillis,
      @Option(names = "--one-job", description = "Run both stages in one job.") boolean oneJob,
      @Option(
              names = "--kill",
              paramLabel = "WHAT",
              split = ",",
              description =
                  "Kill while it runs, in this order, and say how long no alert came: task-manager, job-manager,"
                      + " broker.")
          List<String> kills) {
    if (!List.of("exactly-once", "at-least-once").contains(delivery)) {
      throw new ParameterException(
          spec.commandLine(),
          "--delivery is " + delivery + ", but must be exactly-once or at-least-once.");
    }
    return start(
        "io.foreshock.bench.latency.LatencyBenchmark",
        new BenchArguments()
            .with("--rate", rate)
            .with("--assets", assets)
            .with("--alerts-per-second", alertsPerSecond)
            .with("--seconds", seconds)
            .with("--warm-up", warmUp)
            .with("--delivery", delivery)
            .with("--store-delay", storeDelayMillis)
            .with("--root", System.getProperty("foreshock.home", "."))
            .with("--json", json)
            .with("--checkpoint-interval", checkpointMillis)
            .flag("--changelog", changelog)
            .flag("--one-job", oneJob)
            .with("--kill", kills));
  }

  @Command(
      name = "features",
      description = {
        "Runs the pipeline of the job features with one window a channel and with twenty, in turn, on RocksDB with"
            + " incremental checkpoints: a month to fill the windows, then the days that are measured.",
        ""
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int features(
      @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.") Path json,
      @Option(names = "--quick", description = "Fewer days and rounds.") boolean quick,
      @Option(
              names = "--checkpoint-millis",
              paramLabel = "MS",
              defaultValue = "1000",
              description = "Time between checkpoints. Default: ${DEFAULT-VALUE}.")
          long checkpointMillis,
      @Option(
              names = "--devices",
              paramLabel = "N",
              defaultValue = "60",
              description = "Machines that send; an even number. Default: ${DEFAULT-VALUE}.")
          int devices) {
    return start(
        "io.foreshock.bench.features.FeaturesBenchmark",
        new BenchArguments()
            .with("--checkpoint-millis", checkpointMillis)
            .with("--devices", devices)
            .with("--json", json)
            .flag("--quick", quick));
  }

  @Command(
      name = "state",
      description = {
        "Runs the pipeline of precursors for many assets and for a tenth of them in turn, on RocksDB: size and time of"
            + " savepoint and restore, and incremental checkpoints after a hundredth, a tenth and all have changed.",
        ""
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int state(
      @Option(names = "--json", paramLabel = "FILE", description = "Write all figures.") Path json,
      @Option(
              names = "--assets",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Assets. Default: ${DEFAULT-VALUE}.")
          int assets,
      @Option(
              names = "--rounds",
              paramLabel = "N",
              defaultValue = "3",
              description = "How often each is run; medians count. Default: ${DEFAULT-VALUE}.")
          int rounds) {
    return start(
        "io.foreshock.bench.state.StateBenchmark",
        new BenchArguments()
            .with("--assets", assets)
            .with("--rounds", rounds)
            .with("--json", json));
  }

  @Command(
      name = "hot-loop",
      description = {
        "Runs the JMH benchmarks of the engine's hot loop, with the bytes allocated.",
        ""
      },
      mixinStandardHelpOptions = true)
  int hotLoop(
      @Parameters(
              paramLabel = "OPTION",
              description = "Options of JMH; after --. Default: -prof gc.")
          List<String> options) {
    return start("org.openjdk.jmh.Main", options == null ? List.of("-prof", "gc") : options);
  }

  private int start(String mainClass, BenchArguments arguments) {
    return start(mainClass, arguments.list());
  }

  private int start(String mainClass, List<String> arguments) {
    Path root = Path.of(System.getProperty("foreshock.home", "."));
    try {
      return new BenchProcess(root).run(mainClass, arguments, spec.commandLine().getErr());
    } catch (IOException e) {
      throw CliFailure.failed("The benchmark cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliFailure.failed("Interrupted.", e);
    }
  }
}
