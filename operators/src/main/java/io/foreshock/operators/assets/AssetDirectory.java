package io.foreshock.operators.assets;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The asset registry in memory: what the last record of each asset says, as far as it changes
 * messages. Assets that change nothing take no room.
 */
public final class AssetDirectory {
  private final ChannelRegistry channels;
  private final Map<String, Map<String, AssetRules>> byTenant = new HashMap<>();
  private final Map<Integer, Long> readUntil = new HashMap<>();

  public AssetDirectory(ChannelRegistry channels) {
    this.channels = channels;
  }

  /**
   * Takes a record of the registry's topic; one that was taken before changes nothing, so that a
   * topic may be read twice.
   *
   * @return why the record cannot be used, empty when it can; what was known about the asset before
   *     then stays
   */
  public List<String> take(RawRecord record) {
    long known = readUntil.getOrDefault(record.partition(), -1L);
    if (record.offset() <= known) {
      return List.of();
    }
    readUntil.put(record.partition(), record.offset());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    int slash = key.indexOf('/');
    if (slash < 1 || slash == key.length() - 1) {
      return List.of("its key must be <tenant>/<asset id>, but is \"" + key + "\"");
    }
    String tenant = key.substring(0, slash);
    String assetId = key.substring(slash + 1);
    if (record.value().length == 0) {
      put(tenant, assetId, null);
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    AssetRules rules = read(record.value(), tenant, assetId, problems);
    if (problems.isEmpty()) {
      put(tenant, assetId, rules.areEmpty() ? null : rules);
    }
    return problems;
  }

  private AssetRules read(byte[] value, String tenant, String assetId, List<String> problems) {
    AssetDefinition asset;
    try {
      asset = AssetDefinition.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      problems.add("its value is no AssetDefinition: " + e.getMessage());
      return null;
    }
    if (!asset.getTenant().equals(tenant) || !asset.getAssetId().equals(assetId)) {
      problems.add(
          "it describes \"%s/%s\", but its key is \"%s/%s\""
              .formatted(asset.getTenant(), asset.getAssetId(), tenant, assetId));
      return null;
    }
    return AssetRules.of(asset, channels, problems);
  }

  private void put(String tenant, String assetId, AssetRules rules) {
    if (rules != null) {
      byTenant.computeIfAbsent(tenant, name -> new HashMap<>()).put(assetId, rules);
      return;
    }
    Map<String, AssetRules> assets = byTenant.get(tenant);
    if (assets != null) {
      assets.remove(assetId);
    }
  }

  /** The message in the registry's names and units; as it is when its asset is not known. */
  public TelemetryMessage apply(String tenant, TelemetryMessage message) {
    Map<String, AssetRules> assets = byTenant.get(tenant);
    if (assets == null) {
      return message;
    }
    String assetId = message.getAssetId();
    AssetRules rules = assets.get(assetId.isEmpty() ? message.getDeviceId() : assetId);
    return rules == null ? message : rules.apply(message);
  }

  /**
   * The same of a message that was read already: the batch, with the class when it states none;
   * null when its asset has channels that are renamed or converted.
   */
  public TelemetryBatch apply(TelemetryBatch batch) {
    Map<String, AssetRules> assets = byTenant.get(batch.asset().tenant());
    AssetRules rules = assets == null ? null : assets.get(batch.asset().assetId());
    return rules == null ? batch : rules.apply(batch);
  }

  /** Number of assets whose messages are changed. */
  public int size() {
    int size = 0;
    for (Map<String, AssetRules> assets : byTenant.values()) {
      size += assets.size();
    }
    return size;
  }
}
