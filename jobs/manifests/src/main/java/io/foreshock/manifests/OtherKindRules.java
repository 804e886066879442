package io.foreshock.manifests;

import java.net.URI;

/** Rung 0: session jobs, snapshots and blue/green deployments. */
final class OtherKindRules {

  void check(Overlay overlay, Resource resource, Findings findings) {
    switch (resource.kind()) {
      case "FlinkSessionJob" -> sessionJob(resource, findings);
      case "FlinkStateSnapshot" -> snapshot(overlay, resource, findings);
      case "FlinkBlueGreenDeployment" -> blueGreen(resource, findings);
      default -> {
        // Nothing beyond its schema.
      }
    }
  }

  private static void sessionJob(Resource resource, Findings findings) {
    String uri = resource.text("/spec/job/jarURI");
    if (!uri.startsWith("https://") || URI.create(uri).getHost() == null) {
      findings.add(
          0,
          resource,
          FieldPath.of("spec", "job", "jarURI"),
          "must begin with https:// in a session job, but is \""
              + uri
              + "\": the operator fetches it itself.",
          "Use a FlinkDeployment with the jar in the image.");
    }
  }

  private static void snapshot(Overlay overlay, Resource resource, Findings findings) {
    String target = resource.text("/spec/jobReference/name");
    FieldPath field = FieldPath.of("spec", "jobReference", "name");
    Resource deployment = overlay.find("FlinkDeployment", target, resource).orElse(null);
    if (deployment == null && resource.text("/spec/jobReference/kind").equals("FlinkDeployment")) {
      findings.add(
          0,
          resource,
          field,
          "names \"" + target + "\", which is no FlinkDeployment of this overlay.",
          "Correct the name.");
    } else if (deployment != null && deployment.text("/spec/job/state").equals("suspended")) {
      findings.add(
          0,
          resource,
          field,
          "names \""
              + target
              + "\", which is suspended: the snapshot would be abandoned, not retried.",
          "Start the job first.");
    }
    if (resource.body().at("/spec/savepoint/disposeOnDelete").asBoolean(true)
        && resource.body().at("/spec/savepoint").isObject()) {
      findings.add(
          0,
          resource,
          FieldPath.of("spec", "savepoint", "disposeOnDelete"),
          "must be false: otherwise deleting this resource deletes the savepoint.",
          "Set it.");
    }
    if (deployment != null && JobRules.isOnAlertPath(deployment)) {
      findings.add(
          0,
          resource,
          field,
          "names \""
              + target
              + "\", a job on the alert path: its output stops as long as the savepoint takes.",
          "Take it by hand when that is wanted, not from a manifest.");
    }
  }

  private static void blueGreen(Resource resource, Findings findings) {
    findings.add(
        0,
        resource,
        FieldPath.of("kind"),
        "runs two copies of an exactly-once job at once: with one scope they abort each other's transactions, with two all is written twice.",
        "Use a FlinkDeployment with upgradeMode savepoint; see \"Blue and green\" in k8s/README.md.");
  }
}
