package io.foreshock.model;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Near misses of a pattern are wanted.
 *
 * @param tenant tenant whose assets are meant; empty for every tenant
 * @param name name of the pattern, whoever owns it
 * @param assets ids of the assets that are meant; empty for every asset
 * @param publishedAtMillis when it was asked for, milliseconds since 1970
 * @param publishedBy who asked; empty when not stated
 */
public record PatternTrace(
    String tenant, String name, List<String> assets, long publishedAtMillis, String publishedBy)
    implements Serializable {
  /** In front of the key on the topic; no scope of a pattern begins so. */
  public static final String KEY_PREFIX = "_trace/";

  public PatternTrace {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(publishedBy, "publishedBy");
    assets = List.copyOf(assets);
  }

  /** Key on the topic: one request for each tenant and pattern, the newest counts. */
  public String key() {
    return key(tenant, name);
  }

  /**
   * @param tenant empty for every tenant
   */
  public static String key(String tenant, String name) {
    return KEY_PREFIX + PatternDocument.key(tenant, name);
  }

  /** Whether near misses of the pattern of this name on this asset are wanted. */
  public boolean covers(AssetRef asset) {
    return (tenant.isEmpty() || tenant.equals(asset.tenant()))
        && (assets.isEmpty() || assets.contains(asset.assetId()));
  }
}
