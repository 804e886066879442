package io.foreshock.patterns.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that are part of this library. */
final class CatalogueResource {

  private CatalogueResource() {}

  static String text(String name) {
    try (InputStream in = CatalogueResource.class.getResourceAsStream('/' + name)) {
      if (in == null) {
        throw new IllegalStateException("The library lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
