package io.foreshock.patterns.catalogue;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.language.ChannelDocument;
import io.foreshock.patterns.language.InvalidPatternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The channels that come with Foreshock, with units and ranges. */
public final class ChannelCatalogue {
  /** Stands for these channels where channel files are listed. */
  public static final String NAME = "catalogue";

  private static final String FILE = "channels.yaml";

  private ChannelCatalogue() {}

  public static ChannelRegistry load() {
    return ChannelDocument.parse(FILE, CatalogueResource.text(FILE));
  }

  /**
   * Reads the catalogue and files in the order given; later ones replace earlier ones of a name.
   *
   * @param sources {@link #NAME} or paths of YAML files
   * @param problems receives what is wrong, by file and line
   */
  public static ChannelRegistry load(List<String> sources, List<String> problems) {
    Map<String, Channel> byName = new TreeMap<>();
    for (String source : sources) {
      if (source.equals(NAME)) {
        byName.putAll(load().channels());
        continue;
      }
      try {
        byName.putAll(ChannelDocument.parse(source, Files.readString(Path.of(source))).channels());
      } catch (IOException e) {
        problems.add(
            "Channel file " + source + " cannot be read (" + e + "). Check the option channels.");
      } catch (InvalidPatternException e) {
        e.problems().stream().map(Problem::toString).forEach(problems::add);
      }
    }
    return new ChannelRegistry(byName.values());
  }
}
