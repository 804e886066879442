package io.foreshock.cli.transactions;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * A transaction that is neither committed nor aborted. {@code read_committed} readers see nothing
 * that comes after its first record in a partition.
 *
 * @param age since its first record
 * @param timeout when the broker gives it up
 * @param heldUp records that readers cannot see, by partition; held up by this one or by another
 */
record OpenTransaction(
    String id,
    TransactionState state,
    long producerId,
    int epoch,
    Duration age,
    Duration timeout,
    Map<String, Long> heldUp) {

  /** Whether nobody has said yet if it is committed or aborted; only then it can be aborted. */
  boolean isUndecided() {
    return state == TransactionState.ONGOING;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-50s %-9s open for %s, given up after %s, producer %d epoch %d%s",
        id,
        state.name().toLowerCase(Locale.ROOT),
        seconds(age),
        seconds(timeout),
        producerId,
        epoch,
        heldUp.isEmpty()
            ? ""
            : ", readers wait: "
                + heldUp.entrySet().stream()
                    .map(entry -> entry.getValue() + " records of " + entry.getKey())
                    .collect(Collectors.joining(", ")));
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
