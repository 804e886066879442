package io.foreshock.operators.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where assets stand: class, site and parents, by the last record of each in the registry. */
final class AssetTree {
  /** Deeper trees are cut: a registry that goes round in circles must not. */
  private static final int DEEPEST = 16;

  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<Integer, Long> readUntil = new HashMap<>();

  private record Node(String assetClass, String parent, String site, String timeZone) {}

  /**
   * Takes a record of the registry's topic; one that was taken before changes nothing.
   *
   * @return why the record cannot be used, empty when it can; what was known before then stays
   */
  String take(RawRecord record) {
    if (record.offset() <= readUntil.getOrDefault(record.partition(), -1L)) {
      return "";
    }
    readUntil.put(record.partition(), record.offset());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value().length == 0) {
      nodes.remove(key);
      return "";
    }
    AssetDefinition asset;
    try {
      asset = AssetDefinition.parseFrom(record.value());
    } catch (InvalidProtocolBufferException e) {
      return "its value is no AssetDefinition: " + e.getMessage();
    }
    if (!key.equals(asset.getTenant() + '/' + asset.getAssetId())) {
      return "it describes \"%s/%s\", but its key is \"%s\""
          .formatted(asset.getTenant(), asset.getAssetId(), key);
    }
    if (!asset.getTimeZone().isEmpty()) {
      try {
        ZoneId.of(asset.getTimeZone());
      } catch (DateTimeException e) {
        return "time zone \"" + asset.getTimeZone() + "\" is not known";
      }
    }
    nodes.put(
        key,
        new Node(
            asset.getAssetClass(), asset.getParentAssetId(), asset.getSite(), asset.getTimeZone()));
    return "";
  }

  /**
   * Where an asset stands; what the registry does not say is empty, the class as the asset says.
   */
  Placement placement(AssetRef asset) {
    Node node = nodes.get(asset.key());
    if (node == null) {
      return asset.assetClass().isEmpty()
          ? Placement.UNKNOWN
          : new Placement(asset.assetClass(), "", "", List.of());
    }
    List<String> ancestors = new ArrayList<>();
    String site = node.site();
    String timeZone = node.timeZone();
    String parent = node.parent();
    for (int depth = 0; depth < DEEPEST && !parent.isEmpty(); depth++) {
      ancestors.add(parent);
      Node above = nodes.get(asset.tenant() + '/' + parent);
      if (above == null) {
        break;
      }
      site = site.isEmpty() ? above.site() : site;
      timeZone = timeZone.isEmpty() ? above.timeZone() : timeZone;
      parent = above.parent();
    }
    if (!site.isEmpty() && !site.equals(asset.assetId()) && !ancestors.contains(site)) {
      ancestors.add(site);
    }
    return new Placement(
        asset.assetClass().isEmpty() ? node.assetClass() : asset.assetClass(),
        site,
        timeZone,
        ancestors);
  }

  int size() {
    return nodes.size();
  }
}
