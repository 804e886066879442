package io.foreshock.operators.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows its line. */
public sealed interface YamlNode {

  /** Line from 1. */
  int line();

  /** What an author would call it. */
  String kind();

  /** A scalar as it was written, before YAML guesses a type; empty for nothing. */
  record Text(int line, String value) implements YamlNode {
    @Override
    public String kind() {
      return value.isEmpty() ? "nothing" : "\"" + value + "\"";
    }
  }

  /** A sequence. */
  record Items(int line, List<YamlNode> values) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A mapping; keeps the order. */
  record Mapping(int line, Map<String, YamlNode> fields, Map<String, Integer> keyLines)
      implements YamlNode {
    public Mapping(int line) {
      this(line, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }
}
