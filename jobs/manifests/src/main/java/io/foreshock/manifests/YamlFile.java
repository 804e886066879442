package io.foreshock.manifests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents of a YAML text, and the line on which each field stands. */
final class YamlFile {
  static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private YamlFile() {}

  /** One document; lines count from 1. */
  record Document(JsonNode body, Map<FieldPath, Integer> lines) {}

  /**
   * Reads all documents of a text.
   *
   * @throws IOException when it is not YAML
   */
  static List<Document> read(String text) throws IOException {
    List<Document> documents = new ArrayList<>();
    try (JsonParser parser = YAML.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        Map<FieldPath, Integer> lines = new HashMap<>();
        JsonNode body = node(parser, FieldPath.of(), lines);
        if (!body.isNull()) {
          documents.add(new Document(body, lines));
        }
      }
    }
    return documents;
  }

  /** Documents without lines. */
  static List<JsonNode> documents(String text) throws IOException {
    return read(text).stream().map(Document::body).toList();
  }

  private static JsonNode node(JsonParser parser, FieldPath path, Map<FieldPath, Integer> lines)
      throws IOException {
    lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      var object = YAML.createObjectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        FieldPath child = path.child(parser.currentName());
        lines.put(child, parser.currentTokenLocation().getLineNr());
        parser.nextToken();
        object.set(child.segments().get(child.segments().size() - 1), node(parser, child, lines));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      var array = YAML.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(node(parser, path.child(array.size()), lines));
      }
      return array;
    }
    return YAML.readTree(parser);
  }
}
