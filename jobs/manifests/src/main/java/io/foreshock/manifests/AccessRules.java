package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rung 0: the service account of a deployment may do what Flink's native mode does with the
 * Kubernetes API, and no more.
 */
final class AccessRules {
  /** What Flink's JobManager asks of the API; recorded by the process-level test of k8s. */
  private static final Map<String, Set<String>> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("pods", Set.of("list", "watch", "create", "delete"));
    NEEDED.put("configmaps", Set.of("get", "list", "watch", "create", "update", "patch", "delete"));
    NEEDED.put("deployments", Set.of("get"));
  }

  private static final Set<String> NEVER =
      Set.of("secrets", "roles", "rolebindings", "serviceaccounts", "pods/exec", "nodes", "*");

  void check(Overlay overlay, Resource deployment, Findings findings) {
    FieldPath field = FieldPath.of("spec", "serviceAccount");
    String account = deployment.text("/spec/serviceAccount");
    if (account.isEmpty() || account.equals("default")) {
      findings.add(
          0,
          deployment,
          field,
          "must name a service account of this job's own, but is \"" + account + "\".",
          "See base/precursors/access.yaml.");
      return;
    }
    if (overlay.find("ServiceAccount", account, deployment).isEmpty()) {
      findings.add(
          0,
          deployment,
          field,
          "names \"" + account + "\", which is not in this overlay.",
          "Add the ServiceAccount with its Role and RoleBinding.");
      return;
    }
    List<Resource> roles = roles(overlay, deployment, account, findings);
    if (roles.isEmpty()) {
      findings.add(
          0,
          deployment,
          field,
          "is bound to no Role: the JobManager would crash, and only its log would name the missing verb.",
          "Add a RoleBinding for \"" + account + "\".");
      return;
    }
    Map<String, Set<String>> granted = granted(roles);
    NEEDED.forEach(
        (resource, verbs) -> {
          Set<String> missing = new TreeSet<>(verbs);
          missing.removeAll(granted.getOrDefault(resource, Set.of()));
          if (!missing.isEmpty() && !granted.getOrDefault(resource, Set.of()).contains("*")) {
            findings.add(
                0,
                roles.get(0),
                FieldPath.of("rules"),
                "lacks " + String.join(", ", missing) + " on " + resource + ", which Flink needs.",
                "Add the verbs; without them the JobManager restarts for ever.");
          }
        });
    for (Resource role : roles) {
      tooMuch(role, findings);
    }
  }

  private static List<Resource> roles(
      Overlay overlay, Resource deployment, String account, Findings findings) {
    List<Resource> roles = new ArrayList<>();
    for (Resource binding : overlay.ofKind("RoleBinding")) {
      boolean ours = false;
      for (JsonNode subject : binding.body().path("subjects")) {
        ours |=
            subject.path("name").asText().equals(account)
                && (!subject.has("namespace")
                    || subject.path("namespace").asText().equals(deployment.namespace()));
      }
      if (ours) {
        String name = binding.text("/roleRef/name");
        overlay
            .find("Role", name, deployment)
            .ifPresentOrElse(
                roles::add,
                () ->
                    findings.add(
                        0,
                        binding,
                        FieldPath.of("roleRef", "name"),
                        "names \"" + name + "\", which is no Role of this overlay.",
                        "Add the Role, or correct the name."));
      }
    }
    return roles;
  }

  private static Map<String, Set<String>> granted(List<Resource> roles) {
    Map<String, Set<String>> granted = new LinkedHashMap<>();
    for (Resource role : roles) {
      for (JsonNode rule : role.body().path("rules")) {
        for (JsonNode resource : rule.path("resources")) {
          Set<String> verbs = granted.computeIfAbsent(resource.asText(), r -> new TreeSet<>());
          rule.path("verbs").forEach(verb -> verbs.add(verb.asText()));
        }
      }
    }
    return granted;
  }

  private static void tooMuch(Resource role, Findings findings) {
    JsonNode rules = role.body().path("rules");
    for (int i = 0; i < rules.size(); i++) {
      for (String list : List.of("resources", "verbs")) {
        for (JsonNode entry : rules.get(i).path(list)) {
          boolean wildcard = entry.asText().equals("*");
          if (wildcard || list.equals("resources") && NEVER.contains(entry.asText())) {
            findings.add(
                0,
                role,
                FieldPath.of("rules").child(i).child(list),
                "grants "
                    + (wildcard ? "everything (*)" : entry.asText())
                    + ", which Flink does not need.",
                "Grant what base/precursors/access.yaml grants.");
          }
        }
      }
    }
  }
}
