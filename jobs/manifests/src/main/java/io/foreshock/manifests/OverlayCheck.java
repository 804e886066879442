package io.foreshock.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Checks a rendered overlay without a cluster: references and rules, strict schemas, Flink's
 * options and memory, the job's own options, the operator's validator. All problems are found in
 * one go.
 */
public final class OverlayCheck implements AutoCloseable {
  private final JobJars jars;
  private final StrictSchemas schemas;
  private final OptionLint lint;
  private final OperatorValidator validator;

  /**
   * @param jars job jars that the image holds; none: what is in them is not checked
   * @param schemas schemas of all kinds
   * @param library the operator's own classes
   */
  public OverlayCheck(JobJars jars, StrictSchemas schemas, OperatorLibrary library) {
    this.jars = jars;
    this.schemas = schemas;
    this.lint = new OptionLint(KnownOptions.ofThisFlink());
    this.validator = new OperatorValidator(library);
  }

  /** All problems of an overlay; empty when it may go to a cluster. */
  public List<Problem> problems(Overlay overlay) {
    Findings findings = new Findings(SourceFiles.of(overlay.folder()));
    JobRules jobs = new JobRules(jars);
    PodRules pods = new PodRules();
    AccessRules access = new AccessRules();
    JobOptionsRule options = new JobOptionsRule(jars);
    OtherKindRules others = new OtherKindRules();
    for (Resource resource : overlay.resources()) {
      others.check(overlay, resource, findings);
      schemas.check(resource, findings);
    }
    for (Resource deployment : overlay.flinkDeployments()) {
      jobs.check(deployment, findings);
      pods.check(deployment, findings);
      access.check(overlay, deployment, findings);
      options.check(overlay, deployment, findings);
      lint.check(deployment, findings);
      validator.check(deployment, findings);
    }
    new SelectorRules().check(overlay, findings);
    return findings.all();
  }

  /** What the overlay refers to and does not hold: it must be in the cluster before. */
  public static List<String> needs(Overlay overlay) {
    TreeSet<String> needs = new TreeSet<>();
    for (Resource deployment : overlay.flinkDeployments()) {
      for (String role : List.of("jobManager", "taskManager")) {
        var template = PodShape.of(deployment, role);
        template
            .at("/spec/volumes")
            .forEach(
                volume -> {
                  String claim = volume.at("/persistentVolumeClaim/claimName").asText();
                  if (!claim.isEmpty()
                      && overlay.find("PersistentVolumeClaim", claim, deployment).isEmpty()) {
                    needs.add("PersistentVolumeClaim " + claim);
                  }
                  String secret = volume.at("/secret/secretName").asText();
                  if (!secret.isEmpty() && overlay.find("Secret", secret, deployment).isEmpty()) {
                    needs.add("Secret " + secret);
                  }
                  String storage =
                      volume.at("/ephemeral/volumeClaimTemplate/spec/storageClassName").asText();
                  if (!storage.isEmpty()) {
                    needs.add("StorageClass " + storage);
                  }
                });
        PodShape.mainContainer(template)
            .path("env")
            .forEach(
                variable -> {
                  String secret = variable.at("/valueFrom/secretKeyRef/name").asText();
                  if (!secret.isEmpty() && overlay.find("Secret", secret, deployment).isEmpty()) {
                    needs.add("Secret " + secret);
                  }
                });
      }
    }
    return new ArrayList<>(needs);
  }

  @Override
  public void close() {
    validator.close();
  }
}
