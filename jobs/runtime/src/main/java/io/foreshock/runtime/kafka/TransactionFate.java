package io.foreshock.runtime.kafka;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;

/**
 * What became of a transaction that a restored checkpoint holds and that can no longer be
 * committed.
 *
 * <p>With transactions of version 2 the end of a transaction raises the epoch of its id by one,
 * whether it was committed, or given up by the broker; each use of the id after that raises it
 * again. So "given up, one epoch later" is this transaction and nothing else; a higher epoch says
 * that the id was used again, which happens after a commit that the job did not live to note.
 */
enum TransactionFate {
  /** The broker gave it up: its records are lost. */
  GIVEN_UP,
  /** Its id has been used again, so most likely it had been committed. */
  USED_AGAIN,
  /** The broker did not say. */
  UNKNOWN;

  private static final long PATIENCE_SECONDS = 10;

  static TransactionFate of(Properties client, KafkaCommittable committable) {
    String id = committable.getTransactionalId();
    try (Admin admin = Admin.create(client)) {
      return of(
          committable.getEpoch(),
          admin
              .describeTransactions(List.of(id))
              .description(id)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  static TransactionFate of(int epoch, TransactionDescription now) {
    boolean aborted =
        now.state() == TransactionState.COMPLETE_ABORT
            || now.state() == TransactionState.PREPARE_ABORT
            || now.state() == TransactionState.PREPARE_EPOCH_FENCE;
    if (aborted && now.producerEpoch() - epoch <= 1) {
      return GIVEN_UP;
    }
    return now.producerEpoch() - epoch > 1 ? USED_AGAIN : UNKNOWN;
  }
}
