package io.foreshock.runtime.kafka.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where a secret stands, instead of the secret: {@code ${env:NAME}} or {@code ${file:/path}},
 * the whole content of the file without the line end at its end.
 *
 * <p>A reference is no secret: it may be printed, and travels with the job's graph. The secret is
 * read by each process that opens a connection, when it opens it; so the variable or the file must
 * be there for the JobManager, for each TaskManager and for the process that submits the job.
 */
public record SecretReference(Source source, String name) {
  private static final Pattern WHOLE = Pattern.compile("\\$\\{(env|file):([^}]+)\\}");
  static final Pattern INSIDE = Pattern.compile("\\$\\{(env|file):([^}]+)\\}");

  /** Where secrets stand. */
  public enum Source {
    ENV,
    FILE
  }

  /** The secret is not where the reference says; the message names the place, never a value. */
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /** Reads a reference; empty when the text is none, or more than one. */
  public static Optional<SecretReference> parse(String text) {
    Matcher matcher = WHOLE.matcher(text.trim());
    return matcher.matches()
        ? Optional.of(of(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /**
   * Reads every secret that the values name once, and forgets it.
   *
   * @throws Missing for the first that is not there
   */
  public static void check(Map<String, String> properties) {
    properties.values().stream()
        .flatMap(value -> INSIDE.matcher(value).results())
        .forEach(found -> of(found.group(1), found.group(2)).resolve());
  }

  static SecretReference of(String source, String name) {
    return new SecretReference(source.equals("env") ? Source.ENV : Source.FILE, name.trim());
  }

  /**
   * Reads the secret.
   *
   * @throws Missing when it is not there or empty
   */
  public String resolve() {
    String secret = source == Source.ENV ? fromEnvironment() : fromFile();
    if (secret.isEmpty()) {
      throw new Missing("The secret " + this + " is empty.");
    }
    return secret;
  }

  private String fromEnvironment() {
    String value = System.getenv(name);
    if (value == null) {
      throw new Missing(
          "The environment variable "
              + name
              + " is not set in this process. Set it, or use ${file:/path}.");
    }
    return value;
  }

  private String fromFile() {
    try {
      return Files.readString(Path.of(name), StandardCharsets.UTF_8).stripTrailing();
    } catch (NoSuchFileException e) {
      throw new Missing(
          "The file " + name + " does not exist. It must be there on every machine of the job.");
    } catch (IOException | RuntimeException e) {
      throw new Missing(
          "The file " + name + " cannot be read (" + e.getClass().getSimpleName() + ").");
    }
  }

  /** The reference as it is written. */
  @Override
  public String toString() {
    return "${" + (source == Source.ENV ? "env" : "file") + ":" + name + "}";
  }
}
