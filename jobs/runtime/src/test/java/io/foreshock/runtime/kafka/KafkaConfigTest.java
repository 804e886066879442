package io.foreshock.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetIdentifier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaConfigTest {

  @Test
  void servesEveryTenantByDefault() {
    KafkaConfig config = config();
    assertThat(config.servesEveryTenant()).isTrue();
    assertThat(config.scope()).isEqualTo("pool");
    assertThat(config.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
  }

  @Test
  void namesTheScopeAfterASingleTenant() {
    assertThat(config("-Dtenants=acme").scope()).isEqualTo("acme");
    assertThat(config("-Dtenants=acme,globex", "-Dscope=pool").scope()).isEqualTo("pool");
    assertThat(config("-Dtenants=acme", "-Dscope=blue").scope()).isEqualTo("blue");
  }

  /** Two deployments that differ only in their tenants would abort each other's transactions. */
  @Test
  void refusesSeveralTenantsWithoutAScope() {
    StartRefused refused =
        catchThrowableOfType(StartRefused.class, () -> config("-Dtenants=acme,globex"));
    assertThat(refused).isNotNull();
    assertThat(refused.problems())
        .containsExactly(
            "scope must be set when several tenants are named, but is empty, and tenants is \"acme, globex\": another"
                + " job with other tenants would have the same transactional ids. Use e.g. \"scope=pool-1\", another"
                + " one for each such job.");
  }

  @Test
  void refusesATenantWhoseScopeWouldBeThatOfAllTenants() {
    StartRefused refused = catchThrowableOfType(StartRefused.class, () -> config("-Dtenants=pool"));
    assertThat(refused).isNotNull();
    assertThat(refused.problems().get(0)).contains("and not \"pool\", but is \"pool\"");
  }

  @Test
  void handsPropertiesToEveryClient() {
    assertThat(config("-Dkafka.client.security.protocol=SSL").clientProperties())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "broker:9092");
  }

  @Test
  void refusesClientPropertiesThatDecideAboutCorrectness() {
    StartRefused refused =
        catchThrowableOfType(
            StartRefused.class, () -> config("-Dkafka.client.isolation.level=read_uncommitted"));
    assertThat(refused.problems())
        .containsExactly(
            "The job sets isolation.level itself: they decide about correctness. Remove"
                + " kafka.client.isolation.level.");
  }

  @Test
  void refusesTenantsThatCannotBeTold() {
    StartRefused refused =
        catchThrowableOfType(StartRefused.class, () -> config("-Dtenants=acme.plant,ok"));
    assertThat(refused.problems())
        .containsExactly(
            "tenants must be \"*\" or names of lower case letters, digits and dashes, and not \"pool\", but is \"acme.plant,ok\""
                + " (command line). Use e.g. \"acme, globex\".");
  }

  @Test
  void tellsTenantsAndTopicsApart() {
    assertThat(TenantTopic.RAW.of("acme")).isEqualTo("acme.telemetry.raw");
    assertThat(TenantTopic.RAW.tenantOf("acme.telemetry.raw")).isEqualTo("acme");
    assertThat(TenantTopic.RAW.matches("acme.telemetry")).isFalse();
    assertThat(TenantTopic.RAW.matches("a.b.telemetry.raw")).isFalse();
    assertThat(TenantTopic.DETECTIONS.matches("acme.detections")).isTrue();
    assertThat(TenantTopic.isTenant("a".repeat(64))).isFalse();
  }

  @Test
  void namesTheTopicsOfASinkForTheSearchForOpenTransactions() {
    TenantRecordSerializer<String> every =
        new TenantRecordSerializer<>(List.of(TenantTopic.DETECTIONS), List.of(), new Words(null));
    KafkaDatasetIdentifier pattern =
        every.getKafkaDatasetFacet().orElseThrow().getTopicIdentifier();
    Pattern topics = pattern.getTopicPattern();
    assertThat(topics.matcher("acme.detections").matches()).isTrue();
    assertThat(topics.matcher("acme.telemetry.raw").matches()).isFalse();

    TenantRecordSerializer<String> one =
        new TenantRecordSerializer<>(
            List.of(TenantTopic.DETECTIONS), List.of("acme"), new Words(null));
    assertThat(one.getKafkaDatasetFacet().orElseThrow().getTopicIdentifier().getTopics())
        .containsExactly("acme.detections");
    ProducerRecord<byte[], byte[]> record = one.serialize("acme", null, 5L);
    assertThat(record.topic()).isEqualTo("acme.detections");
    assertThat(record.key()).isEqualTo(new byte[] {4});
    assertThat(record.timestamp()).isNull();
  }

  @Test
  void oneSinkWritesSeveralKindsOfTopics() {
    NamedTopic bearing = new NamedTopic(".features.bearing", NamedTopic.COMPACTED);
    List<TopicPerTenant> kinds = List.of(bearing, TenantTopic.DETECTIONS);
    TenantRecordSerializer<String> every =
        new TenantRecordSerializer<>(kinds, List.of(), new Words(bearing));
    Pattern topics =
        every.getKafkaDatasetFacet().orElseThrow().getTopicIdentifier().getTopicPattern();

    assertThat(topics.matcher("acme.features.bearing").matches()).isTrue();
    assertThat(topics.matcher("acme.detections").matches()).isTrue();
    assertThat(topics.matcher("acme.features.bearing2").matches()).isFalse();
    assertThat(every.serialize("acme", null, 5L).topic()).isEqualTo("acme.features.bearing");
    assertThat(
            new TenantRecordSerializer<>(kinds, List.of("acme"), new Words(bearing))
                .getKafkaDatasetFacet()
                .orElseThrow()
                .getTopicIdentifier()
                .getTopics())
        .containsExactly("acme.features.bearing", "acme.detections");
    assertThatThrownBy(() -> new NamedTopic("features", Map.of()))
        .hasMessageContaining("but is \"<tenant>features\"");
  }

  private static final class Words implements RecordForm<String> {
    private static final long serialVersionUID = 1L;

    private final TopicPerTenant topic;

    private Words(TopicPerTenant topic) {
      this.topic = topic;
    }

    @Override
    public String tenant(String word) {
      return word;
    }

    @Override
    public TopicPerTenant topic(String word) {
      return topic;
    }

    @Override
    public byte[] key(String word) {
      return new byte[] {(byte) word.length()};
    }

    @Override
    public byte[] value(String word) {
      return new byte[0];
    }
  }

  private static KafkaConfig config(String... more) {
    List<Option<?>> all = new ArrayList<>(KafkaOptions.OF_SOURCES);
    all.addAll(KafkaOptions.OF_SINKS);
    Options options =
        new Options(all)
            .family(KafkaOptions.CLIENT_FAMILY, KafkaOptions.CLIENT_FAMILY_DESCRIPTION)
            .contradiction(KafkaConfig::foreignClientProperties);
    List<String> args =
        new ArrayList<>(List.of("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=plant-1"));
    args.addAll(List.of(more));
    return KafkaConfig.from(Settings.read(options, CommandLine.parse(args.toArray(String[]::new))));
  }
}
