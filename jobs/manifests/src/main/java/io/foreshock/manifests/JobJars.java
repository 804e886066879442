package io.foreshock.manifests;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The job jars of an image, by the name that they have there: what {@code jarURI} may name, and the
 * classes in them.
 */
public final class JobJars {
  private final Map<String, Path> byName;
  private final ClassLoader beside;
  private final Map<String, ClassLoader> loaders = new HashMap<>();

  private JobJars(Map<String, Path> byName, ClassLoader beside) {
    this.byName = new TreeMap<>(byName);
    this.beside = beside;
  }

  /** Jars that lie in a folder under the names that they have in the image. */
  public static JobJars inFolder(Path folder) {
    Map<String, Path> found = new TreeMap<>();
    for (Path file : list(folder)) {
      if (file.toString().endsWith(".jar")) {
        found.put(file.getFileName().toString(), file);
      }
    }
    return new JobJars(found, JobJars.class.getClassLoader());
  }

  /** Jars of this project's jobs as the build leaves them: {@code jobs/<job>/target}. */
  public static JobJars ofBuild(Path projectRoot) {
    Map<String, Path> found = new TreeMap<>();
    for (Path module : list(projectRoot.resolve("jobs"))) {
      for (Path file : list(module.resolve("target"))) {
        String name = file.getFileName().toString();
        if (name.matches("foreshock-.+-job\\.jar")) {
          found.put(name.replaceFirst("-\\d[^/]*-job\\.jar$", ".jar"), file);
        }
      }
    }
    return new JobJars(found, JobJars.class.getClassLoader());
  }

  /** Names without jars: classes are those of this process. For tests of the build itself. */
  public static JobJars onClassPath(Collection<String> names) {
    Map<String, Path> found = new TreeMap<>();
    names.forEach(name -> found.put(name, Path.of(name)));
    return new JobJars(found, JobJars.class.getClassLoader());
  }

  Collection<String> names() {
    return byName.keySet();
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Where the jar of this name lies on this machine. */
  public Optional<Path> file(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Classes of a jar, with Flink and this project beside them. */
  ClassLoader classesOf(String name) {
    return loaders.computeIfAbsent(
        name,
        n -> {
          Path file = byName.get(n);
          if (file == null || !Files.isRegularFile(file)) {
            return beside;
          }
          try {
            return new URLClassLoader(n, new URL[] {file.toUri().toURL()}, beside);
          } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Iterable<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return java.util.List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new ManifestException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
