package io.foreshock.patterns.language;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.operators.documents.YamlReader;
import io.foreshock.patterns.definition.PatternDefinition;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads pattern documents and says everything that is wrong with them at once. A file may hold
 * several documents, separated by {@code ---}; a folder may hold several files.
 *
 * @param channels channels that patterns may name, with their units and ranges
 * @param maximumWithin longest time that a match may take
 * @param sourceRequired whether each pattern must name where its limits come from
 */
public record PatternLanguage(
    ChannelRegistry channels, Duration maximumWithin, boolean sourceRequired) {

  /** Longest time that a match may take when nothing else is said. */
  public static final Duration DEFAULT_MAXIMUM_WITHIN = Duration.ofDays(30);

  /** YAML: at the beginning of a line this never is content. */
  private static final Pattern DOCUMENT_MARK = Pattern.compile("\\R---(?=\\s|$)");

  private static final int MAXIMUM_LENGTH = 1 << 20;

  /** The language with these channels; matches up to 30 days, sources not required. */
  public static PatternLanguage of(ChannelRegistry channels) {
    return new PatternLanguage(channels, DEFAULT_MAXIMUM_WITHIN, false);
  }

  /**
   * Reads and checks documents.
   *
   * @param file what to call the text in messages
   * @param text YAML
   */
  public ParsedPatterns parse(String file, String text) {
    return parse(Map.of(file, text));
  }

  /** The documents of a text, each as it was written. */
  public static List<String> documents(String text) {
    return DOCUMENT_MARK
        .splitAsStream(text.startsWith("---") ? "\n" + text : text)
        .filter(document -> !document.isBlank())
        .toList();
  }

  /**
   * Reads a file, or every {@code .yaml} and {@code .yml} file of a folder, in alphabetical order;
   * folders inside are left alone.
   */
  public ParsedPatterns read(Path path) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<Problem> unreadable = new ArrayList<>();
    try {
      for (Path file : files(path)) {
        if (!Files.isRegularFile(file)) {
          unreadable.add(
              new Problem(file.toString(), 1, "There is no such file or folder. Check the path."));
        } else {
          texts.put(file.toString(), text(file, unreadable));
        }
      }
    } catch (IOException e) {
      unreadable.add(
          new Problem(path.toString(), 1, "Cannot be read (" + e + "). Check its permissions."));
    }
    if (texts.isEmpty() && unreadable.isEmpty()) {
      unreadable.add(
          new Problem(path.toString(), 1, "The folder holds no .yaml file. Check the path."));
    }
    ParsedPatterns parsed = parse(texts);
    unreadable.addAll(parsed.problems());
    return new ParsedPatterns(parsed.definitions(), unreadable);
  }

  /** The files that {@link #read} reads. */
  public static List<Path> files(Path path) throws IOException {
    return Files.isDirectory(path) ? yamlFiles(path) : List.of(path);
  }

  private static List<Path> yamlFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static String text(Path file, List<Problem> unreadable) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      unreadable.add(
          new Problem(file.toString(), 1, "The file is not UTF-8 text. Save it as UTF-8."));
      return "";
    }
  }

  private ParsedPatterns parse(Map<String, String> texts) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Read> read = new LinkedHashMap<>();
    texts.forEach((file, text) -> problems.addAll(parseFile(file, text, read)));
    return new ParsedPatterns(read.values().stream().map(Read::definition).toList(), problems);
  }

  /** A definition and where it stands. */
  private record Read(PatternDefinition definition, String file, int line) {}

  private List<Problem> parseFile(String file, String text, Map<String, Read> read) {
    Problems problems = new Problems(file);
    if (text.length() > MAXIMUM_LENGTH) {
      problems.add(1, "The file is longer than " + MAXIMUM_LENGTH + " characters. Split it.");
      return problems.sorted();
    }
    for (YamlNode node : YamlReader.read(text, problems)) {
      if (node instanceof YamlNode.Mapping document) {
        PatternDefinition definition =
            new PatternReader(document, problems, channels, maximumWithin, sourceRequired).read();
        if (definition != null) {
          remember(new Read(definition, file, document.line()), read, problems);
        }
      } else if (!(node instanceof YamlNode.Text nothing && nothing.value().isEmpty())) {
        problems.add(
            node.line(),
            "A pattern document must be a mapping that begins with \"pattern: …\", but is "
                + node.kind()
                + ".");
      }
    }
    return problems.sorted();
  }

  /** The same document may come twice; another one under its name and version may not. */
  private static void remember(Read found, Map<String, Read> read, Problems problems) {
    PatternDefinition definition = found.definition();
    Read before = read.putIfAbsent(definition.name() + '/' + definition.version(), found);
    if (before != null && !before.definition().equals(definition)) {
      problems.add(
          found.line(),
          "Version "
              + definition.version()
              + " of \""
              + definition.name()
              + "\" stands in "
              + before.file()
              + ":"
              + before.line()
              + " with other content. Use version "
              + (definition.version() + 1)
              + " for the changed pattern.");
    }
  }
}
