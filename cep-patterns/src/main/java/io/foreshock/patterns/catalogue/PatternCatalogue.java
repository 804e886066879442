package io.foreshock.patterns.catalogue;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The patterns that come with Foreshock.
 *
 * <p>The production set is what a job runs when nothing else is said. Reference sets belong to
 * public data and are only loaded by name.
 */
public final class PatternCatalogue {
  private static final List<String> PRODUCTION =
      List.of("bearings", "compressors", "gearboxes", "motors", "pumps", "sensors", "vehicles");

  /** Reference set for the public Azure PdM data with telemetry. */
  public static final String AZURE_PDM = "azure-pdm";

  /** Reference set for the public Azure PdM data without telemetry. */
  public static final String AZURE_PDM_EVENTS = "azure-pdm-events";

  /** Reference set for the public turbofan data C-MAPSS FD001. */
  public static final String CMAPSS = "cmapss";

  /** Reference set for the public bearing data of IMS, test 2. */
  public static final String IMS = "ims";

  /** Reference set for the public SKAB data. */
  public static final String SKAB = "skab";

  /** Reference set for the public hydraulic rig. */
  public static final String HYDRAULIC = "hydraulic";

  private static final List<String> REFERENCE =
      List.of(AZURE_PDM, AZURE_PDM_EVENTS, CMAPSS, IMS, SKAB, HYDRAULIC);

  private PatternCatalogue() {}

  /** All patterns of the production set, by name. */
  public static List<PatternDefinition> production() {
    Map<String, PatternDefinition> byName = new TreeMap<>();
    for (String file : PRODUCTION) {
      for (PatternDefinition definition : read("catalogue/" + file + ".yaml")) {
        if (byName.put(definition.name(), definition) != null) {
          throw new IllegalStateException("The catalogue holds two of " + definition.name());
        }
      }
    }
    return new ArrayList<>(byName.values());
  }

  /** The files of the production set, as they were written. */
  public static List<String> productionTexts() {
    return PRODUCTION.stream()
        .map(file -> CatalogueResource.text("catalogue/" + file + ".yaml"))
        .toList();
  }

  /** The file of a reference set, as it was written. */
  public static String referenceText(String set) {
    return CatalogueResource.text("catalogue/reference/" + set + ".yaml");
  }

  /**
   * The production set, checked against other channels than the catalogue's own.
   *
   * @return with a problem for everything that does not fit the channels
   */
  public static ParsedPatterns production(ChannelRegistry channels) {
    List<PatternDefinition> definitions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (String file : PRODUCTION) {
      ParsedPatterns parsed = parse("catalogue/" + file + ".yaml", channels);
      definitions.addAll(parsed.definitions());
      problems.addAll(parsed.problems());
    }
    definitions.sort(Comparator.comparing(PatternDefinition::name));
    return new ParsedPatterns(definitions, problems);
  }

  /** Names of the reference sets. */
  public static List<String> referenceSets() {
    return REFERENCE;
  }

  /**
   * Patterns of a reference set.
   *
   * @throws IllegalArgumentException when there is no such set; names the ones there are
   */
  public static List<PatternDefinition> reference(String set) {
    return reference(set, ChannelCatalogue.load()).orThrow();
  }

  /**
   * Patterns of a reference set, checked against other channels than the catalogue's own.
   *
   * @return with a problem for everything that does not fit the channels
   * @throws IllegalArgumentException when there is no such set; names the ones there are
   */
  public static ParsedPatterns reference(String set, ChannelRegistry channels) {
    if (!REFERENCE.contains(set)) {
      throw new IllegalArgumentException(
          "There is no reference set \"" + set + "\". " + Suggestions.forName(set, REFERENCE));
    }
    return parse("catalogue/reference/" + set + ".yaml", channels);
  }

  /**
   * One pattern of the production set.
   *
   * @throws IllegalArgumentException when there is no such pattern; suggests one
   */
  public static PatternDefinition named(String name) {
    List<PatternDefinition> all = production();
    for (PatternDefinition definition : all) {
      if (definition.name().equals(name)) {
        return definition;
      }
    }
    throw new IllegalArgumentException(
        "The catalogue holds no pattern \""
            + name
            + "\". "
            + Suggestions.forName(name, all.stream().map(PatternDefinition::name).toList()));
  }

  private static List<PatternDefinition> read(String file) {
    return parse(file, ChannelCatalogue.load()).orThrow();
  }

  private static ParsedPatterns parse(String file, ChannelRegistry channels) {
    return new PatternLanguage(channels, PatternLanguage.DEFAULT_MAXIMUM_WITHIN, true)
        .parse(file, CatalogueResource.text(file));
  }
}
