package io.foreshock.operators.sessions;

import io.foreshock.model.ChannelRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The session rules that come with Foreshock. */
public final class SessionCatalogue {
  /** Stands for these rules where files are listed. */
  public static final String NAME = "catalogue";

  private static final String FILE = "sessions.yaml";

  private SessionCatalogue() {}

  /**
   * Reads the catalogue and files in the order given; a rule replaces an earlier one of its name.
   *
   * @param sources {@link #NAME} or paths of YAML files
   * @param problems receives what is wrong, by file and line
   */
  public static List<SessionRule> load(
      List<String> sources, ChannelRegistry channels, List<String> problems) {
    SessionRulesReader reader = new SessionRulesReader(channels);
    for (String source : sources) {
      try {
        reader.read(
            source.equals(NAME) ? FILE : source,
            source.equals(NAME) ? text() : Files.readString(Path.of(source)));
      } catch (IOException e) {
        problems.add(
            "File "
                + source
                + " of session rules cannot be read ("
                + e
                + "). Check the option sessions.rules.");
      }
    }
    problems.addAll(reader.problems());
    return reader.rules();
  }

  private static String text() {
    try (InputStream in = SessionCatalogue.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
