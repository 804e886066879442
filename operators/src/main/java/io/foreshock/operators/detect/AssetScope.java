package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which assets something applies to.
 *
 * @param tenants tenants concerned; empty for every tenant
 * @param assetClasses kinds of machine concerned; empty for every kind, the unknown one included
 */
public record AssetScope(Set<String> tenants, Set<String> assetClasses) implements Serializable {

  public static final AssetScope EVERY_ASSET = new AssetScope(Set.of(), Set.of());

  public AssetScope {
    // Sorted copies: equal scopes print and serialise alike.
    tenants = java.util.Collections.unmodifiableSet(new TreeSet<>(tenants));
    assetClasses = java.util.Collections.unmodifiableSet(new TreeSet<>(assetClasses));
  }

  public boolean covers(AssetRef asset) {
    return (tenants.isEmpty() || tenants.contains(asset.tenant()))
        && (assetClasses.isEmpty() || assetClasses.contains(asset.assetClass()));
  }
}
