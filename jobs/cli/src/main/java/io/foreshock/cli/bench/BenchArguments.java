package io.foreshock.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a benchmark: what was given, and nothing of what was not. */
final class BenchArguments {
  private final List<String> arguments = new ArrayList<>();

  /** An option with its value; null: not given. */
  BenchArguments with(String name, Object value) {
    if (value != null) {
      arguments.add(name);
      arguments.add(
          value instanceof Path path ? path.toAbsolutePath().toString() : value.toString());
    }
    return this;
  }

  /** An option with a list, separated by commas; null: not given. */
  BenchArguments with(String name, List<?> values) {
    return with(
        name,
        values == null
            ? null
            : (Object) values.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** An option without value. */
  BenchArguments flag(String name, boolean given) {
    if (given) {
      arguments.add(name);
    }
    return this;
  }

  List<String> list() {
    return List.copyOf(arguments);
  }
}
