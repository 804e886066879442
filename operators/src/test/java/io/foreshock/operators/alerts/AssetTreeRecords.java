package io.foreshock.operators.alerts;

import io.foreshock.model.RawRecord;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;

/** Records of an asset registry. */
final class AssetTreeRecords {

  private AssetTreeRecords() {}

  /** Hands a record to the tree; returns why it is refused. */
  static String take(
      AssetTree tree, long offset, String asset, String parent, String site, String timeZone) {
    return tree.take(
        new RawRecord(
            "",
            "foreshock.assets",
            0,
            offset,
            MachineDriver.START,
            ("acme/" + asset).getBytes(StandardCharsets.UTF_8),
            AssetDefinition.newBuilder()
                .setTenant("acme")
                .setAssetId(asset)
                .setParentAssetId(parent)
                .setSite(site)
                .setTimeZone(timeZone)
                .build()
                .toByteArray()));
  }
}
