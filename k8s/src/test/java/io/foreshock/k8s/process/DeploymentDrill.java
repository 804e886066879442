package io.foreshock.k8s.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.foreshock.local.Await;
import io.foreshock.local.FlinkRest;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Main class inside a {@link Cell}: runs the job {@code ingest} from the rendered production
 * overlay, upgrades it with a savepoint, and then tries a version that has renamed an operator.
 *
 * <p>Arguments: the rendered overlay, the image's folder, the folder of the next version, that of
 * the version with the renamed uid, a work folder. Writes {@code result.json} there. With two more,
 * the folders of Kubernetes' own programs and of the operator's definitions, it does so on a {@link
 * RealCluster}, and takes the service account a right at the end.
 */
public final class DeploymentDrill {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path work;
  private final ObjectNode result = new ObjectMapper().createObjectNode();
  private long began = System.nanoTime();

  private DeploymentDrill(Path work) {
    this.work = work;
  }

  public static void main(String[] args) throws Exception {
    int code = 0;
    DeploymentDrill drill = new DeploymentDrill(Path.of(args[4]));
    try {
      drill.run(
          Path.of(args[0]),
          Path.of(args[1]),
          Path.of(args[2]),
          Path.of(args[3]),
          args.length > 5 ? List.of(Path.of(args[5]), Path.of(args[6])) : List.of());
    } catch (Exception e) {
      e.printStackTrace();
      code = 1;
    }
    Files.writeString(drill.work.resolve("result.json"), drill.result.toPrettyString());
    System.exit(code);
  }

  private void run(Path rendered, Path image, Path next, Path renamed, List<Path> real)
      throws Exception {
    Overlay overlay = Overlay.of(rendered, Files.readString(rendered));
    Resource deployment =
        overlay.flinkDeployments().stream()
            .filter(d -> d.name().equals("ingest"))
            .findFirst()
            .orElseThrow();
    String tag = deployment.text("/spec/image");
    CellNetwork network = new CellNetwork();
    try (Cluster cluster =
            real.isEmpty()
                ? new PretendedCluster()
                : new RealCluster(real.get(0), real.get(1), work.resolve("plane"));
        DrillKafka kafka = new DrillKafka(work.resolve("kafka"));
        ProcessKubelet kubelet =
            new ProcessKubelet(
                cluster,
                network,
                work.resolve("pods"),
                Map.of(tag, image, tag + "-next", next, tag + "-renamed", renamed),
                Map.of(DrillKafka.HOST, CellNetwork.GATEWAY))) {
      cluster.useInThisProcess();
      cluster.apply(overlay);
      addSecret(cluster, deployment.namespace(), kafka);
      if (cluster instanceof RealCluster server) {
        for (Resource each : overlay.flinkDeployments()) {
          server.create(each.body().deepCopy());
        }
        result.put("accepted", overlay.flinkDeployments().size());
      }
      step("broker and API server");
      NativeDeployment job = new NativeDeployment(deployment, work.resolve("operator"));

      String first = job.deploy(tag, null);
      FlinkRest rest = running(kubelet, job, first);
      step("deploy");
      kafka.send(0, 1_000);
      kafka.await(1_000);
      step("1,000 messages");
      String savepoint = rest.stopWithSavepoint(first, Path.of("/var/foreshock/store/savepoints"));
      step("stop with savepoint");
      remove(cluster.client(), kubelet, job);

      // The last 300 once more: only the restored state knows that they were there before.
      kafka.send(700, 2_000);
      String second = job.deploy(tag + "-next", savepoint);
      rest = running(kubelet, job, second);
      step("upgrade from the savepoint");
      kafka.await(2_000);
      step("1,000 messages and 300 repeats");
      result.put("restarts", rest.restarts(second));
      String later = rest.stopWithSavepoint(second, Path.of("/var/foreshock/store/savepoints"));
      remove(cluster.client(), kubelet, job);
      kafka.count(result);

      job.deploy(tag + "-renamed", later);
      result.put("renamed", logged(kubelet, "Failed to rollback to checkpoint/savepoint"));
      step("renamed uid refused");
      if (cluster instanceof RealCluster) {
        remove(cluster.client(), kubelet, job);
        takeRight(cluster.client(), deployment);
        job.deploy(tag, null);
        result.put("forbidden", logged(kubelet, "resource \"configmaps\" in API group"));
        step("service account without configmaps refused");
      }
      result.set("asked", new ObjectMapper().valueToTree(cluster.asked()));
      result.set("refused", new ObjectMapper().valueToTree(cluster.refused()));
    }
  }

  private static void addSecret(Cluster cluster, String namespace, DrillKafka kafka)
      throws IOException {
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

  /** From now on the job's service account may do nothing with ConfigMaps. */
  private static void takeRight(KubernetesClient client, Resource deployment) {
    client
        .rbac()
        .roles()
        .inNamespace(deployment.namespace())
        .withName(deployment.text("/spec/serviceAccount"))
        .edit(
            role -> {
              role.getRules().removeIf(rule -> rule.getResources().contains("configmaps"));
              return role;
            });
  }

  private FlinkRest running(ProcessKubelet kubelet, NativeDeployment job, String id) {
    FlinkRest[] found = new FlinkRest[1];
    Await.until(
        "job " + job.name() + " to run",
        PATIENCE,
        () -> {
          for (String address : kubelet.addresses(job.name(), "jobmanager")) {
            FlinkRest rest = new FlinkRest(URI.create("http://" + address + ":8081"));
            if (rest.isRunning(id)) {
              found[0] = rest;
              return true;
            }
          }
          return false;
        },
        kubelet::obituary);
    return found[0];
  }

  /** What a container says; a JobManager that is refused restarts for ever. */
  private static String logged(ProcessKubelet kubelet, String text) {
    String[] said = new String[1];
    Await.until(
        "a log with \"" + text + "\"", PATIENCE, () -> (said[0] = kubelet.logged(text)) != null);
    return said[0];
  }

  /** Ends the job as the operator does; what belongs to the Deployment goes with it. */
  private void remove(KubernetesClient client, ProcessKubelet kubelet, NativeDeployment job) {
    client
        .pods()
        .inNamespace(job.namespace())
        .withLabel("app", job.name())
        .list()
        .getItems()
        .forEach(
            pod ->
                result
                    .withObjectProperty("nodes")
                    .put(pod.getMetadata().getName(), pod.getSpec().getNodeName()));
    job.deleteDeployment(client);
    Await.until(
        "the pods of " + job.name() + " to end",
        PATIENCE,
        () ->
            client
                    .pods()
                    .inNamespace(job.namespace())
                    .withLabel("app", job.name())
                    .list()
                    .getItems()
                    .isEmpty()
                && List.of("jobmanager", "taskmanager").stream()
                    .allMatch(component -> kubelet.addresses(job.name(), component).isEmpty()));
    result.withArrayProperty("stayed").add(job.deleteHighAvailability(client));
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
