package io.foreshock.operators.alerts;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Where an asset stands, by the asset registry.
 *
 * @param assetClass kind of machine; empty when unknown
 * @param site site; empty when it is not known
 * @param timeZone IANA name of the site's zone; empty for UTC
 * @param ancestors ids of the assets that it is a part of, nearest first, and last the asset that
 *     stands for the site, if there is one
 */
public record Placement(String assetClass, String site, String timeZone, List<String> ancestors)
    implements Serializable {
  public static final Placement UNKNOWN = new Placement("", "", "", List.of());

  public Placement {
    ancestors = List.copyOf(ancestors);
  }

  ZoneId zone() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }
}
