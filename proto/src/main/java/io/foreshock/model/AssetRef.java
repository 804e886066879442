package io.foreshock.model;

import java.util.Objects;

/**
 * Names one machine of one tenant. A value; not a record, because its key is asked for with every
 * message and made only once.
 */
public final class AssetRef {
  private final String tenant;
  private final String assetId;
  private final String assetClass;

  /** Made when first asked for. Two threads may both make it: it is the same text. */
  private String key;

  /**
   * @param tenant tenant by the topic's name
   * @param assetId identity of the machine within the tenant
   * @param assetClass kind of machine, e.g. {@code pump}; empty when unknown
   */
  public AssetRef(String tenant, String assetId, String assetClass) {
    if (tenant.isEmpty() || assetId.isEmpty()) {
      throw new IllegalArgumentException(
          "An asset needs a tenant and an id, but tenant is \""
              + tenant
              + "\" and id is \""
              + assetId
              + "\".");
    }
    this.tenant = tenant;
    this.assetId = assetId;
    this.assetClass = Objects.requireNonNull(assetClass, "assetClass");
  }

  /** Tenant by the topic's name. */
  public String tenant() {
    return tenant;
  }

  /** Identity of the machine within the tenant. */
  public String assetId() {
    return assetId;
  }

  /** Kind of machine, e.g. {@code pump}; empty when unknown. */
  public String assetClass() {
    return assetClass;
  }

  /**
   * Key of everything kept about the asset: {@code tenant/assetId}. A tenant's name holds no slash,
   * so two tenants never share a key.
   */
  public String key() {
    String known = key;
    if (known == null) {
      known = tenant + '/' + assetId;
      key = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof AssetRef asset
            && asset.assetId.equals(assetId)
            && asset.tenant.equals(tenant)
            && asset.assetClass.equals(assetClass);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tenant, assetId, assetClass);
  }

  @Override
  public String toString() {
    return "AssetRef[tenant="
        + tenant
        + ", assetId="
        + assetId
        + ", assetClass="
        + assetClass
        + "]";
  }
}
