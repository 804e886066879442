package io.foreshock.cli.transactions;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Takes transactional ids over, which ends what was open under them. A transaction whose end is
 * decided stays with the broker: its job has committed it, or it is aborted already.
 *
 * @param broker asked to fence these ids, answers each on its own
 * @param patience with each answer
 * @param out told what was aborted
 * @param err told what was not
 * @param explain says in words what the broker answered
 */
record Fencing(
    Function<List<String>, Map<String, KafkaFuture<Void>>> broker,
    Duration patience,
    PrintWriter out,
    PrintWriter err,
    Function<Throwable, String> explain) {

  /** Aborts them; every one is reported. Returns how many could not be aborted. */
  int abort(List<OpenTransaction> found) throws InterruptedException {
    List<OpenTransaction> undecided = new ArrayList<>();
    for (OpenTransaction transaction : found) {
      if (transaction.isUndecided()) {
        undecided.add(transaction);
      } else {
        out.println("Left to the broker, which ends it: " + transaction.line());
      }
    }
    if (undecided.isEmpty()) {
      return 0;
    }
    Map<String, KafkaFuture<Void>> answers =
        broker.apply(undecided.stream().map(OpenTransaction::id).toList());
    int failed = 0;
    for (OpenTransaction transaction : undecided) {
      try {
        answers.get(transaction.id()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        out.println("Aborted " + transaction.line());
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        failed++;
        err.println("Not aborted: " + transaction.id() + ". " + explain.apply(e));
      }
    }
    return failed;
  }
}
