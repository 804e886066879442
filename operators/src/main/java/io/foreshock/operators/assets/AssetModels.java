package io.foreshock.operators.assets;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Which model each machine is of, as the last record of the asset registry says. */
public final class AssetModels {
  private final Map<String, String> models = new HashMap<>();

  /** Texts that many machines share, each once. */
  private final Map<String, String> texts = new HashMap<>();

  private final Map<Integer, Long> readUntil = new HashMap<>();

  /**
   * Takes a record of the registry's topic; one that was taken before changes nothing, so that a
   * topic may be read twice.
   *
   * @return why the record cannot be used, empty when it can; what was known about the asset before
   *     then stays
   */
  public String take(RawRecord record) {
    if (record.offset() <= readUntil.getOrDefault(record.partition(), -1L)) {
      return "";
    }
    readUntil.put(record.partition(), record.offset());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value().length == 0) {
      models.remove(key);
      return "";
    }
    AssetDefinition asset;
    try {
      asset = AssetDefinition.parseFrom(record.value());
    } catch (InvalidProtocolBufferException e) {
      return "its value is no AssetDefinition: " + e.getMessage();
    }
    String described = asset.getTenant() + '/' + asset.getAssetId();
    if (!described.equals(key)) {
      return "it describes \"%s\", but its key is \"%s\"".formatted(described, key);
    }
    String model = asset.getModel().strip();
    if (model.isEmpty()) {
      models.remove(key);
    } else {
      models.put(key, texts.computeIfAbsent(model, text -> text));
    }
    return "";
  }

  /** Model of a machine; null when nobody said. */
  public String of(AssetRef asset) {
    return models.get(asset.key());
  }

  /** Number of machines whose model is known. */
  public int size() {
    return models.size();
  }
}
