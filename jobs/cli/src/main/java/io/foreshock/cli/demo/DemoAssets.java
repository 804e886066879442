package io.foreshock.cli.demo;

import io.foreshock.cli.CliFailure;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.AssetRef;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.runtime.kafka.NamedTopic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The asset registry of the demo: machines of one class are of one model. */
final class DemoAssets {
  static final String TOPIC = "foreshock.assets";

  private DemoAssets() {}

  static NewTopic topic() {
    return new NewTopic(TOPIC, 1, (short) 1).configs(NamedTopic.COMPACTED);
  }

  static void publish(LocalKafka kafka, List<AssetRef> assets) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (AssetRef asset : assets) {
        AssetDefinition definition =
            AssetDefinition.newBuilder()
                .setTenant(asset.tenant())
                .setAssetId(asset.assetId())
                .setAssetClass(asset.assetClass())
                .setModel(asset.assetClass() + "-100")
                .build();
        producer.send(
            new ProducerRecord<>(
                TOPIC, asset.key().getBytes(StandardCharsets.UTF_8), definition.toByteArray()));
      }
    } catch (KafkaException e) {
      throw CliFailure.failed("The assets of the demo cannot be published: " + e.getMessage(), e);
    }
  }
}
