package io.foreshock.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.manifests.OverlayCheck;
import io.foreshock.manifests.Problem;
import io.foreshock.manifests.StrictSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Resources beside the overlays that would be accepted by a cluster and regretted. */
class OtherKindsTest {
  private static OverlayCheck check;

  @BeforeAll
  static void loadSchemas() {
    check = ProjectOverlays.check(StrictSchemas.bundled(ProjectOverlays.LIBRARY));
  }

  @AfterAll
  static void close() {
    check.close();
  }

  @Test
  void aSessionJobMustBeFetchedByHttps() throws IOException {
    assertThat(
            problems(
                "session",
                "",
                """
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkSessionJob
                metadata: {name: extra}
                spec:
                  deploymentName: session
                  job: {jarURI: 'local:///opt/flink/usrlib/foreshock-ingest.jar', parallelism: 1}
                """))
        .extracting(Problem::field, Problem::rule)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "spec.job.jarURI",
                "must begin with https:// in a session job, but is \"local:///opt/flink/usrlib/foreshock-ingest.jar\": the operator fetches it itself."));
  }

  @Test
  void aSnapshotOfASuspendedJobWouldBeAbandoned() throws IOException {
    assertThat(
            problems(
                "suspended",
                "{op: replace, path: /spec/job/state, value: suspended}",
                snapshot("ingest", "{disposeOnDelete: false}")))
        .extracting(Problem::rule)
        .containsExactly(
            "names \"ingest\", which is suspended: the snapshot would be abandoned, not retried.");
  }

  @Test
  void aSnapshotMustOutliveItsResource() throws IOException {
    assertThat(problems("dispose", "", snapshot("ingest", "{}")))
        .extracting(Problem::field)
        .containsExactly("spec.savepoint.disposeOnDelete");
  }

  @Test
  void aSnapshotOfAJobThatIsNotThereIsRefused() throws IOException {
    assertThat(problems("nobody", "", snapshot("ingestion", "{disposeOnDelete: false}")))
        .extracting(Problem::rule)
        .containsExactly("names \"ingestion\", which is no FlinkDeployment of this overlay.");
  }

  @Test
  void aSnapshotOnTheAlertPathStopsItsOutput() throws IOException {
    assertThat(problems("alert-path", "", snapshot("alerts", "{disposeOnDelete: false}")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.rule()).contains("a job on the alert path"));
  }

  @Test
  void aSnapshotOfARunningJobIsAccepted() throws IOException {
    assertThat(problems("fine", "", snapshot("ingest", "{disposeOnDelete: false}"))).isEmpty();
  }

  @Test
  void twoCopiesOfAJobInOneScopeAreRefused() throws IOException {
    Path folder = folder("two-scopes");
    Files.writeString(
        folder.resolve("kustomization.yaml"), "resources: [../../../overlays/production, copy]\n");
    Files.createDirectories(folder.resolve("copy"));
    Files.writeString(
        folder.resolve("copy/kustomization.yaml"),
        "resources: [../../../../overlays/production]\nnamespace: elsewhere\n");
    assertThat(check.problems(ProjectOverlays.render(folder)))
        .isNotEmpty()
        .allSatisfy(
            problem -> assertThat(problem.rule()).contains("they abort each other's transactions"));
  }

  private static String snapshot(String job, String savepoint) {
    return """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkStateSnapshot
        metadata: {name: by-hand}
        spec:
          jobReference: {kind: FlinkDeployment, name: %s}
          savepoint: %s
        """
        .formatted(job, savepoint);
  }

  /** Problems of production with one more resource, and a patch of ingest. */
  private static List<Problem> problems(String name, String patch, String resource)
      throws IOException {
    Path folder = folder(name);
    Files.writeString(folder.resolve("more.yaml"), resource);
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "namespace: foreshock\nresources: [../../../overlays/production, more.yaml]\n"
            + (patch.isEmpty()
                ? ""
                : "patches:\n  - target: {kind: FlinkDeployment, name: ingest}\n    patch: |\n      - "
                    + patch
                    + "\n"));
    return check.problems(ProjectOverlays.render(folder));
  }

  private static Path folder(String name) throws IOException {
    return Files.createDirectories(Path.of("target/broken").resolve("other-" + name));
  }
}
