package io.foreshock.runtime.config;

import io.foreshock.runtime.StartRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The effective values of a job's options and where each came from. Precedence: default, then file,
 * then {@code -D}.
 */
public final class Settings {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|secret|token|jaas|credential|private|user\\.?info|key([._-].*|$)).*");

  /** Says where a secret stands, which may be known; the secret itself may not. */
  private static final Pattern REFERENCE = Pattern.compile("\\s*\\$\\{(env|file):[^}]+\\}\\s*");

  /** A password inside an address: {@code ?password=…} or {@code //user:…@}. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(?i)([?&][a-z]*password=)[^&]*|(//[^/?#@:]*:)[^@/?#]*(?=@)");

  private static final String MASK = "******";
  private static final String DEFAULT = "default";

  private final Options options;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Map<String, String> familyValues = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();

  private record Given(String text, String origin) {}

  private Settings(Options options) {
    this.options = options;
  }

  /**
   * Reads files and arguments.
   *
   * @throws StartRefused naming every problem: unknown keys, values that break a rule, missing
   *     values, contradictions
   */
  public static Settings read(Options options, CommandLine commandLine) {
    List<String> problems = new ArrayList<>(commandLine.problems());
    Map<String, Given> given = new TreeMap<>();
    for (Path file : commandLine.files()) {
      ConfigFile.read(file, problems)
          .forEach((key, value) -> given.put(key, new Given(value, "file " + file)));
    }
    commandLine.values().forEach((key, value) -> given.put(key, new Given(value, "command line")));

    Settings settings = new Settings(options);
    settings.take(given, problems);
    settings.requireMissing(problems);
    if (problems.isEmpty()) {
      options.contradictions().forEach(rule -> rule.apply(settings).ifPresent(problems::add));
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return settings;
  }

  /** Value of an option. */
  @SuppressWarnings("unchecked")
  public <T> T get(Option<T> option) {
    if (options.find(option.key()) != option) {
      throw new IllegalArgumentException("Option " + option.key() + " is not declared.");
    }
    return (T) values.getOrDefault(option.key(), option.defaultValue());
  }

  /** As {@link #get}, or the default of an option that this job does not have. */
  public <T> T orDefault(Option<T> option) {
    return options.find(option.key()) == option ? get(option) : option.defaultValue();
  }

  /**
   * Where the value of an option came from: {@code default}, {@code file …}, {@code command line}.
   */
  public String origin(Option<?> option) {
    return origins.getOrDefault(option.key(), DEFAULT);
  }

  /** Values of a family of options, without the prefix. */
  public Map<String, String> family(String prefix) {
    Map<String, String> found = new TreeMap<>();
    familyValues.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** Former keys in use and the like; for the log. */
  public List<String> warnings() {
    return warnings;
  }

  /** One line for each option: key, effective value (secrets masked), origin. */
  public String describe() {
    Map<String, String> texts = new TreeMap<>();
    Map<String, String> from = new HashMap<>(origins);
    for (Option<?> option : options.all()) {
      Object value = get(option);
      texts.put(option.key(), value == null ? "" : option.format(value));
    }
    texts.putAll(familyValues);
    int width = texts.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder lines = new StringBuilder();
    texts.forEach(
        (key, text) ->
            lines
                .append("  ")
                .append(key)
                .append(" ".repeat(width - key.length()))
                .append(" = ")
                .append(shown(key, text))
                .append("  (")
                .append(from.getOrDefault(key, DEFAULT))
                .append(")\n"));
    return lines.toString();
  }

  /** Whether values of the key are secret; a key that ends in {@code -file} names a file. */
  static boolean isSecret(String key) {
    return SECRET.matcher(key).matches() && !key.endsWith("-file");
  }

  /** A value as it may be printed. */
  static String shown(String key, String text) {
    if (isSecret(key)) {
      return text.isEmpty() || REFERENCE.matcher(text).matches() ? text : MASK;
    }
    return text.contains("//") ? IN_ADDRESS.matcher(text).replaceAll("$1$2" + MASK) : text;
  }

  private void take(Map<String, Given> given, List<String> problems) {
    given.forEach(
        (key, value) -> {
          Option<?> option = options.find(key);
          if (option != null) {
            take(option, key, value, given, problems);
          } else if (options.isInFamily(key)) {
            familyValues.put(key, value.text());
            origins.put(key, value.origin());
          } else {
            String guess =
                options
                    .nearest(key)
                    .map(near -> " Did you mean \"" + near + "\"?")
                    .orElse(" --help lists all options.");
            problems.add("Unknown option \"" + key + "\" (" + value.origin() + ")." + guess);
          }
        });
  }

  private void take(
      Option<?> option, String key, Given value, Map<String, Given> given, List<String> problems) {
    if (!key.equals(option.key())) {
      if (given.containsKey(option.key())) {
        problems.add(
            "Option \""
                + key
                + "\" ("
                + value.origin()
                + ") is the former name of \""
                + option.key()
                + "\", which is set too. Remove the former name.");
        return;
      }
      warnings.add(
          "Option \""
              + key
              + "\" is now \""
              + option.key()
              + "\"; the former name goes with the next release.");
    }
    origins.put(option.key(), value.origin());
    Object parsed = option.parse(value.text(), value.origin(), problems);
    if (parsed != null) {
      values.put(option.key(), parsed);
    }
  }

  private void requireMissing(List<String> problems) {
    for (Option<?> option : options.all()) {
      if (option.isRequired() && !origins.containsKey(option.key())) {
        problems.add(
            option.key()
                + " is required: "
                + option.description()
                + " Set it in the file given with --config, or with -D "
                + option.key()
                + "=…"
                + option.wayOut());
      }
    }
  }
}
