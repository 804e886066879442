package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rung 2: a job's arguments name files that are mounted, and the job accepts what stands in them,
 * asked by the code with which it starts.
 *
 * <p>A job's options are found by its entry class: {@code io.foreshock.ingest.IngestJob} has {@code
 * IngestOptions.ALL}. A job without such a class is not asked.
 */
final class JobOptionsRule {
  private static final FieldPath ARGS = FieldPath.of("spec", "job", "args");

  private final JobJars jars;
  private final Map<String, String> writers = new TreeMap<>();

  JobOptionsRule(JobJars jars) {
    this.jars = jars;
  }

  /** A file of options as the pod sees it, and the ConfigMap that it comes from. */
  private record Mounted(Resource configMap, String key, String text) {}

  void check(Overlay overlay, Resource deployment, Findings findings) {
    JsonNode template = PodShape.of(deployment, "jobManager");
    Map<String, JsonNode> mounts = PodRules.mounts(template, PodShape.mainContainer(template));
    mounts.values().forEach(volume -> configMapExists(overlay, deployment, volume, findings));
    List<String> args = new ArrayList<>();
    deployment.body().at("/spec/job/args").forEach(arg -> args.add(arg.asText()));
    Map<String, Mounted> files = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String path =
          i > 0 && args.get(i - 1).equals("--config")
              ? args.get(i)
              : args.get(i).startsWith("--config=") ? args.get(i).substring(9) : null;
      if (path != null) {
        Mounted file = mounted(overlay, deployment, path, mounts, i, findings);
        if (file == null) {
          return;
        }
        files.put(path, file);
      }
    }
    Options options = optionsOf(deployment);
    if (options != null) {
      ask(deployment, options, args, files, findings);
    }
  }

  private static void configMapExists(
      Overlay overlay, Resource deployment, JsonNode volume, Findings findings) {
    String name = volume.at("/configMap/name").asText();
    if (!name.isEmpty()
        && !volume.at("/configMap/optional").asBoolean()
        && overlay.find("ConfigMap", name, deployment).isEmpty()) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "podTemplate", "spec", "volumes"),
          "names the ConfigMap \"" + name + "\", which is not in this overlay.",
          "Add it to configMapGenerator; its hash is added to the name by components/flink/references.yaml.");
    }
  }

  private static Mounted mounted(
      Overlay overlay,
      Resource deployment,
      String path,
      Map<String, JsonNode> mounts,
      int index,
      Findings findings) {
    String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    String key = path.substring(path.lastIndexOf('/') + 1);
    String name =
        mounts.getOrDefault(folder, YamlFile.YAML.missingNode()).at("/configMap/name").asText();
    if (name.isEmpty()) {
      findings.add(
          0,
          deployment,
          ARGS.child(index),
          "names " + path + ", but no ConfigMap is mounted on " + folder + ".",
          "Mount the job's ConfigMap there.");
      return null;
    }
    Resource configMap = overlay.find("ConfigMap", name, deployment).orElse(null);
    if (configMap == null) {
      return null;
    }
    JsonNode text = configMap.body().path("data").path(key);
    if (text.isMissingNode()) {
      findings.add(
          0,
          deployment,
          ARGS.child(index),
          "names " + path + ", but " + configMap + " has no " + key + ".",
          "Add the file to configMapGenerator (behavior: merge).");
      return null;
    }
    return new Mounted(configMap, key, text.asText());
  }

  private Options optionsOf(Resource deployment) {
    String entry = deployment.text("/spec/job/entryClass");
    String uri = deployment.text("/spec/job/jarURI");
    if (!entry.endsWith("Job") || jars.isEmpty()) {
      return null;
    }
    try {
      ClassLoader classes = jars.classesOf(uri.substring(uri.lastIndexOf('/') + 1));
      Field all =
          Class.forName(entry.replaceFirst("Job$", "Options"), true, classes).getField("ALL");
      return all.get(null) instanceof Options options ? options : null;
    } catch (ReflectiveOperationException | LinkageError notOurs) {
      return null;
    }
  }

  private void ask(
      Resource deployment,
      Options options,
      List<String> args,
      Map<String, Mounted> files,
      Findings findings) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("foreshock-options");
      List<String> local = new ArrayList<>(args);
      Map<String, Mounted> byFile = new LinkedHashMap<>();
      for (Map.Entry<String, Mounted> file : files.entrySet()) {
        Path copy = folder.resolve(byFile.size() + "-" + file.getValue().key());
        Files.writeString(copy, file.getValue().text());
        local.replaceAll(
            arg ->
                arg.equals(file.getKey())
                    ? copy.toString()
                    : arg.equals("--config=" + file.getKey()) ? "--config=" + copy : arg);
        byFile.put(copy.toString(), file.getValue());
      }
      try {
        Settings settings = Settings.read(options, CommandLine.parse(local.toArray(new String[0])));
        writers(deployment, options, settings, findings);
      } catch (StartRefused refused) {
        refused.problems().forEach(problem -> report(deployment, problem, byFile, findings));
      }
    } catch (IOException e) {
      throw new ManifestException("Cannot write temporary files: " + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  private static void report(
      Resource deployment, String problem, Map<String, Mounted> byFile, Findings findings) {
    Resource resource = deployment;
    FieldPath field = ARGS;
    String text = problem;
    for (Map.Entry<String, Mounted> file : byFile.entrySet()) {
      if (text.contains(file.getKey())) {
        resource = file.getValue().configMap();
        field = FieldPath.of("data", file.getValue().key());
        text = text.replace(file.getKey(), file.getValue().key());
      }
    }
    findings.add(
        2,
        resource,
        field,
        "the job refuses it: " + text,
        "OPTIONS.md of the job lists all options.");
  }

  /** Two deployments that would write with the same transactional ids abort each other. */
  private void writers(Resource deployment, Options options, Settings settings, Findings findings) {
    String identity = deployment.text("/spec/job/entryClass");
    for (String line : settings.describe().lines().toList()) {
      if (line.matches("\\s+(installation|scope|tenants|kafka\\.bootstrap-servers)\\s+=.*")) {
        identity += line.replaceFirst("\\s+\\([^)]*\\)$", "").replaceAll("\\s+", " ");
      }
    }
    String other = writers.putIfAbsent(identity, deployment.namespace() + "/" + deployment.name());
    if (other != null && !other.equals(deployment.namespace() + "/" + deployment.name())) {
      findings.add(
          2,
          deployment,
          ARGS,
          "is the same job as "
              + other
              + " with the same installation and scope: they abort each other's transactions.",
          "Give each a scope of its own.");
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
