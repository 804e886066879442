package io.foreshock.cli.features.parity;

import io.foreshock.model.RawRecord;
import io.foreshock.operators.decode.DecodeWithAssetsFunction;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An asset registry that holds the models of machines, and nothing else. */
final class KnownModels implements DecodeWithAssetsFunction.Snapshot {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, String> models;

  /**
   * @param models by key of the asset
   */
  KnownModels(Map<String, String> models) {
    this.models = new HashMap<>(models);
  }

  @Override
  public void read(Consumer<RawRecord> records) {
    long offset = 0;
    for (Map.Entry<String, String> model : new TreeMap<>(models).entrySet()) {
      int slash = model.getKey().indexOf('/');
      AssetDefinition asset =
          AssetDefinition.newBuilder()
              .setTenant(model.getKey().substring(0, slash))
              .setAssetId(model.getKey().substring(slash + 1))
              .setModel(model.getValue())
              .build();
      records.accept(
          new RawRecord(
              "",
              "foreshock.assets",
              0,
              offset++,
              0,
              model.getKey().getBytes(StandardCharsets.UTF_8),
              asset.toByteArray()));
    }
  }
}
