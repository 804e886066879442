package io.foreshock.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads a YAML file of options. Keys may be written in full ({@code reorder.max-wait: 30 s}) or
 * nested; both give the same.
 */
final class ConfigFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private ConfigFile() {}

  /**
   * @param problems takes what is wrong with the file
   * @return values by full key, lists joined by commas; empty when the file cannot be read
   */
  static Map<String, String> read(Path file, List<String> problems) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      JsonNode root = YAML.readTree(Files.readString(file));
      if (root.isObject()) {
        flatten("", root, file, values, problems);
      } else if (!root.isMissingNode() && !root.isNull()) {
        problems.add(
            "Configuration file "
                + file
                + " must hold keys and values, e.g. \"reorder.max-wait: 30 s\".");
      }
    } catch (NoSuchFileException e) {
      problems.add(
          "Configuration file "
              + file
              + " does not exist (looked in "
              + Path.of("").toAbsolutePath()
              + "). Check --config.");
    } catch (JsonProcessingException e) {
      problems.add(
          "Configuration file "
              + file
              + " is no valid YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")")
              + ".");
    } catch (IOException e) {
      problems.add("Configuration file " + file + " cannot be read: " + e.getMessage() + ".");
    }
    return values;
  }

  private static void flatten(
      String prefix, JsonNode node, Path file, Map<String, String> values, List<String> problems) {
    node.fields()
        .forEachRemaining(
            field -> {
              String key = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(key + '.', value, file, values, problems);
              } else if (values.put(key, text(value)) != null) {
                problems.add("Configuration file " + file + " sets " + key + " twice.");
              }
            });
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(","));
    }
    return value.isNull() ? "" : value.asText();
  }
}
