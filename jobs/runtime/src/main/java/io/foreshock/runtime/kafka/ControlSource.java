package io.foreshock.runtime.kafka;

import java.util.Properties;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads a compacted topic of what controls a job: patterns, the asset registry. */
final class ControlSource {

  private ControlSource() {}

  /**
   * Adds the source to a graph: parallelism 1, committed records only, from the beginning of the
   * topic.
   *
   * @param group consumer group and prefix of client ids, for monitoring only
   * @param id uid and name of the source
   */
  static <T> DataStream<T> read(
      StreamExecutionEnvironment environment,
      KafkaConfig config,
      String topic,
      String group,
      String id,
      KafkaRecordDeserializationSchema<T> deserializer,
      WatermarkStrategy<T> clock) {
    Properties properties = config.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    KafkaSource<T> source =
        KafkaSource.<T>builder()
            .setProperties(properties)
            .setGroupId(group)
            .setClientIdPrefix(group)
            .setTopics(topic)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(deserializer)
            .build();
    return environment.fromSource(source, clock, id).uid(id).name(id).setParallelism(1);
  }

  /**
   * No part in the clock, so that it never holds back the ingest clock of what it is connected to,
   * and never moves it.
   */
  static <T> WatermarkStrategy<T> noClock(SerializableTimestampAssigner<T> times) {
    return WatermarkStrategy.<T>forGenerator(context -> new NoClock<>())
        .withTimestampAssigner(times);
  }
}
