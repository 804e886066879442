package io.foreshock.runtime.kafka;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternRecord;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Reads published patterns and writes what became of them. */
public final class PatternTopics {
  /** uid and name of the source. */
  public static final String READ = "read-patterns";

  /** uid and name of the sink. */
  public static final String WRITE_STATUS = "write-pattern-status";

  private static final byte[] NOTHING = new byte[0];

  private PatternTopics() {}

  /**
   * Adds the source to a graph: parallelism 1, from the beginning of the topic. It has no part in
   * the clock, so that it never holds it back and never moves it.
   *
   * @param job name of the job: consumer group and prefix of client ids, for monitoring only
   */
  public static DataStream<PatternRecord> read(
      StreamExecutionEnvironment environment, KafkaConfig config, String topic, String job) {
    String group = config.installation() + "." + config.scope() + "." + job + ".patterns";
    return ControlSource.read(
        environment, config, topic, group, READ, new Deserializer(), noClock());
  }

  /** Never holds back the watermark of what it is connected to. */
  public static WatermarkStrategy<PatternRecord> noClock() {
    return ControlSource.noClock((record, timestamp) -> record.appendTimeMillis());
  }

  /** Writes encoded states to the status topic, at least once. */
  public static void writeStatus(
      DataStream<PatternRecord> status, KafkaConfig config, String topic) {
    Properties properties = config.clientProperties();
    properties.setProperty("acks", "all");
    properties.putIfAbsent("linger.ms", "0");
    status
        .sinkTo(
            KafkaSink.<PatternRecord>builder()
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Serializer(PatternCodec.statusTopic(topic)))
                .build())
        .uid(WRITE_STATUS)
        .name(WRITE_STATUS)
        .setParallelism(1);
  }

  private static final class Deserializer
      implements KafkaRecordDeserializationSchema<PatternRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PatternRecord> out) {
      String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      byte[] value = record.value() == null ? NOTHING : record.value();
      out.collect(new PatternRecord(key, value, record.timestamp()));
    }

    @Override
    public TypeInformation<PatternRecord> getProducedType() {
      return TypeInformation.of(PatternRecord.class);
    }
  }

  private record Serializer(String topic) implements KafkaRecordSerializationSchema<PatternRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        PatternRecord record, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, record.key().getBytes(StandardCharsets.UTF_8), record.value());
    }
  }
}
