package io.foreshock.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;

/** Rung 0: what a FlinkDeployment says about image, jar, entry class and upgrades. */
final class JobRules {
  private static final String JOBS_FOLDER = "local:///opt/flink/usrlib/";
  private static final FieldPath JOB = FieldPath.of("spec", "job");
  private static final FieldPath OPTIONS = FieldPath.of("spec", "flinkConfiguration");

  private final JobJars jars;

  JobRules(JobJars jars) {
    this.jars = jars;
  }

  void check(Resource deployment, Findings findings) {
    image(deployment, findings);
    jar(deployment, findings);
    upgrades(deployment, findings);
    savepoints(deployment, findings);
    size(deployment, findings);
  }

  private void image(Resource deployment, Findings findings) {
    if (deployment.namespace().isEmpty()) {
      findings.add(
          0,
          deployment,
          FieldPath.of("metadata", "namespace"),
          "is absent: the deployment goes wherever kubectl happens to point.",
          "Add `namespace:` to the overlay's kustomization.");
    }
    String image = deployment.text("/spec/image");
    String tag = image.contains(":") ? image.substring(image.lastIndexOf(':') + 1) : "";
    if (!image.contains("@sha256:")
        && (tag.isEmpty() || tag.contains("/") || tag.equals("latest"))) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "image"),
          "must name a version, but is \"" + image + "\".",
          "Set newTag under `images:`; kustomize finds the field with components/flink/references.yaml only.");
    }
    String version = deployment.text("/spec/flinkVersion");
    if (!version.equals("v2_2")) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "flinkVersion"),
          "must be v2_2, the Flink that the jobs are built for, but is \"" + version + "\".",
          "Set v2_2.");
    }
  }

  private void jar(Resource deployment, Findings findings) {
    String uri = deployment.text("/spec/job/jarURI");
    if (!uri.startsWith(JOBS_FOLDER)) {
      findings.add(
          0,
          deployment,
          JOB.child("jarURI"),
          "must name a jar of the image, " + JOBS_FOLDER + "…, but is \"" + uri + "\".",
          "Job jars are baked into the image.");
      return;
    }
    if (deployment.text("/spec/mode").equals("standalone")) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "mode"),
          "standalone mounts an empty folder over /opt/flink/usrlib: the job's jar vanishes.",
          "Use native.");
    }
    String name = uri.substring(JOBS_FOLDER.length());
    if (jars.isEmpty()) {
      return;
    }
    if (jars.file(name).isEmpty()) {
      String near = Nearest.to(name, jars.names());
      findings.add(
          0,
          deployment,
          JOB.child("jarURI"),
          "names " + name + ", which the image does not hold.",
          near.isEmpty() ? "It holds " + jars.names() + "." : "Did you mean " + near + "?");
      return;
    }
    entryClass(deployment, name, findings);
  }

  private void entryClass(Resource deployment, String jar, Findings findings) {
    String entry = deployment.text("/spec/job/entryClass");
    try {
      Class<?> type = Class.forName(entry, false, jars.classesOf(jar));
      if (!Modifier.isStatic(type.getMethod("main", String[].class).getModifiers())) {
        throw new NoSuchMethodException("main");
      }
    } catch (ClassNotFoundException | NoSuchMethodException | LinkageError absent) {
      findings.add(
          0,
          deployment,
          JOB.child("entryClass"),
          "must be a class with a main method in " + jar + ", but is \"" + entry + "\".",
          "The README of the job names it.");
    }
  }

  private static void upgrades(Resource deployment, Findings findings) {
    Map<String, String> options = deployment.flinkConfiguration();
    String mode = deployment.text("/spec/job/upgradeMode");
    boolean ha =
        options.getOrDefault("high-availability.type", "NONE").equalsIgnoreCase("kubernetes");
    FieldPath field = JOB.child("upgradeMode");
    if (mode.isEmpty() || mode.equals("stateless")) {
      findings.add(
          0,
          deployment,
          field,
          "must be savepoint or last-state, but is \""
              + mode
              + "\": each upgrade would forget all state.",
          "Set savepoint.");
    }
    if (mode.equals("last-state") && !ha) {
      findings.add(
          0,
          deployment,
          field,
          "last-state without high availability is accepted and then sticks in UPGRADING.",
          "Set high-availability.type: kubernetes, or use savepoint.");
    }
    if (mode.equals("savepoint")
        && !"false"
            .equals(options.get("kubernetes.operator.job.upgrade.last-state-fallback.enabled"))) {
      findings.add(
          0,
          deployment,
          OPTIONS.child("kubernetes.operator.job.upgrade.last-state-fallback.enabled"),
          "must be false with upgradeMode savepoint: otherwise an upgrade without a savepoint looks like one.",
          "Set it to \"false\".");
    }
    if (!ha && !mode.equals("stateless")) {
      findings.add(
          0,
          deployment,
          OPTIONS.child("high-availability.type"),
          "must be kubernetes: without it a JobManager that is lost takes the last checkpoint's place with it.",
          "Set it, and high-availability.storageDir.");
    }
    JsonNode path = deployment.body().at("/spec/job/initialSavepointPath");
    if (!path.isMissingNode()
        && deployment.body().at("/spec/job/savepointRedeployNonce").isMissingNode()) {
      findings.add(
          0,
          deployment,
          JOB.child("initialSavepointPath"),
          "is ignored by a deployment that exists already.",
          "Set savepointRedeployNonce beside it, and raise it each time.");
    }
    if (deployment.body().at("/spec/job/allowNonRestoredState").asBoolean()) {
      findings.add(
          0,
          deployment,
          JOB.child("allowNonRestoredState"),
          "drops what the job does not know without a word.",
          "Remove it; `./foreshock state check` says what would be lost.");
    }
  }

  private static void savepoints(Resource deployment, Findings findings) {
    Map<String, String> options = deployment.flinkConfiguration();
    String periodic = options.getOrDefault("kubernetes.operator.periodic.savepoint.interval", "");
    if (isOnAlertPath(deployment) && !periodic.isEmpty() && !periodic.matches("0\\D*")) {
      findings.add(
          0,
          deployment,
          OPTIONS.child("kubernetes.operator.periodic.savepoint.interval"),
          "must be absent on the alert path, but is \""
              + periodic
              + "\": a savepoint stops exactly-once output for as long as it takes.",
          "Remove it; retained checkpoints are there for restores.");
    }
    if (!periodic.isEmpty()
        && !periodic.matches("0\\D*")
        && !"true".equals(options.get("kubernetes.operator.savepoint.dispose-on-delete"))) {
      findings.add(
          0,
          deployment,
          OPTIONS.child("kubernetes.operator.savepoint.dispose-on-delete"),
          "must be true where savepoints are periodic: otherwise the history forgets them, and their files stay for ever.",
          "Set it to \"true\".");
    }
    if ("true".equals(options.get("state.changelog.enabled"))
        && !"CLAIM".equals(options.get("execution.state-recovery.claim-mode"))) {
      findings.add(
          0,
          deployment,
          OPTIONS.child("state.changelog.enabled"),
          "needs execution.state-recovery.claim-mode: CLAIM: with another mode a restored job fails at its first checkpoint.",
          "Set CLAIM and restore from copies only.");
    }
  }

  /** Jobs whose records somebody waits for: they complete a checkpoint several times a second. */
  static boolean isOnAlertPath(Resource deployment) {
    String interval = deployment.flinkConfiguration().get("execution.checkpointing.interval");
    try {
      return interval != null
          && org.apache.flink.util.TimeUtils.parseDuration(interval).toMillis() < 1_000;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static void size(Resource deployment, Findings findings) {
    JsonNode replicas = deployment.body().at("/spec/taskManager/replicas");
    if (!replicas.isMissingNode()) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "taskManager", "replicas"),
          "overrides the job's parallelism (" + replicas + " times the slots).",
          "Remove it and set spec.job.parallelism.");
    }
    int most = number(deployment, "pipeline.max-parallelism", 240);
    for (FieldPath field : List.of(JOB.child("parallelism"))) {
      int parallelism = field.in(deployment.body()).asInt();
      if (parallelism < 1 || parallelism > most) {
        findings.add(
            0,
            deployment,
            field,
            "must lie between 1 and pipeline.max-parallelism ("
                + most
                + "), but is "
                + parallelism
                + ".",
            "Max parallelism never changes; choose a divisor of it.");
      }
    }
    if (deployment.body().at("/spec/jobManager/replicas").asInt(1) > 1
        && !deployment.flinkConfiguration().containsKey("high-availability.type")) {
      findings.add(
          0,
          deployment,
          FieldPath.of("spec", "jobManager", "replicas"),
          "several JobManagers need high availability.",
          "Set high-availability.type: kubernetes.");
    }
  }

  private static int number(Resource deployment, String key, int standard) {
    String text = deployment.flinkConfiguration().getOrDefault(key, "");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : standard;
  }
}
