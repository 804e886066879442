package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Rung 0: what pods may do, and where they write. */
final class PodRules {
  private static final FieldPath POD = FieldPath.of("spec", "podTemplate", "spec");
  private static final FieldPath OPTIONS = FieldPath.of("spec", "flinkConfiguration");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|token|credential|access[-.]key|secret[-.]key).*");

  void check(Resource deployment, Findings findings) {
    for (String role : List.of("jobManager", "taskManager")) {
      JsonNode template = PodShape.of(deployment, role);
      JsonNode container = PodShape.mainContainer(template);
      if (container.isMissingNode()) {
        findings.add(
            0,
            deployment,
            POD.child("containers"),
            "must hold a container named "
                + PodShape.MAIN_CONTAINER
                + ": what is said of another one is not Flink's.",
            "Name it so.");
        return;
      }
      rights(deployment, template, container, findings);
      Map<String, JsonNode> mounts = mounts(template, container);
      folders(deployment, role, container, mounts, findings);
    }
    templates(deployment, findings);
    secrets(deployment, findings);
  }

  private static void rights(
      Resource deployment, JsonNode template, JsonNode container, Findings findings) {
    JsonNode pod = template.at("/spec/securityContext");
    JsonNode own = container.path("securityContext");
    FieldPath podField = POD.child("securityContext");
    FieldPath ownField = POD.child("containers").child(0).child("securityContext");
    String user =
        own.has("runAsUser") ? own.path("runAsUser").asText() : pod.path("runAsUser").asText();
    if (!pod.path("runAsNonRoot").asBoolean() || user.equals("0")) {
      findings.add(
          0,
          deployment,
          podField.child(user.equals("0") ? "runAsUser" : "runAsNonRoot"),
          user.equals("0")
              ? "must not be 0, which is root."
              : "must be true: nothing here needs root.",
          "Set runAsNonRoot: true and runAsUser: 9999, Flink's user in the image.");
    }
    if (!own.path("readOnlyRootFilesystem").asBoolean()) {
      findings.add(
          0,
          deployment,
          ownField.child("readOnlyRootFilesystem"),
          "must be true: all that is written has a volume.",
          "Set it.");
    }
    if (own.path("allowPrivilegeEscalation").asBoolean(true)
        || own.path("privileged").asBoolean()) {
      findings.add(
          0,
          deployment,
          ownField.child(
              own.path("privileged").asBoolean() ? "privileged" : "allowPrivilegeEscalation"),
          "must be false.",
          "Set it.");
    }
    boolean dropsAll = false;
    for (JsonNode dropped : own.at("/capabilities/drop")) {
      dropsAll |= dropped.asText().equals("ALL");
    }
    if (!dropsAll || own.at("/capabilities/add").size() > 0) {
      findings.add(
          0,
          deployment,
          ownField.child("capabilities"),
          "must drop ALL and add none, but is " + own.path("capabilities") + ".",
          "Set capabilities: {drop: [ALL]}.");
    }
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (template.path("spec").path(host).asBoolean()) {
        findings.add(0, deployment, POD.child(host), "must not be true.", "Remove it.");
      }
    }
  }

  /** Mount path to volume. */
  static Map<String, JsonNode> mounts(JsonNode template, JsonNode container) {
    Map<String, JsonNode> volumes = new LinkedHashMap<>();
    template.at("/spec/volumes").forEach(v -> volumes.put(v.path("name").asText(), v));
    Map<String, JsonNode> mounts = new LinkedHashMap<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      JsonNode volume = volumes.get(mount.path("name").asText());
      mounts.put(
          mount.path("mountPath").asText(), volume == null ? YamlFile.YAML.missingNode() : volume);
    }
    return mounts;
  }

  /** The volume that holds a path; missing when none does. */
  static JsonNode volumeOf(String path, Map<String, JsonNode> mounts) {
    String best = null;
    for (String mount : mounts.keySet()) {
      if ((path + "/").startsWith(mount + "/")
          && (best == null || mount.length() > best.length())) {
        best = mount;
      }
    }
    return best == null ? YamlFile.YAML.missingNode() : mounts.get(best);
  }

  private static void folders(
      Resource deployment,
      String role,
      JsonNode container,
      Map<String, JsonNode> mounts,
      Findings findings) {
    mounts.forEach(
        (path, volume) -> {
          if (volume.isMissingNode()) {
            findings.add(
                0,
                deployment,
                POD.child("containers").child(0).child("volumeMounts"),
                "mounts a volume on " + path + " that the pod does not have.",
                "Declare it under volumes; strategic patches replace lists, JSON patches add to them.");
          }
          if (volume.has("hostPath")) {
            findings.add(
                0,
                deployment,
                POD.child("volumes"),
                "must not reach into the node: " + path + " is a hostPath.",
                "Use a claim or an ephemeral volume.");
          }
        });
    Map<String, String> options = deployment.flinkConfiguration();
    if (container.at("/securityContext/readOnlyRootFilesystem").asBoolean()) {
      Map<String, String> written = new LinkedHashMap<>();
      written.put("io.tmp.dirs", options.getOrDefault("io.tmp.dirs", "/tmp"));
      written.put("env.log.dir", options.getOrDefault("env.log.dir", "/opt/flink/log"));
      if (role.equals("taskManager") && options.containsKey("state.backend.rocksdb.localdir")) {
        written.put(
            "state.backend.rocksdb.localdir", options.get("state.backend.rocksdb.localdir"));
      }
      written.forEach(
          (key, path) -> {
            if (volumeOf(path, mounts).isMissingNode()) {
              findings.add(
                  0,
                  deployment,
                  options.containsKey(key)
                      ? OPTIONS.child(key)
                      : POD.child("containers").child(0).child("volumeMounts"),
                  path + " (" + key + ") lies on the root file system, which is read-only.",
                  "Mount a volume there.");
            }
          });
    }
    for (String key :
        List.of(
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir",
            "high-availability.storageDir")) {
      store(deployment, key, options.getOrDefault(key, ""), mounts, findings);
    }
  }

  private static void store(
      Resource deployment,
      String key,
      String uri,
      Map<String, JsonNode> mounts,
      Findings findings) {
    FieldPath field = OPTIONS.child(key);
    if (uri.isEmpty()) {
      findings.add(
          0,
          deployment,
          field,
          "must be given: without it nothing survives a pod.",
          "Add components/store-volume or components/store-s3.");
    } else if (uri.startsWith("file:") || uri.startsWith("/")) {
      JsonNode volume = volumeOf(uri.replaceFirst("^file:/+", "/"), mounts);
      if (!volume.has("persistentVolumeClaim")) {
        findings.add(
            0,
            deployment,
            field,
            "must lie on a volume that all pods share, but \""
                + uri
                + "\" lies in the pod and goes with it.",
            "Mount a persistentVolumeClaim there, or use s3p://.");
      }
    } else if (!uri.startsWith("s3p://")) {
      findings.add(
          0,
          deployment,
          field,
          "must begin with file: or s3p:, the file systems of the image, but is \"" + uri + "\".",
          "With s3: Flink takes any of its two plugins; s3a: is for the lake. Another one must be in the image first.");
    }
  }

  private static void templates(Resource deployment, Findings findings) {
    boolean several =
        deployment.body().at("/spec/taskManager/podTemplate").isObject()
            || deployment.body().at("/spec/jobManager/podTemplate").isObject();
    String key = "kubernetes.operator.pod-template.merge-arrays-by-name";
    if (several && !"true".equals(deployment.flinkConfiguration().get(key))) {
      findings.add(
          0,
          deployment,
          OPTIONS.child(key),
          "must be true where a role has a template of its own: otherwise lists are merged by position.",
          "Set it to \"true\".");
    }
  }

  private static void secrets(Resource deployment, Findings findings) {
    deployment
        .flinkConfiguration()
        .forEach(
            (key, value) -> {
              if (SECRET.matcher(key).matches() && !value.isEmpty()) {
                findings.add(
                    0,
                    deployment,
                    OPTIONS.child(key),
                    "is a secret, and flinkConfiguration can be read by everybody who may see the deployment.",
                    "Take it from a Secret: an environment variable, or a mounted file.");
              }
            });
    for (JsonNode variable :
        PodShape.mainContainer(PodShape.of(deployment, "jobManager")).path("env")) {
      if (SECRET.matcher(variable.path("name").asText().replace('_', '-')).matches()
          && variable.has("value")) {
        findings.add(
            0,
            deployment,
            POD.child("containers").child(0).child("env"),
            variable.path("name").asText() + " is a secret, written in the manifest.",
            "Use valueFrom.secretKeyRef.");
      }
    }
  }
}
