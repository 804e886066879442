package io.foreshock.cli.transactions;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.kafka.KafkaConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock transactions abort}. */
@Command(
    name = "abort",
    description = {
      "Aborts transactions of a job that never comes back, so that readers go on.",
      "",
      "Never for a job that runs or will be restored: what it wrote since its last commit is lost, and a running one"
          + " fails. Without --older-than, only those that are open for a minute.",
      ""
    },
    mixinStandardHelpOptions = true)
final class AbortTransactions implements Callable<Integer> {
  private static final Duration OLD = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private KafkaConnection kafka;
  @Mixin private OpenTransactions meant;

  @Option(names = "--dry-run", description = "Say what would be aborted, and abort nothing.")
  private boolean dryRun;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write them here.")
  private Path json;

  @Override
  public Integer call() {
    meant.check();
    if (!meant.isNarrowed()) {
      throw CliFailure.wrongInput(
          "Which transactions? Name the job with --prefix, e.g. plant-1.pool.precursors., or one transaction with --id.");
    }
    List<OpenTransaction> found = kafka.ask(admin -> meant.find(admin, OLD));
    PrintWriter out = spec.commandLine().getOut();
    int failed = dryRun ? 0 : abort(found, out);
    if (dryRun) {
      found.forEach(
          transaction ->
              out.println(
                  (transaction.isUndecided()
                          ? "Would abort "
                          : "Would leave to the broker, which ends it: ")
                      + transaction.line()));
    }
    if (found.isEmpty()) {
      out.println("No such transaction is open. `transactions list` shows all, younger ones too.");
    }
    out.flush();
    if (json != null) {
      JsonFile.write(json, OpenTransactions.json(found));
    }
    return failed == 0 ? 0 : 1;
  }

  /** Takes the transactional ids over, which ends what was open under them. */
  private int abort(List<OpenTransaction> found, PrintWriter out) {
    if (found.isEmpty()) {
      return 0;
    }
    return kafka.ask(
        admin ->
            new Fencing(
                    ids -> admin.fenceProducers(ids).fencedProducers(),
                    PATIENCE,
                    out,
                    spec.commandLine().getErr(),
                    failure -> kafka.failure(failure).getMessage())
                .abort(found));
  }
}
