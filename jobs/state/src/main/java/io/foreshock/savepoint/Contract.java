package io.foreshock.savepoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.flink.util.TimeUtils;

/**
 * What savepoints of a job hold: the committed file {@code state-contract} of its module, which is
 * also in its jar. One line each, parts separated by {@code " | "}, so that a change shows as a
 * line in a review.
 *
 * @param job name of the job
 * @param maxParallelism of every operator that names none of its own
 */
public record Contract(
    String job, int maxParallelism, List<Operator> operators, List<State> states) {
  /** Where the file lies in a jar. */
  public static final String RESOURCE = "META-INF/foreshock/state-contract";

  private static final String BAR = " | ";

  /**
   * An operator.
   *
   * @param name name where it is not the uid; empty where it is
   * @param parallelism fixed parallelism; 0 for that of the deployment
   * @param maxParallelism own maximum; 0 for that of the job
   * @param with options of which one must be set for the job to have it, each {@code key} or {@code
   *     key=value}; empty when it always has it
   * @param without options each of which takes it away, in the same form
   */
  public record Operator(
      String uid,
      String name,
      int parallelism,
      int maxParallelism,
      List<String> with,
      List<String> without) {
    public Operator {
      with = List.copyOf(with);
      without = List.copyOf(without);
    }

    /** An operator that no option takes away. */
    public Operator(
        String uid, String name, int parallelism, int maxParallelism, List<String> with) {
      this(uid, name, parallelism, maxParallelism, with, List.of());
    }

    /** Whether it is a source or sink, whose state is the connector's contract. */
    public boolean isConnector() {
      return isConnector(uid) || name.startsWith("Source: ") || name.endsWith(": Writer");
    }

    /** Whether it is called as sources and sinks are everywhere. */
    public static boolean isConnector(String uid) {
      return uid.startsWith("read-") || uid.startsWith("write-") || uid.startsWith("Sink ");
    }

    /** Whether a job with these options has the operator. */
    boolean isPartOf(Map<String, String> options) {
      return (with.isEmpty() || with.stream().anyMatch(condition -> holds(condition, options)))
          && without.stream().noneMatch(condition -> holds(condition, options));
    }

    /** What takes the operator away from a job with these options; empty for nothing. */
    Optional<String> takenAwayBy(Map<String, String> options) {
      return without.stream().filter(condition -> holds(condition, options)).findFirst();
    }

    private static boolean holds(String condition, Map<String, String> options) {
      int equals = condition.indexOf('=');
      String key = equals < 0 ? condition : condition.substring(0, equals);
      String value = options.getOrDefault(key, "").trim();
      return equals < 0 ? !value.isEmpty() : same(value, condition.substring(equals + 1));
    }

    /** Flags in any case; times in any unit. */
    private static boolean same(String value, String wanted) {
      if (value.equalsIgnoreCase(wanted)) {
        return true;
      }
      try {
        return TimeUtils.parseDuration(value).equals(TimeUtils.parseDuration(wanted));
      } catch (IllegalArgumentException noTime) {
        return false;
      }
    }

    private String line() {
      StringBuilder line = new StringBuilder("uid ").append(uid);
      if (!name.isEmpty()) {
        line.append(BAR).append("name ").append(name);
      }
      if (parallelism > 0) {
        line.append(BAR).append("parallelism ").append(parallelism);
      }
      if (maxParallelism > 0) {
        line.append(BAR).append("max-parallelism ").append(maxParallelism);
      }
      with.forEach(condition -> line.append(BAR).append("with ").append(condition));
      without.forEach(condition -> line.append(BAR).append("without ").append(condition));
      return line.toString();
    }
  }

  /**
   * A state of an operator of ours; those of Flink's sources and sinks are Flink's contract.
   *
   * @param kind see {@link StoredState#kind}
   * @param type see {@link StoredState#type}
   * @param key serializer of the stream's keys; empty without keys
   * @param serializer see {@link SerializerText}
   * @param format highest format of ours; 0 when Flink's serializer writes values that are not
   *     bytes
   */
  public record State(
      String uid,
      String kind,
      String name,
      String type,
      String key,
      String serializer,
      int format) {

    /** Kind and name, as in the file. */
    public String title() {
      return kind + " " + name;
    }

    private String line() {
      StringBuilder line = new StringBuilder("state ").append(uid).append(BAR).append(title());
      if (!type.isEmpty()) {
        line.append(BAR).append(type);
      }
      line.append(BAR).append(serializer);
      if (!key.isEmpty()) {
        line.append(BAR).append("key ").append(key);
      }
      if (format > 0) {
        line.append(BAR).append("format ").append(format);
      }
      return line.toString();
    }
  }

  public Contract {
    operators = operators.stream().sorted(Comparator.comparing(Operator::uid)).toList();
    states =
        states.stream()
            .sorted(Comparator.comparing(State::uid).thenComparing(State::title))
            .toList();
  }

  /** The operator with a uid. */
  public Optional<Operator> operator(String uid) {
    return operators.stream().filter(operator -> operator.uid().equals(uid)).findFirst();
  }

  /** States of an operator; none for Flink's own. */
  public List<State> states(String uid) {
    return states.stream().filter(state -> state.uid().equals(uid)).toList();
  }

  /** The file. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append("# What a savepoint of ").append(job).append(" holds. Written by its ");
    text.append("StateContractITCase from the built graph and from a savepoint;\n");
    text.append("# a difference is a migration, and CHANGELOG.md must speak of it.\n");
    text.append("job ").append(job).append('\n');
    text.append("max-parallelism ").append(maxParallelism).append('\n');
    operators.forEach(operator -> text.append(operator.line()).append('\n'));
    states.forEach(state -> text.append(state.line()).append('\n'));
    return text.toString();
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException naming the line that is not understood
   */
  public static Contract parse(String text) {
    String job = "";
    int max = 0;
    List<Operator> operators = new ArrayList<>();
    List<State> states = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" \\| ");
      if (line.startsWith("job ")) {
        job = line.substring("job ".length());
      } else if (line.startsWith("max-parallelism ")) {
        max = Integer.parseInt(line.substring("max-parallelism ".length()));
      } else if (line.startsWith("uid ")) {
        operators.add(operator(parts));
      } else if (line.startsWith("state ") && parts.length > 2) {
        states.add(state(parts));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException("This line of a state contract says nothing: " + line);
      }
    }
    return new Contract(job, max, operators, states);
  }

  private static Operator operator(String[] parts) {
    String name = "";
    int parallelism = 0;
    int max = 0;
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      String value = part.substring(part.indexOf(' ') + 1);
      switch (part.substring(0, part.indexOf(' '))) {
        case "name" -> name = value;
        case "parallelism" -> parallelism = Integer.parseInt(value);
        case "max-parallelism" -> max = Integer.parseInt(value);
        case "with" -> with.add(value);
        case "without" -> without.add(value);
        default -> throw new IllegalArgumentException("An operator has no such part: " + part);
      }
    }
    return new Operator(parts[0].substring("uid ".length()), name, parallelism, max, with, without);
  }

  private static State state(String[] parts) {
    String kind = parts[1].substring(0, parts[1].indexOf(' '));
    int next = 2;
    String type = kind.equals("KEY_VALUE") ? parts[next++] : "";
    String serializer = parts[next++];
    String key = "";
    int format = 0;
    for (; next < parts.length; next++) {
      if (parts[next].startsWith("key ")) {
        key = parts[next].substring("key ".length());
      } else {
        format = Integer.parseInt(parts[next].substring("format ".length()));
      }
    }
    return new State(
        parts[0].substring("state ".length()),
        kind,
        parts[1].substring(kind.length() + 1),
        type,
        key,
        serializer,
        format);
  }

  /** The contract in a job's jar. */
  public static Contract inJar(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry entry = file.getEntry(RESOURCE);
      if (entry == null) {
        throw new IOException(
            jar + " holds no " + RESOURCE + ", so it is none of this product's job jars");
      }
      try (InputStream in = file.getInputStream(entry)) {
        return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  /** The contracts of all jobs that a class loader sees, as far as this release reads them. */
  public static List<Contract> all(ClassLoader classes) throws IOException {
    List<Contract> all = new ArrayList<>();
    for (URL url : Collections.list(classes.getResources(RESOURCE))) {
      try (InputStream in = url.openStream()) {
        all.add(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException e) {
        // Of another release, in another form: the other jobs are known all the same.
        continue;
      }
    }
    return all;
  }
}
