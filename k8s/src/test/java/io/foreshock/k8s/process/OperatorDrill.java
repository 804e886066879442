package io.foreshock.k8s.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.foreshock.local.Await;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Main class inside a {@link Cell}: the operator deploys {@code ingest} from the rendered
 * production overlay, upgrades it with a savepoint, refuses a wrong specification, takes a
 * snapshot, and removes everything.
 *
 * <p>Arguments: the rendered overlay, the image's folder, that of the next version, one that is not
 * used, a work folder, the folders of Kubernetes' programs and of the operator's definitions.
 * Writes {@code result.json} into the work folder.
 */
public final class OperatorDrill {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String DEPLOYMENT = "FlinkDeployment";
  private static final String SNAPSHOT = "FlinkStateSnapshot";
  private static final String JOB = "ingest";

  private final Path work;
  private final ObjectNode result = new ObjectMapper().createObjectNode();
  private OperatorProcess operator;
  private ProcessKubelet kubelet;
  private String namespace;
  private long began = System.nanoTime();

  private OperatorDrill(Path work) {
    this.work = work;
  }

  public static void main(String[] args) throws Exception {
    int code = 0;
    OperatorDrill drill = new OperatorDrill(Path.of(args[4]));
    try {
      drill.run(
          Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[5]), Path.of(args[6]));
    } catch (Exception e) {
      e.printStackTrace();
      code = 1;
    }
    Files.writeString(drill.work.resolve("result.json"), drill.result.toPrettyString());
    System.exit(code);
  }

  private void run(Path rendered, Path image, Path next, Path programs, Path definitions)
      throws Exception {
    Overlay overlay = Overlay.of(rendered, Files.readString(rendered));
    Resource deployment =
        overlay.flinkDeployments().stream()
            .filter(d -> d.name().equals(JOB))
            .findFirst()
            .orElseThrow();
    namespace = deployment.namespace();
    String tag = deployment.text("/spec/image");
    CellNetwork network = new CellNetwork();
    try (RealCluster cluster = new RealCluster(programs, definitions, work.resolve("plane"));
        DrillKafka kafka = new DrillKafka(work.resolve("kafka"));
        ProcessKubelet node =
            new ProcessKubelet(
                cluster,
                network,
                work.resolve("pods"),
                Map.of(tag, image, tag + "-next", next),
                Map.of(DrillKafka.HOST, CellNetwork.GATEWAY))) {
      kubelet = node;
      cluster.apply(overlay);
      addSecret(cluster, kafka);
      try (OperatorProcess process =
          new OperatorProcess(cluster, namespace, work.resolve("operator"))) {
        operator = process;
        step("cluster and operator");
        cluster.create(deployment.body().deepCopy());
        await("the deployment", () -> operator.isDone(JOB));
        step("deploy");
        kafka.send(0, 1_000);
        kafka.await(1_000);
        upgrade(tag, kafka);
        reject();
        snapshot();
        remove();
      }
    }
  }

  private void upgrade(String tag, DrillKafka kafka) {
    String before = operator.status(DEPLOYMENT, JOB).at("/jobStatus/jobId").asText();
    edit(spec -> spec.put("image", tag + "-next"));
    await(
        "the upgrade",
        () ->
            operator.isDone(JOB)
                && !operator
                    .status(DEPLOYMENT, JOB)
                    .at("/jobStatus/jobId")
                    .asText()
                    .equals(before));
    result.put(
        "upgradedFrom",
        operator.status(DEPLOYMENT, JOB).at("/jobStatus/upgradeSavepointPath").asText());
    step("savepoint upgrade");
    // The last 300 once more: only the restored state knows that they were there before.
    kafka.send(700, 2_000);
    kafka.await(2_000);
    kafka.count(result);
  }

  /** Pitfall: a specification that is refused looks healthy to whoever reads the state only. */
  private void reject() {
    edit(spec -> ((ObjectNode) spec.get("jobManager")).put("replicas", 0));
    await(
        "the refusal", () -> !operator.status(DEPLOYMENT, JOB).path("error").asText("").isEmpty());
    ObjectNode refused = result.putObject("rejected");
    refused.put("error", operator.status(DEPLOYMENT, JOB).path("error").asText());
    refused.put("state", operator.status(DEPLOYMENT, JOB).at("/jobStatus/state").asText());
    refused.put("lifecycle", operator.status(DEPLOYMENT, JOB).path("lifecycleState").asText());
    refused.put("done", operator.isDone(JOB));
    edit(spec -> ((ObjectNode) spec.get("jobManager")).put("replicas", 2));
    await("the correction", () -> operator.isDone(JOB));
    step("wrong specification refused");
  }

  private void snapshot() {
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.put("apiVersion", "flink.apache.org/v1beta1").put("kind", SNAPSHOT);
    body.putObject("metadata").put("name", "by-hand").put("namespace", namespace);
    ObjectNode spec = body.putObject("spec");
    spec.putObject("jobReference").put("kind", DEPLOYMENT).put("name", JOB);
    spec.putObject("savepoint").put("disposeOnDelete", false);
    operator.create(body);
    await(
        "the snapshot",
        () -> operator.status(SNAPSHOT, "by-hand").path("state").asText().equals("COMPLETED"));
    result.put("snapshot", operator.status(SNAPSHOT, "by-hand").path("path").asText());
    step("snapshot");
  }

  /** Snapshots first, deployments then, the operator last: both have finalizers. */
  private void remove() {
    for (List<String> each : List.of(List.of(SNAPSHOT, "by-hand"), List.of(DEPLOYMENT, JOB))) {
      operator.resource(each.get(0), each.get(1)).delete();
      await(each + " to go", () -> operator.resource(each.get(0), each.get(1)).get() == null);
    }
    await("the pods to end", () -> kubelet.addresses(JOB, "jobmanager").isEmpty());
    result.put("removed", true);
    step("removed");
  }

  /** Tries again when the operator has written meanwhile. */
  private void edit(Consumer<ObjectNode> change) {
    await(
        "a change of the specification",
        () -> {
          editNow(change);
          return true;
        });
  }

  private void editNow(Consumer<ObjectNode> change) {
    ObjectNode body = (ObjectNode) operator.body(DEPLOYMENT, JOB);
    change.accept((ObjectNode) body.get("spec"));
    operator
        .resource(DEPLOYMENT, JOB)
        .edit(
            current -> {
              GenericKubernetesResource changed =
                  Serialization.unmarshal(body.toString(), GenericKubernetesResource.class);
              changed.getMetadata().setResourceVersion(null);
              current.setAdditionalProperty("spec", changed.getAdditionalProperties().get("spec"));
              return current;
            });
  }

  private void addSecret(RealCluster cluster, DrillKafka kafka) throws IOException {
    cluster
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("foreshock-kafka")
                .withNamespace(namespace)
                .endMetadata()
                .withData(kafka.secret())
                .build())
        .create();
  }

  /** The service of Flink's REST interface is the first JobManager that lives. */
  private void await(String what, BooleanSupplier condition) {
    Await.until(
        what,
        PATIENCE,
        () -> {
          List<String> managers = kubelet.addresses(JOB, "jobmanager");
          if (!managers.isEmpty()) {
            operator.nameServices(Map.of(JOB + "-rest." + namespace, managers.get(0)));
          }
          return condition.getAsBoolean();
        },
        () -> operator.obituary());
  }

  private void step(String name) {
    long now = System.nanoTime();
    double seconds = (now - began) / 1e9;
    began = now;
    result
        .withArrayProperty("steps")
        .addObject()
        .put("name", name)
        .put("ok", true)
        .put("seconds", Math.round(seconds * 10) / 10.0);
    System.out.printf("%6.1f s  %s%n", seconds, name);
  }
}
