package io.foreshock.patterns.catalogue;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.patterns.language.ChannelDocument;

/** The channels that come with Foreshock, with units and ranges. */
public final class ChannelCatalogue {
  private static final String FILE = "channels.yaml";

  private ChannelCatalogue() {}

  public static ChannelRegistry load() {
    return ChannelDocument.parse(FILE, CatalogueResource.text(FILE));
  }
}
