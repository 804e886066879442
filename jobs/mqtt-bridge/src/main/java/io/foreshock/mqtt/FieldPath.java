package io.foreshock.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a value is in a JSON document: names of members, separated by dots, and positions in
 * arrays, from 0, e.g. {@code data.sensors.0.temp}.
 *
 * @param text as configured
 * @param pointer the same for Jackson
 */
record FieldPath(String text, JsonPointer pointer) {

  /**
   * @throws IllegalArgumentException when it is none; the message follows the name of the option
   */
  static FieldPath parse(String text) {
    if (text.isEmpty() || text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
      throw new IllegalArgumentException(
          "must be a path such as \"data.temperature\", but is \"" + text + '"');
    }
    String escaped = text.replace("~", "~0").replace("/", "~1").replace('.', '/');
    return new FieldPath(text, JsonPointer.compile('/' + escaped));
  }

  /** The value; null when it is absent or null. */
  JsonNode in(JsonNode document) {
    JsonNode found = document.at(pointer);
    return found.isMissingNode() || found.isNull() ? null : found;
  }
}
