package io.foreshock.runtime.kafka;

import java.time.Duration;
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
 * that the id was used again, which happens after a commit that the job did not live to note; so
 * does another producer id, which the id gets when its epochs are used up.
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
    Properties properties = new Properties();
    properties.putAll(client);
    properties.setProperty("default.api.timeout.ms", String.valueOf(PATIENCE_SECONDS * 1000));
    properties.setProperty("request.timeout.ms", String.valueOf(PATIENCE_SECONDS * 500));
    Admin admin = null;
    try {
      admin = Admin.create(properties);
      return of(
          committable,
          admin
              .describeTransactions(List.of(id))
              .description(id)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    } finally {
      if (admin != null) {
        // Waits for nothing: the task does.
        admin.close(Duration.ZERO);
      }
    }
  }

  static TransactionFate of(KafkaCommittable then, TransactionDescription now) {
    if (now.producerId() != then.getProducerId()) {
      // Epochs of different producer ids cannot be compared: they begin with 0 after the last one.
      return USED_AGAIN;
    }
    int epoch = then.getEpoch();
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
