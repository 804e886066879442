package io.foreshock.cli.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.codec.AlertCodec;
import io.foreshock.model.Alert;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose alerts, and where they stand; a mixin of every command about alerts. */
final class TenantAlerts {
  @Mixin private KafkaConnection kafka;

  @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "Whose alerts.")
  private String tenant;

  private final Map<String, Alert> alerts = new TreeMap<>();
  private long unreadable;

  KafkaConnection kafka() {
    return kafka;
  }

  String tenant() {
    return tenant;
  }

  /** Records that are no alerts that this version knows. */
  long unreadable() {
    return unreadable;
  }

  /**
   * Every alert as it stands now, by id.
   *
   * @throws CliFailure when the tenant has no alerts topic, or Kafka refuses
   */
  Map<String, Alert> read() {
    if (!TenantTopic.isTenant(tenant)) {
      throw CliFailure.wrongInput(
          "--tenant must be lower case letters, digits and dashes, but is \"" + tenant + "\".");
    }
    String topic = TenantTopic.ALERTS.of(tenant);
    require(topic);
    WholeTopic.read(
        kafka,
        List.of(topic),
        record -> {
          take(record);
          return true;
        });
    return alerts;
  }

  /** Takes a record of the topic; the newest of an alert is how it stands. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    String id = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null || record.value().length == 0) {
      alerts.remove(id);
      return;
    }
    try {
      alerts.put(id, AlertCodec.decode(record.value()));
    } catch (InvalidProtocolBufferException e) {
      unreadable++;
    }
  }

  /**
   * @throws CliFailure when the topic is not there, or may not be seen
   */
  void require(String topic) {
    Set<String> existing = kafka.ask(admin -> KafkaConnection.answer(admin.listTopics().names()));
    if (!existing.contains(topic)) {
      throw CliFailure.wrongInput(
          "There is no topic %s on %s that this client may see. Check --tenant, create it with `./foreshock tenants create %s`, or grant Read on it."
              .formatted(topic, kafka.servers(), tenant));
    }
  }

  /**
   * The alert that somebody means: its id, or the name of an asset that has one open alert.
   *
   * @throws CliFailure naming what there is instead
   */
  Alert find(String text) {
    Alert exact = alerts.get(text);
    if (exact != null) {
      return exact;
    }
    Collection<Alert> ofAsset =
        alerts.values().stream().filter(alert -> alert.asset().assetId().equals(text)).toList();
    List<Alert> open = ofAsset.stream().filter(alert -> !alert.state().isClosed()).toList();
    if (open.size() == 1) {
      return open.get(0);
    }
    if (open.isEmpty() && ofAsset.size() == 1) {
      return ofAsset.iterator().next();
    }
    if (ofAsset.isEmpty()) {
      throw CliFailure.wrongInput(
          "Tenant %s has no alert \"%s\". `alerts list --all` prints ids, e.g. pump-162/bearing/wear."
              .formatted(tenant, text));
    }
    throw CliFailure.wrongInput(
        "Asset %s has %d alerts. Name one: %s"
            .formatted(
                text,
                ofAsset.size(),
                String.join(", ", ofAsset.stream().map(Alert::id).sorted().toList())));
  }
}
