package io.foreshock.cli.dlq;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.decode.TelemetryDecoder;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with raw records, and the letters that a job would write about them. */
final class LetterBox implements AutoCloseable {
  private final LocalKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  LetterBox(Path folder) {
    kafka = LocalKafka.at(folder).start();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  String servers() {
    return kafka.bootstrapServers();
  }

  /** Creates the topics of raw records and letters, and those with these endings. */
  void createTopics(String tenant, String... more) {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(
        new NewTopic(tenant + ".telemetry.raw", 1, (short) 1)
            .configs(Map.of("message.timestamp.type", "LogAppendTime")));
    topics.add(new NewTopic(tenant + ".telemetry.dlq", 1, (short) 1));
    for (String ending : more) {
      topics.add(new NewTopic(tenant + ending, 1, (short) 1));
    }
    kafka.createTopics(topics);
  }

  void send(String tenant, String key, byte[] value) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                tenant + ".telemetry.raw", key.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  /** Creates the topic of the asset registry, with one asset. */
  void publish(String topic, AssetDefinition asset) throws Exception {
    kafka.createTopics(List.of(new NewTopic(topic, 1, (short) 1)));
    byte[] key = (asset.getTenant() + "/" + asset.getAssetId()).getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, key, asset.toByteArray())).get();
  }

  /** Decodes the raw topic as a job does and writes its letters; returns how many. */
  int refuse(String tenant, int maxMessageSize) throws Exception {
    TelemetryDecoder decoder =
        new TelemetryDecoder(
            new DecodeRules(
                maxMessageSize,
                DecodeRules.DEFAULT.futureTolerance(),
                DecodeRules.DEFAULT.liveMaxAge()),
            ChannelCatalogue.load());
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(tenant + ".telemetry.raw")) {
      decoder.decode(
          new RawRecord(
              tenant,
              record.topic(),
              record.partition(),
              record.offset(),
              record.timestamp(),
              record.key(),
              record.value()),
          letters::add);
    }
    for (DeadLetter letter : letters) {
      producer
          .send(
              new ProducerRecord<>(
                  tenant + ".telemetry.dlq", letter.source().key(), DeadLetterCodec.encode(letter)))
          .get();
    }
    return letters.size();
  }

  /** Everything that is committed on a topic of one partition. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
