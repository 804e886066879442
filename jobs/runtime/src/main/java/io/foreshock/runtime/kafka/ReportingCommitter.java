package io.foreshock.runtime.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits as the committer inside does, and tells when Kafka refuses for good: Flink's own
 * committer writes a line to the log, counts ({@code failedCommittables}) and goes on, though the
 * records are lost.
 *
 * <ul>
 *   <li>While the job runs, a refused transaction is lost: counted as {@code lostTransactions}, and
 *       the task fails, so that it is seen in the job's exceptions.
 *   <li>After a restart, the transactions of the restored checkpoint are committed again. The
 *       broker is asked what became of a refused one. Given up: counted as {@code
 *       lostTransactions}; the job goes on, because it would find the same after the next restart.
 *       Otherwise its id was used again after a commit that the job did not live to note: {@code
 *       doubtfulTransactions}.
 * </ul>
 */
final class ReportingCommitter implements Committer<KafkaCommittable> {
  /** Transactions of completed checkpoints that Kafka gave up: lost output. Must stay 0. */
  static final String LOST = "lostTransactions";

  /** Transactions refused after a restart that most likely had been committed before. */
  static final String DOUBTFUL = "doubtfulTransactions";

  private static final Logger LOG = LoggerFactory.getLogger(ReportingCommitter.class);

  private final Committer<KafkaCommittable> committer;
  private final Function<KafkaCommittable, TransactionFate> fate;
  private final Counter lost;
  private final Counter doubtful;

  /**
   * @param fate asks the broker what became of a transaction
   */
  ReportingCommitter(
      Committer<KafkaCommittable> committer,
      Function<KafkaCommittable, TransactionFate> fate,
      MetricGroup metrics) {
    this.committer = committer;
    this.fate = fate;
    MetricGroup group = metrics.addGroup("foreshock");
    this.lost = group.counter(LOST);
    this.doubtful = group.counter(DOUBTFUL);
  }

  @Override
  public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
      throws IOException, InterruptedException {
    List<Watched> watched = new ArrayList<>(requests.size());
    requests.forEach(request -> watched.add(new Watched(request)));
    committer.commit(new ArrayList<>(watched));
    String failed = null;
    for (Watched request : watched) {
      if (request.refusal != null && report(request)) {
        failed = request.getCommittable().getTransactionalId();
      }
    }
    if (failed != null) {
      throw new IOException(
          "Kafka has given up transaction "
              + failed
              + " before it was committed: the output of one checkpoint is lost. Was the job stopped or a checkpoint"
              + " slow for longer than kafka.transaction-timeout, or does another job use the same transactional ids?");
    }
  }

  /** Counts and logs; returns whether the task must fail. */
  private boolean report(Watched request) {
    KafkaCommittable committable = request.getCommittable();
    // A transaction that this task has opened still has its producer; one of a checkpoint has not.
    boolean running = committable.getProducer().isPresent();
    TransactionFate what = running ? TransactionFate.GIVEN_UP : fate.apply(committable);
    if (what == TransactionFate.GIVEN_UP) {
      lost.inc();
      LOG.error(
          "Lost transaction {}: its checkpoint is complete, but Kafka had given it up.",
          committable.getTransactionalId(),
          request.refusal);
    } else {
      doubtful.inc();
      LOG.warn(
          "Transaction {} of the restored checkpoint can no longer be committed ({}): most likely it was committed"
              + " before the restart.",
          committable.getTransactionalId(),
          what,
          request.refusal);
    }
    return running;
  }

  @Override
  public void close() throws Exception {
    committer.close();
  }

  /** Remembers that a transaction was refused for good. */
  private static final class Watched implements CommitRequest<KafkaCommittable> {
    private final CommitRequest<KafkaCommittable> request;
    private Throwable refusal;

    Watched(CommitRequest<KafkaCommittable> request) {
      this.request = request;
    }

    @Override
    public KafkaCommittable getCommittable() {
      return request.getCommittable();
    }

    @Override
    public int getNumberOfRetries() {
      return request.getNumberOfRetries();
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
      refusal = reason;
      request.signalFailedWithKnownReason(reason);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      request.signalFailedWithUnknownReason(reason);
    }

    @Override
    public void retryLater() {
      request.retryLater();
    }

    @Override
    public void updateAndRetryLater(KafkaCommittable committable) {
      request.updateAndRetryLater(committable);
    }

    @Override
    public void signalAlreadyCommitted() {
      request.signalAlreadyCommitted();
    }
  }
}
