package io.foreshock.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Jars that the build puts aside because they do not go with the Flink of this project: the Flink
 * Kubernetes Operator with the Flink that it was built with, and fabric8's schemas of Kubernetes.
 *
 * @param folder holds the jars
 */
public record OperatorLibrary(Path folder) {
  /** System property that names the folder. */
  public static final String PROPERTY = "foreshock.operator.library";

  private static final String VALIDATOR = "flink-kubernetes-operator-api-1.7.0.jar";

  /** The folder of the property, or that of the build below the project's root. */
  public static OperatorLibrary locate(Path projectRoot) {
    String named = System.getProperty(PROPERTY);
    return new OperatorLibrary(
        named != null ? Path.of(named) : projectRoot.resolve("jobs/manifests/target/operator"));
  }

  /** The operator of the validator and all that it needs. */
  URL[] validatorClassPath() {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars()) {
      // The newer one is there for its schemas; its classes would hide the validator's.
      boolean newer = jar.getFileName().toString().startsWith("flink-kubernetes-operator-api-");
      if (!newer || jar.endsWith(VALIDATOR)) {
        try {
          urls.add(jar.toUri().toURL());
        } catch (MalformedURLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return urls.toArray(new URL[0]);
  }

  /** Definitions of custom resources that the newest operator API on Maven Central carries. */
  Map<String, String> definitions() {
    Map<String, String> found = new TreeMap<>();
    for (Path jar : jars()) {
      String name = jar.getFileName().toString();
      if (name.startsWith("flink-kubernetes-operator-api-") && !jar.endsWith(VALIDATOR)) {
        found.putAll(entries(jar, "META-INF/fabric8/", "-v1.yml"));
      }
    }
    return found;
  }

  /** Schemas of the kinds that Kubernetes itself brings, one for each of fabric8's modules. */
  Map<String, String> kubernetesSchemas() {
    Map<String, String> found = new TreeMap<>();
    for (Path jar : jars()) {
      if (jar.getFileName().toString().startsWith("kubernetes-model-")) {
        entries(jar, "schema/", "kube-schema.json")
            .values()
            .forEach(text -> found.put(jar.getFileName().toString(), text));
      }
    }
    return found;
  }

  private static Map<String, String> entries(Path jar, String folder, String end) {
    Map<String, String> found = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().startsWith(folder) && entry.getName().endsWith(end)) {
          try (InputStream in = zip.getInputStream(entry)) {
            found.put(
                entry.getName(),
                new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
          }
        }
      }
    } catch (IOException e) {
      throw new ManifestException("Cannot read " + jar + ": " + e.getMessage(), e);
    }
    return found;
  }

  private List<Path> jars() {
    if (!Files.isDirectory(folder)) {
      throw new ManifestException(
          "The jars of the operator are not in " + folder + ". Build with `mvn package`.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new ManifestException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
