package io.foreshock.operators.features.definition;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.operators.documents.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads feature sets from YAML and says everything that is wrong with them at once. A file may hold
 * several documents, separated by {@code ---}; a folder may hold several files.
 *
 * @param channels channels that features may name, with their units and ranges
 */
public record FeatureLanguage(ChannelRegistry channels) {

  /**
   * Reads and checks documents.
   *
   * @param file what to call the text in messages
   * @param text YAML
   */
  public ParsedFeatureSets parse(String file, String text) {
    return parse(Map.of(file, text));
  }

  /**
   * Reads a file, or every {@code .yaml} and {@code .yml} file of a folder, in alphabetical order.
   */
  public ParsedFeatureSets read(Path path) {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      for (Path file : files(path)) {
        texts.put(file.toString(), Files.readString(file));
      }
    } catch (IOException e) {
      return unreadable(path, "Cannot be read (" + e + "). Check path and permissions.");
    }
    return texts.isEmpty()
        ? unreadable(path, "The folder holds no .yaml file. Check the path.")
        : parse(texts);
  }

  private static ParsedFeatureSets unreadable(Path path, String why) {
    return new ParsedFeatureSets(List.of(), List.of(new Problem(path.toString(), 1, why)));
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    }
  }

  /**
   * Reads texts by the names of their files. Of several sets of one name only one may be given: the
   * name is the topic.
   */
  public ParsedFeatureSets parse(Map<String, String> texts) {
    List<Problem> found = new ArrayList<>();
    Map<String, FeatureSet> sets = new LinkedHashMap<>();
    texts.forEach(
        (file, text) -> {
          Problems problems = new Problems(file);
          for (YamlNode node : YamlReader.read(text, problems)) {
            if (node instanceof YamlNode.Mapping document) {
              new FeatureSetReader(document, problems, channels)
                  .read()
                  .forEach(set -> add(set, sets, node, problems));
            } else if (!(node instanceof YamlNode.Text nothing && nothing.value().isEmpty())) {
              problems.add(
                  node.line(),
                  "A feature set must be a mapping that begins with \"featureSet: …\", but is "
                      + node.kind()
                      + ".");
            }
          }
          found.addAll(problems.sorted());
        });
    return new ParsedFeatureSets(new ArrayList<>(sets.values()), found);
  }

  private static void add(
      FeatureSet set, Map<String, FeatureSet> sets, YamlNode node, Problems problems) {
    if (sets.putIfAbsent(set.name(), set) != null) {
      problems.add(
          node.line(),
          "Feature set \"" + set.name() + "\" is defined twice. Keep one: the name is its topic.");
    }
  }
}
