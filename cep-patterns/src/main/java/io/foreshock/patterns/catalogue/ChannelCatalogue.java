package io.foreshock.patterns.catalogue;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.WaveformChannel;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.patterns.language.ChannelDocument;
import io.foreshock.patterns.language.InvalidPatternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The channels and waveforms that come with Foreshock, with units and ranges. */
public final class ChannelCatalogue {
  /** Stands for these channels where channel files are listed. */
  public static final String NAME = "catalogue";

  private static final String FILE = "channels.yaml";
  private static final String WAVEFORMS = "waveforms.yaml";

  private ChannelCatalogue() {}

  public static ChannelRegistry load() {
    return ChannelDocument.parse(FILE, CatalogueResource.text(FILE))
        .with(ChannelDocument.parse(WAVEFORMS, CatalogueResource.text(WAVEFORMS)));
  }

  /**
   * Reads the catalogue and files in the order given; later ones replace earlier ones of a name.
   *
   * @param sources {@link #NAME} or paths of YAML files
   * @param problems receives what is wrong, by file and line
   */
  public static ChannelRegistry load(List<String> sources, List<String> problems) {
    ChannelRegistry known = ChannelRegistry.EMPTY;
    for (String source : sources) {
      try {
        known =
            known.with(
                source.equals(NAME)
                    ? load()
                    : ChannelDocument.parse(source, Files.readString(Path.of(source))));
      } catch (IOException e) {
        problems.add(
            "Channel file " + source + " cannot be read (" + e + "). Check the option channels.");
      } catch (InvalidPatternException e) {
        e.problems().stream().map(Problem::toString).forEach(problems::add);
      } catch (IllegalArgumentException e) {
        problems.add(
            "Channel file " + source + " does not go with those before: " + e.getMessage());
      }
    }
    for (WaveformChannel waveform : known.waveforms().values()) {
      String speed = waveform.speed().channel();
      if (!speed.isEmpty() && known.find(speed) == null) {
        problems.add(
            "Waveform \"%s\" takes the shaft's speed from channel \"%s\", which is not known. %s"
                .formatted(
                    waveform.name(), speed, Suggestions.forName(speed, known.channels().keySet())));
      }
    }
    return known;
  }
}
