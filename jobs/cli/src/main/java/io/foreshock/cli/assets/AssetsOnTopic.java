package io.foreshock.cli.assets;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The topic of the asset registry, as a person's tool sees it; a mixin of its commands. */
final class AssetsOnTopic {
  @Mixin private KafkaConnection kafka;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = "foreshock.assets",
      description = "Topic of the asset registry (default: ${DEFAULT-VALUE}).")
  private String topic;

  /**
   * What is published, by key; empty where a record cannot be read.
   *
   * @throws CliFailure when the topic is not there, Kafka does not answer, or answers nothing for
   *     30 s although there is more
   */
  Map<String, Optional<AssetDefinition>> read() {
    Set<String> names = kafka.ask(admin -> KafkaConnection.answer(admin.listTopics().names()));
    if (!names.contains(topic)) {
      throw CliFailure.wrongInput(
          "There is no topic "
              + topic
              + " on "
              + kafka.servers()
              + " that this client may see. Create it with cleanup.policy=compact, grant Describe on it, or name"
              + " another with --topic.");
    }
    Map<String, Optional<AssetDefinition>> found = new TreeMap<>();
    WholeTopic.read(
        kafka,
        List.of(topic),
        record -> {
          take(record, found);
          return true;
        });
    return found;
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, Map<String, Optional<AssetDefinition>> found) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null || record.value().length == 0) {
      found.remove(key);
      return;
    }
    try {
      found.put(key, Optional.of(AssetDefinition.parseFrom(record.value())));
    } catch (InvalidProtocolBufferException e) {
      found.put(key, Optional.empty());
    }
  }

  /**
   * Writes assets and returns when the brokers have them.
   *
   * @param assets by key; empty removes one
   */
  void write(Map<String, Optional<AssetDefinition>> assets) {
    Map<String, Object> properties = kafka.client();
    properties.put("acks", "all");
    properties.put("delivery.timeout.ms", "15000");
    properties.put("request.timeout.ms", "5000");
    properties.put("max.block.ms", "10000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      var last =
          assets.entrySet().stream()
              .map(
                  asset ->
                      producer.send(
                          new ProducerRecord<>(
                              topic,
                              asset.getKey().getBytes(StandardCharsets.UTF_8),
                              asset.getValue().map(AssetDefinition::toByteArray).orElse(null))))
              .toList();
      for (var sent : last) {
        sent.get();
      }
    } catch (ExecutionException | KafkaException e) {
      throw kafka.failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliFailure.failed("Interrupted.", e);
    }
  }
}
