package io.foreshock.samples;

import io.foreshock.model.AssetRef;

/** Machines for tests. All belong to tenant {@link #TENANT} unless said otherwise. */
public final class Assets {
  public static final String TENANT = "acme";
  public static final String OTHER_TENANT = "globex";

  public static final AssetRef PUMP = pump("pump-1");
  public static final AssetRef MOTOR = of("motor-1", "motor");
  public static final AssetRef TRUCK = of("truck-1", "vehicle");

  private Assets() {}

  public static AssetRef pump(String assetId) {
    return of(assetId, "pump");
  }

  public static AssetRef of(String assetId, String assetClass) {
    return of(TENANT, assetId, assetClass);
  }

  public static AssetRef of(String tenant, String assetId, String assetClass) {
    return new AssetRef(tenant, assetId, assetClass);
  }
}
