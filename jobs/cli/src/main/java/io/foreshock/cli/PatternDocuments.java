package io.foreshock.cli;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.PatternDocument;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Documents of files, each by itself, as they are published. */
final class PatternDocuments {
  private PatternDocuments() {}

  /**
   * Reads and checks.
   *
   * @param channelFiles channels beside those of the catalogue; may be null
   * @throws CliFailure naming everything that is wrong, by file and line
   */
  static List<PatternDocument> read(List<Path> files, List<Path> channelFiles, String tenant) {
    ChannelRegistry channels = PatternsCommand.channels(channelFiles);
    PatternLanguage language = PatternLanguage.of(channels);
    List<PatternDocument> documents = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw CliFailure.wrongInput("There is no file " + file + ".");
      }
      ParsedPatterns parsed = language.read(file);
      parsed.problems().forEach(problem -> problems.add(problem.toString()));
      if (parsed.problems().isEmpty()) {
        add(file, language, tenant, documents);
      }
    }
    for (int i = 0; i < documents.size(); i++) {
      for (PatternDocument other : documents.subList(0, i)) {
        if (other.name().equals(documents.get(i).name())) {
          problems.add(
              "\""
                  + other.name()
                  + "\" is there twice. Publish one version of a pattern at a time.");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput("Nothing was published.\n  " + String.join("\n  ", problems));
    }
    return documents;
  }

  private static void add(
      Path path, PatternLanguage language, String tenant, List<PatternDocument> documents) {
    try {
      for (Path file : PatternLanguage.files(path)) {
        for (String text : PatternLanguage.documents(Files.readString(file))) {
          for (PatternDefinition definition : language.parse("", text).definitions()) {
            documents.add(
                new PatternDocument(
                    tenant, definition.name(), definition.version(), text, false, 0, ""));
          }
        }
      }
    } catch (IOException e) {
      throw CliFailure.wrongInput("The file " + path + " cannot be read (" + e + ").");
    }
  }
}
