package io.foreshock.runtime.kafka;

import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** Sinks to topics that exist once per tenant. */
public final class TenantSinks {

  private TenantSinks() {}

  /**
   * A sink with the configured delivery. Exactly-once, it counts transactions that Kafka gave up
   * ({@code lostTransactions}, {@code doubtfulTransactions}) and fails when one is lost while it
   * runs.
   *
   * @param job name of the job, third part of the transactional ids
   * @param sink name of the sink, fourth part of the transactional ids; unique in the job
   */
  public static <T> Sink<T> to(
      TopicPerTenant topic, KafkaConfig config, String job, String sink, RecordForm<T> form) {
    return to(List.of(topic), config, job, sink, form);
  }

  /**
   * The same for several kinds of topics, in one transaction.
   *
   * @param topics every kind that the form may name, at least one
   */
  public static <T> Sink<T> to(
      List<? extends TopicPerTenant> topics,
      KafkaConfig config,
      String job,
      String sink,
      RecordForm<T> form) {
    if (config.delivery() == Delivery.AT_LEAST_ONCE) {
      return builder(topics, config, form, "0", "16384")
          .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
          .build();
    }
    // Nobody sees a record before its checkpoint, which sends all that waits: waiting for a full
    // batch delays nothing, and spares broker and compression many small ones.
    KafkaSinkBuilder<T> builder = builder(topics, config, form, "5", "131072");
    builder
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setTransactionalIdPrefix(
            TransactionPrefix.of(config.installation(), config.scope(), job, sink))
        .setProperty(
            "transaction.timeout.ms", String.valueOf(config.transactionTimeout().toMillis()));
    return new ReportingKafkaSink<>(builder.build(), config.clientProperties());
  }

  /**
   * A sink that writes at least once whatever the configured delivery is: for what people look at,
   * so that it costs no transaction with each checkpoint. Its topic must be written by no
   * transactional job.
   */
  public static <T> KafkaSink<T> atLeastOnce(
      TopicPerTenant topic, KafkaConfig config, RecordForm<T> form) {
    return builder(List.of(topic), config, form, "0", "16384")
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  private static <T> KafkaSinkBuilder<T> builder(
      List<? extends TopicPerTenant> topics,
      KafkaConfig config,
      RecordForm<T> form,
      String lingerMillis,
      String batchBytes) {
    Properties properties = config.clientProperties();
    properties.setProperty("acks", "all");
    // A longer patience here means fewer failures; each failed send costs a TaskManager.
    properties.putIfAbsent("delivery.timeout.ms", "120000");
    properties.putIfAbsent("max.block.ms", "30000");
    properties.putIfAbsent("linger.ms", lingerMillis);
    properties.putIfAbsent("batch.size", batchBytes);
    properties.putIfAbsent("compression.type", "lz4");
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setRecordSerializer(new TenantRecordSerializer<>(topics, config.tenants(), form));
  }
}
