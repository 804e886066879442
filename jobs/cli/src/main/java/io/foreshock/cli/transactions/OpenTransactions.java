package io.foreshock.cli.transactions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Option;

/** Which of the open transactions are meant; a mixin. */
final class OpenTransactions {
  private static final List<TransactionState> OPEN =
      List.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT);

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description =
          "Transactional ids that begin so, e.g. plant-1.pool.precursors. (installation, scope, job); ends with a dot.")
  private String prefix;

  @Option(names = "--id", paramLabel = "ID", description = "This transactional id.")
  private String id;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description = "Open for longer than this, e.g. \"5 min\".")
  private String olderThan;

  boolean isNarrowed() {
    return prefix != null || id != null;
  }

  /**
   * Asks the brokers.
   *
   * @param atLeast age when --older-than is not given
   */
  List<OpenTransaction> find(Admin admin, Duration atLeast)
      throws ExecutionException, TimeoutException, InterruptedException {
    Duration age = olderThan == null ? atLeast : duration();
    Collection<TransactionListing> open =
        KafkaConnection.answer(
            admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all());
    List<String> ids =
        open.stream()
            .map(TransactionListing::transactionalId)
            .filter(this::isMeant)
            .sorted()
            .toList();
    Map<String, TransactionDescription> all =
        new TreeMap<>(KafkaConnection.answer(admin.describeTransactions(ids).all()));
    // One may have ended since it was listed.
    all.values().removeIf(now -> !OPEN.contains(now.state()));
    long now = System.currentTimeMillis();
    all.values().removeIf(each -> age(each, now).compareTo(age) < 0);
    Map<TopicPartition, Long> heldUp = heldUp(admin, all.values());
    List<OpenTransaction> found = new ArrayList<>();
    all.forEach(
        (name, each) -> {
          Map<String, Long> partitions = new TreeMap<>();
          each.topicPartitions()
              .forEach(
                  partition -> {
                    long records = heldUp.getOrDefault(partition, 0L);
                    if (records > 0) {
                      partitions.put(partition.toString(), records);
                    }
                  });
          found.add(
              new OpenTransaction(
                  name,
                  each.state(),
                  each.producerId(),
                  each.producerEpoch(),
                  age(each, now),
                  Duration.ofMillis(each.transactionTimeoutMs()),
                  partitions));
        });
    return found;
  }

  /** Checks what was typed. */
  void check() {
    if (prefix != null && !prefix.endsWith(".")) {
      throw CliFailure.wrongInput(
          "--prefix must end with a dot, but is \"%s\": it would cover \"%s0.\", too. Name one transaction with --id."
              .formatted(prefix, prefix));
    }
    if (prefix != null && id != null) {
      throw CliFailure.wrongInput("--prefix and --id are both given. Give one of them.");
    }
    if (olderThan != null) {
      duration();
    }
  }

  static ObjectNode json(List<OpenTransaction> transactions) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("transactions");
    for (OpenTransaction each : transactions) {
      ObjectNode node = all.addObject();
      node.put("id", each.id())
          .put("state", each.state().name().toLowerCase(java.util.Locale.ROOT));
      node.put("producerId", each.producerId()).put("epoch", each.epoch());
      node.put("openSeconds", each.age().toMillis() / 1000.0);
      node.put("timeoutSeconds", each.timeout().toMillis() / 1000.0);
      ObjectNode partitions = node.putObject("heldUp");
      each.heldUp().forEach(partitions::put);
    }
    return root;
  }

  private boolean isMeant(String name) {
    return id != null ? name.equals(id) : prefix == null || name.startsWith(prefix);
  }

  private Duration duration() {
    try {
      if (olderThan.matches("[0-9.]+")) {
        throw new IllegalArgumentException("no unit");
      }
      return TimeUtils.parseDuration(olderThan);
    } catch (IllegalArgumentException e) {
      throw CliFailure.wrongInput(
          "--older-than must be a duration with its unit, e.g. \"5 min\", but is \""
              + olderThan
              + "\".");
    }
  }

  private static Duration age(TransactionDescription transaction, long now) {
    return Duration.ofMillis(Math.max(0, now - transaction.transactionStartTimeMs().orElse(now)));
  }

  /** Records between what readers see and the end, by partition. */
  private static Map<TopicPartition, Long> heldUp(
      Admin admin, Collection<TransactionDescription> transactions)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        transactions.stream()
            .flatMap(each -> each.topicPartitions().stream())
            .distinct()
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    Map<TopicPartition, Long> heldUp = new HashMap<>();
    for (IsolationLevel level : IsolationLevel.values()) {
      int sign = level == IsolationLevel.READ_UNCOMMITTED ? 1 : -1;
      KafkaConnection.answer(admin.listOffsets(ends, new ListOffsetsOptions(level)).all())
          .forEach((partition, end) -> heldUp.merge(partition, sign * end.offset(), Long::sum));
    }
    return heldUp;
  }
}
