package io.foreshock.operators.features.definition;

import io.foreshock.model.ChannelRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The feature sets that come with Foreshock. */
public final class FeatureCatalogue {
  /** Stands for these sets where files of feature sets are listed. */
  public static final String NAME = "catalogue";

  private static final List<String> FILES = List.of("pump", "motor", "vehicle", "sensor");

  private FeatureCatalogue() {}

  /** The sets, checked against the channels. */
  public static ParsedFeatureSets load(ChannelRegistry channels) {
    return new FeatureLanguage(channels).parse(texts());
  }

  /** The set for the public Azure PdM data; not among {@link #load}. */
  public static ParsedFeatureSets azurePdm(ChannelRegistry channels) {
    String name = "feature-sets/reference/azure-pdm.yaml";
    return new FeatureLanguage(channels).parse(name, text(name));
  }

  /** A set for pumps that send waveforms, to be copied; not among {@link #load}. */
  public static ParsedFeatureSets pumpVibration(ChannelRegistry channels) {
    String name = "feature-sets/reference/pump-vibration.yaml";
    return new FeatureLanguage(channels).parse(name, text(name));
  }

  /** The files as they were written, by name. */
  public static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : FILES) {
      String name = "feature-sets/" + file + ".yaml";
      texts.put(name, text(name));
    }
    return texts;
  }

  private static String text(String name) {
    try (InputStream in = FeatureCatalogue.class.getResourceAsStream('/' + name)) {
      if (in == null) {
        throw new IllegalStateException("The library lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
