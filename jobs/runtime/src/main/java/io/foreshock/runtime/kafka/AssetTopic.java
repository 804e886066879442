package io.foreshock.runtime.kafka;

import io.foreshock.model.RawRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the asset registry: as it stands, when a task opens, and what changes afterwards. A
 * record's tenant is left empty: it stands in the key.
 */
public final class AssetTopic {
  /** uid and name of the source. */
  public static final String READ = "read-assets";

  private static final byte[] NOTHING = new byte[0];

  private AssetTopic() {}

  /**
   * Adds the source to a graph: parallelism 1, from the beginning of the topic. It has no part in
   * the clock, so that it never holds it back and never moves it.
   *
   * @param job name of the job: consumer group and prefix of client ids, for monitoring only
   */
  public static DataStream<RawRecord> read(
      StreamExecutionEnvironment environment, KafkaConfig config, String topic, String job) {
    String group = config.installation() + "." + config.scope() + "." + job + ".assets";
    return ControlSource.read(
        environment, config, topic, group, READ, new Deserializer(), noClock());
  }

  /** Never holds back the watermark of what it is connected to. */
  public static WatermarkStrategy<RawRecord> noClock() {
    return ControlSource.noClock((record, timestamp) -> record.appendTimeMillis());
  }

  /**
   * Hands over what the topic holds at this moment, each partition in order; returns at its end.
   *
   * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
   */
  public static void readAll(KafkaConfig config, String topic, Consumer<RawRecord> records) {
    Properties properties = config.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new IllegalStateException(
            "Topic \""
                + topic
                + "\" of the asset registry does not exist. Create it with"
                + " cleanup.policy=compact, or leave assets.topic empty.");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> records.accept(raw(record)));
      }
    }
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
    return new RawRecord(
        "",
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key() == null ? NOTHING : record.key(),
        record.value() == null ? NOTHING : record.value());
  }

  private static final class Deserializer implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
      out.collect(raw(record));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
      return TypeInformation.of(RawRecord.class);
    }
  }
}
