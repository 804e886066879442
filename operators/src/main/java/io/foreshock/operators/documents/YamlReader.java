package io.foreshock.operators.documents;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads YAML text into nodes that know their lines; a file may hold several documents. */
public final class YamlReader {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final YAMLParser parser;
  private final Problems problems;

  private YamlReader(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** Documents of the text; those after a syntax error are not read. */
  public static List<YamlNode> read(String text, Problems problems) {
    List<YamlNode> documents = new ArrayList<>();
    try (YAMLParser parser = FACTORY.createParser(text)) {
      YamlReader reader = new YamlReader(parser, problems);
      while (parser.nextToken() != null) {
        documents.add(reader.node());
      }
    } catch (JsonProcessingException e) {
      problems.add(line(e.getLocation()), syntax(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  private YamlNode node() throws IOException {
    int line = line(parser.currentTokenLocation());
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      problems.add(line, "YAML anchors and aliases are not supported. Write the value out.");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(line);
    }
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(node());
      }
      return new YamlNode.Items(line, values);
    }
    String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
    return new YamlNode.Text(line, text.strip());
  }

  private YamlNode mapping(int line) throws IOException {
    YamlNode.Mapping mapping = new YamlNode.Mapping(line);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line(parser.currentTokenLocation());
      parser.nextToken();
      YamlNode value = node();
      Integer before = mapping.keyLines().putIfAbsent(key, keyLine);
      if (before != null) {
        problems.add(
            keyLine, "\"" + key + "\" stands twice, here and in line " + before + ". Keep one.");
      } else {
        mapping.fields().put(key, value);
      }
    }
    return mapping;
  }

  private static int line(JsonLocation location) {
    return location == null ? 1 : Math.max(1, location.getLineNr());
  }

  private static String syntax(JsonProcessingException e) {
    List<String> lines = e.getOriginalMessage().lines().map(String::strip).toList();
    // What was being read, where, an excerpt and a "^"; only then what is wrong.
    int context = lines.get(0).startsWith("while ") ? lines.indexOf("^") + 1 : 0;
    String message = lines.get(Math.min(context, lines.size() - 1));
    return "This is not YAML: "
        + message
        + ". Conditions with brackets, commas or \": \" inside {…} need single quotes around them.";
  }
}
