package io.foreshock.model;

/**
 * Names one machine of one tenant.
 *
 * @param tenant tenant by the topic's name
 * @param assetId identity of the machine within the tenant
 * @param assetClass kind of machine, e.g. {@code pump}; empty when unknown
 */
public record AssetRef(String tenant, String assetId, String assetClass) {

  public AssetRef {
    if (tenant.isEmpty() || assetId.isEmpty()) {
      throw new IllegalArgumentException(
          "An asset needs a tenant and an id, but tenant is \""
              + tenant
              + "\" and id is \""
              + assetId
              + "\".");
    }
  }

  /**
   * Key of everything kept about the asset: {@code tenant/assetId}. A tenant's name holds no slash,
   * so two tenants never share a key.
   */
  public String key() {
    return tenant + '/' + assetId;
  }
}
