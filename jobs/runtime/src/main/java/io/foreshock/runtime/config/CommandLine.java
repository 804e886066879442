package io.foreshock.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of a job: {@code --config FILE}, {@code -D key=value} (also {@code -Dkey=value}),
 * {@code --verbose}, {@code --help}.
 *
 * @param files configuration files, later ones win
 * @param values values given with {@code -D}
 * @param verbose whether failures show what the platform said, with stack trace
 * @param help whether only the options are to be shown
 * @param problems what could not be understood
 */
public record CommandLine(
    List<Path> files,
    Map<String, String> values,
    boolean verbose,
    boolean help,
    List<String> problems) {

  private static final String USAGE = "Use --config FILE, -D key=value, --verbose or --help.";

  /** Reads arguments; never throws. */
  public static CommandLine parse(String... args) {
    List<Path> files = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    boolean verbose = false;
    boolean help = false;
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      String next = i + 1 < args.length ? args[i + 1] : null;
      if (arg.equals("--verbose")) {
        verbose = true;
      } else if (arg.equals("--help")) {
        help = true;
      } else if (arg.equals("--config") && next != null) {
        files.add(Path.of(next));
        i++;
      } else if (arg.startsWith("--config=")) {
        files.add(Path.of(arg.substring("--config=".length())));
      } else if (arg.equals("-D") && next != null) {
        define(next, values, problems);
        i++;
      } else if (arg.startsWith("-D") && arg.length() > 2) {
        define(arg.substring(2), values, problems);
      } else {
        problems.add("Argument " + name(arg, i + 1) + " is not understood. " + USAGE);
      }
    }
    return new CommandLine(files, values, verbose, help, problems);
  }

  /**
   * What the files and the arguments set, by key, whether or not a job knows the keys; later ones
   * win.
   *
   * @param problems takes what is wrong with the files
   */
  public Map<String, String> given(List<String> problems) {
    Map<String, String> given = new LinkedHashMap<>();
    files.forEach(file -> given.putAll(ConfigFile.read(file, problems)));
    given.putAll(values);
    return given;
  }

  /** What may be shown of an argument: values, and what could be one, may be secret. */
  private static String name(String arg, int position) {
    int equals = arg.indexOf('=');
    if (!arg.startsWith("-")) {
      return "number " + position;
    }
    return '"' + (equals < 0 ? arg : arg.substring(0, equals)) + '"';
  }

  private static void define(String assignment, Map<String, String> values, List<String> problems) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      problems.add(
          equals == 0
              ? "An argument -D has no key. Use -D key=value."
              : "Argument \"-D " + assignment + "\" has no value. Use -D key=value.");
    } else {
      values.put(assignment.substring(0, equals).trim(), assignment.substring(equals + 1));
    }
  }
}
