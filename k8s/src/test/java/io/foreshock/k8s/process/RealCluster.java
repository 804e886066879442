package io.foreshock.k8s.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.foreshock.local.Await;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rung 5: Kubernetes' own control plane with one node, whose kubelet is ours, and the operator's
 * custom resource definitions. Volumes are made for whoever claims them.
 */
final class RealCluster implements Cluster {
  static final String NODE = "node-1";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final KubernetesClient client;

  /**
   * @param definitions folder of the operator's custom resource definitions
   */
  RealCluster(Path binaries, Path definitions, Path folder) throws IOException {
    plane = new ControlPlane(binaries, folder);
    client = new KubernetesClientBuilder().withConfig(plane.clientConfig()).build();
    register();
    storageClass("");
    storageClass("local-disk");
    define(definitions);
  }

  ControlPlane plane() {
    return plane;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String address() {
    return plane.address();
  }

  @Override
  public void useInThisProcess() {
    plane.clientProperties().forEach(System::setProperty);
  }

  private void register() {
    client
        .resource(new NodeBuilder().withNewMetadata().withName(NODE).endMetadata().build())
        .create();
    Map<String, Quantity> size =
        Map.of(
            "cpu", new Quantity("16"),
            "memory", new Quantity("64Gi"),
            "pods", new Quantity("50"),
            "ephemeral-storage", new Quantity("100Gi"));
    client
        .nodes()
        .withName(NODE)
        .editStatus(
            node ->
                new NodeBuilder(node)
                    .withNewStatus()
                    .withCapacity(size)
                    .withAllocatable(size)
                    .withConditions(
                        new NodeConditionBuilder()
                            .withType("Ready")
                            .withStatus("True")
                            .withLastHeartbeatTime(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                            .build())
                    .endStatus()
                    .build());
    client
        .nodes()
        .withName(NODE)
        .edit(
            node -> {
              node.getSpec().setTaints(List.of());
              return node;
            });
  }

  private void storageClass(String name) {
    client
        .resource(
            new StorageClassBuilder()
                .withNewMetadata()
                .withName(name.isEmpty() ? "standard" : name)
                .addToAnnotations(
                    "storageclass.kubernetes.io/is-default-class", String.valueOf(name.isEmpty()))
                .endMetadata()
                .withProvisioner("kubernetes.io/no-provisioner")
                .withVolumeBindingMode("Immediate")
                .build())
        .create();
  }

  /** What the operator writes into status may be null, which these definitions do not allow. */
  private void define(Path definitions) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(definitions)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.ya?ml")).sorted().toList()) {
        ObjectNode definition = (ObjectNode) YAML.readTree(file.toFile());
        for (JsonNode version : definition.at("/spec/versions")) {
          nullable(version.at("/schema/openAPIV3Schema/properties/status"));
        }
        names.add(definition.at("/metadata/name").asText());
        client
            .resource(
                Serialization.unmarshal(definition.toString(), GenericKubernetesResource.class))
            .create();
      }
    }
    Await.until(
        "the custom resource definitions",
        PATIENCE,
        () ->
            names.stream()
                .allMatch(
                    name ->
                        client
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(name)
                            .get()
                            .getStatus()
                            .getConditions()
                            .stream()
                            .anyMatch(
                                c ->
                                    c.getType().equals("Established")
                                        && c.getStatus().equals("True"))));
  }

  private static void nullable(JsonNode schema) {
    if (schema.isObject()) {
      if (schema.path("type").isTextual()) {
        ((ObjectNode) schema).put("nullable", true);
      }
      schema.path("properties").forEach(RealCluster::nullable);
      nullable(schema.path("items"));
      nullable(schema.path("additionalProperties"));
    }
  }

  /** Everything of the overlay, the FlinkDeployments too: nobody acts on them without operator. */
  @Override
  public void apply(Overlay overlay) {
    overlay.resources().stream()
        .map(Resource::body)
        .map(b -> b.at("/metadata/namespace").asText())
        .filter(name -> !name.isEmpty())
        .distinct()
        .forEach(
            name ->
                client
                    .resource(
                        new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create());
    for (Resource resource : overlay.resources()) {
      if (!resource.kind().equals("FlinkDeployment")) {
        create(resource.body().deepCopy());
      }
    }
  }

  /** Creates a resource as {@code kubectl apply} would, in the versions that this server has. */
  HasMetadata create(ObjectNode body) {
    if (body.path("apiVersion").asText().equals("policy/v1")) {
      // This server is 1.20; policy/v1 came with 1.21, with the same fields.
      body.put("apiVersion", "policy/v1beta1");
    }
    return client
        .resource(Serialization.unmarshal(body.toString(), GenericKubernetesResource.class))
        .create();
  }

  /** Pods that the scheduler has put on the node. */
  @Override
  public List<Pod> wanted() {
    provision();
    return pods().filter(pod -> pod.getMetadata().getDeletionTimestamp() == null).toList();
  }

  private Stream<Pod> pods() {
    return client.pods().inAnyNamespace().list().getItems().stream()
        .filter(pod -> NODE.equals(pod.getSpec().getNodeName()));
  }

  @Override
  public void othersHaveEnded() {
    pods()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
        .forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  /** A volume for each claim that has none. */
  private void provision() {
    for (PersistentVolumeClaim claim :
        client.persistentVolumeClaims().inAnyNamespace().list().getItems()) {
      String name = "volume-of-" + claim.getMetadata().getUid();
      if (claim.getSpec().getVolumeName() == null
          && client.persistentVolumes().withName(name).get() == null) {
        client
            .resource(
                new PersistentVolumeBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .withNewSpec()
                    .withStorageClassName(claim.getSpec().getStorageClassName())
                    .withAccessModes(claim.getSpec().getAccessModes())
                    .withCapacity(claim.getSpec().getResources().getRequests())
                    .withNewHostPath()
                    .withPath("/var/volumes/" + name)
                    .endHostPath()
                    .withNewClaimRef()
                    .withNamespace(claim.getMetadata().getNamespace())
                    .withName(claim.getMetadata().getName())
                    .endClaimRef()
                    .endSpec()
                    .build())
            .create();
      }
    }
  }

  @Override
  public Set<String> asked() {
    return Set.of();
  }

  @Override
  public Set<String> refused() {
    return Set.of();
  }

  @Override
  public void close() {
    client.close();
    plane.close();
  }
}
