package io.foreshock.features;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.features.ComputeFeaturesFunction;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.ParsedFeatureSets;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the pipeline behaves; says nothing about where telemetry comes from or rows go to.
 *
 * @param sets feature sets, each with a name of its own
 * @param forgetAfter ingest time without a message after which an asset is forgotten
 */
public record FeaturesConfig(List<FeatureSet> sets, Duration forgetAfter) {

  public FeaturesConfig {
    sets = List.copyOf(sets);
  }

  /** Default behaviour with these sets. */
  public static FeaturesConfig of(List<FeatureSet> sets) {
    return new FeaturesConfig(sets, ComputeFeaturesFunction.DEFAULT_FORGET_AFTER);
  }

  /**
   * Reads the values, and the files that they name. A set of a later file replaces one of the same
   * name.
   *
   * @throws StartRefused naming everything that is wrong in the files
   */
  public static FeaturesConfig from(Settings settings) {
    List<String> problems = new ArrayList<>();
    ChannelRegistry channels =
        ChannelCatalogue.load(settings.get(FeaturesOptions.CHANNELS), problems);
    Map<String, FeatureSet> sets = new LinkedHashMap<>();
    for (String source : settings.get(FeaturesOptions.SETS)) {
      ParsedFeatureSets parsed =
          source.equals(FeatureCatalogue.NAME)
              ? FeatureCatalogue.load(channels)
              : new FeatureLanguage(channels).read(Path.of(source));
      parsed.problems().forEach(problem -> problems.add(problem.toString()));
      parsed.sets().forEach(set -> sets.put(set.name(), set));
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return new FeaturesConfig(
        new ArrayList<>(sets.values()), settings.get(FeaturesOptions.FORGET_AFTER));
  }
}
