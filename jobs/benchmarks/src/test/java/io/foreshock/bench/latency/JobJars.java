package io.foreshock.bench.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The jars that are submitted: those of the jobs as they are built, and thin ones of this module.
 */
final class JobJars {
  private static final String PACKAGE = "io/foreshock/bench/latency/";

  private JobJars() {}

  /** Jar of a job, as the build leaves it. */
  static Path of(Path root, String job) {
    Path target = root.resolve("jobs").resolve(job).resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        return files
            .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
            .findFirst()
            .orElseThrow(() -> noJar(target));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw noJar(target);
  }

  private static IllegalStateException noJar(Path target) {
    return new IllegalStateException(
        "There is no jar of a job in " + target + ". Build it: mvn -B package -DskipTests");
  }

  /** A jar with the job that holds both stages; it needs the jars of both jobs beside it. */
  static Path ofBothStages(Path folder) throws IOException {
    return thin(folder.resolve("both-stages.jar"), "BothStages", OneJob.class.getName(), null);
  }

  /** A plugin of Flink for checkpoint stores that take their time. */
  static void pluginOfSlowStore(Path plugins) throws IOException {
    Path folder = Files.createDirectories(plugins.resolve("slow-store"));
    thin(folder.resolve("slow-store.jar"), "SlowStore", null, SlowStoreFactory.class.getName());
  }

  private static Path thin(Path jar, String what, String mainClass, String fileSystemFactory)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, what);
    if (mainClass != null) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Path file : classes(mainClass == null ? "Slow" : "OneJob")) {
        out.putNextEntry(new JarEntry(PACKAGE + file.getFileName()));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
      }
      if (fileSystemFactory != null) {
        out.putNextEntry(
            new JarEntry("META-INF/services/org.apache.flink.core.fs.FileSystemFactory"));
        out.write((fileSystemFactory + "\n").getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }

  private static List<Path> classes(String prefix) throws IOException {
    Path folder;
    try {
      folder =
          Path.of(JobJars.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve(PACKAGE);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
