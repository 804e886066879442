package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rung 0: each job has a PodDisruptionBudget and a NetworkPolicy that select its pods, the operator
 * can reach it, and no selector selects nothing.
 */
final class SelectorRules {
  /** Labels of the operator's pods, as its Helm chart sets them. */
  private static final Map<String, String> OPERATOR =
      Map.of("app.kubernetes.io/name", "flink-kubernetes-operator");

  void check(Overlay overlay, Findings findings) {
    for (Resource deployment : overlay.flinkDeployments()) {
      Map<String, String> labels = labels(deployment);
      covered(
          overlay,
          deployment,
          labels,
          "PodDisruptionBudget",
          "/spec/selector/matchLabels",
          findings);
      covered(
          overlay, deployment, labels, "NetworkPolicy", "/spec/podSelector/matchLabels", findings);
    }
    selectsSomething(overlay, "PodDisruptionBudget", "/spec/selector/matchLabels", findings);
    selectsSomething(overlay, "NetworkPolicy", "/spec/podSelector/matchLabels", findings);
    for (Resource policy : overlay.ofKind("NetworkPolicy")) {
      operatorMayReach(overlay, policy, findings);
    }
    for (Resource budget : overlay.ofKind("PodDisruptionBudget")) {
      drainable(budget, findings);
    }
  }

  /** Labels of a job's pods: those of the template and those that Flink adds. */
  static Map<String, String> labels(Resource deployment) {
    Map<String, String> labels = new LinkedHashMap<>();
    PodShape.of(deployment, "taskManager")
        .at("/metadata/labels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    labels.put("app", deployment.name());
    labels.put("type", "flink-native-kubernetes");
    return labels;
  }

  private static boolean selects(Resource resource, String pointer, Map<String, String> labels) {
    JsonNode wanted = resource.body().at(pointer);
    return wanted.properties().stream()
        .allMatch(entry -> entry.getValue().asText().equals(labels.get(entry.getKey())));
  }

  private static void covered(
      Overlay overlay,
      Resource deployment,
      Map<String, String> labels,
      String kind,
      String pointer,
      Findings findings) {
    boolean found =
        overlay.ofKind(kind).stream()
            .filter(resource -> resource.namespace().equals(deployment.namespace()))
            .anyMatch(resource -> selects(resource, pointer, labels));
    if (!found) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "podTemplate", "metadata", "labels"),
          "no " + kind + " selects the job's pods " + labels + ".",
          "Add one, see base/precursors; its labels must be those of the pod template.");
    }
  }

  private static void selectsSomething(
      Overlay overlay, String kind, String pointer, Findings findings) {
    for (Resource resource : overlay.ofKind(kind)) {
      boolean some =
          overlay.flinkDeployments().stream()
              .anyMatch(deployment -> selects(resource, pointer, labels(deployment)));
      if (!some) {
        findings.add(
            0,
            resource,
            FieldPath.pointer(pointer),
            "selects no pod of this overlay: " + resource.body().at(pointer) + ".",
            "Labels of Flink's pods come from spec.podTemplate.metadata.labels.");
      }
    }
  }

  private static void operatorMayReach(Overlay overlay, Resource policy, Findings findings) {
    boolean aboutJob =
        overlay.flinkDeployments().stream()
            .anyMatch(d -> selects(policy, "/spec/podSelector/matchLabels", labels(d)));
    boolean closed = false;
    for (JsonNode type : policy.body().at("/spec/policyTypes")) {
      closed |= type.asText().equals("Ingress");
    }
    if (!aboutJob || !closed) {
      return;
    }
    boolean open = false;
    for (JsonNode rule : policy.body().at("/spec/ingress")) {
      if (admitsOperator(rule.path("from"))) {
        if (rule.path("ports").isEmpty() || opensRest(rule)) {
          return;
        }
      } else {
        open |= opensRest(rule);
      }
    }
    findings.add(
        0,
        policy,
        FieldPath.of("spec", "ingress"),
        (open
                ? "opens port 8081 to others than the operator's pods of any namespace"
                : "lets nobody reach port 8081")
            + ": the operator could take no savepoint and see no job.",
        "Allow it from pods labelled app.kubernetes.io/name: flink-kubernetes-operator.");
  }

  private static boolean opensRest(JsonNode rule) {
    for (JsonNode port : rule.path("ports")) {
      if (List.of("8081", "rest").contains(port.path("port").asText())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether pods of the operator, which has a namespace of its own, are among those named. An
   * address or a namespace by its labels may be the operator's.
   */
  private static boolean admitsOperator(JsonNode from) {
    if (from.isEmpty()) {
      return true;
    }
    for (JsonNode peer : from) {
      JsonNode pods = peer.path("podSelector");
      boolean selects =
          pods.path("matchExpressions").isEmpty()
              && pods.path("matchLabels").properties().stream()
                  .allMatch(
                      label -> label.getValue().asText().equals(OPERATOR.get(label.getKey())));
      if (peer.has("ipBlock") || peer.has("namespaceSelector") && selects) {
        return true;
      }
    }
    return false;
  }

  private static void drainable(Resource budget, Findings findings) {
    String most = budget.text("/spec/maxUnavailable");
    if (most.equals("0") || most.equals("0%") || budget.text("/spec/minAvailable").equals("100%")) {
      findings.add(
          0,
          budget,
          FieldPath.of("spec", most.isEmpty() ? "minAvailable" : "maxUnavailable"),
          "lets no pod go: nodes with a JobManager could never be drained.",
          "Use maxUnavailable: 1.");
    }
  }
}
