package io.foreshock.cli.bench;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.Foreshock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
        "Measures the pattern engine, ingest beside a copy job, and savepoints of many assets.",
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
        spec.commandLine(), "A command is missing: cep, ingest, state or hot-loop.");
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
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--checkpoint-millis", String.valueOf(checkpointMillis)));
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    if (quick) {
      arguments.add("--quick");
    }
    if (cases != null) {
      arguments.addAll(
          List.of("--case", cases.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }
    if (withoutStock) {
      arguments.add("--without-stock");
    }
    if (smoke) {
      arguments.add("--smoke");
    }
    return start("io.foreshock.bench.CepBenchmark", arguments);
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
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--checkpoint-millis", String.valueOf(checkpointMillis)));
    arguments.addAll(List.of("--devices", String.valueOf(devices)));
    arguments.addAll(List.of("--readings", String.valueOf(readings)));
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    if (quick) {
      arguments.add("--quick");
    }
    return start("io.foreshock.bench.ingest.IngestBenchmark", arguments);
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
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--assets", String.valueOf(assets)));
    arguments.addAll(List.of("--rounds", String.valueOf(rounds)));
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    return start("io.foreshock.bench.state.StateBenchmark", arguments);
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
