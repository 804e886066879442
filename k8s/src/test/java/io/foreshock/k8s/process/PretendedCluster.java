package io.foreshock.k8s.process;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.foreshock.manifests.Overlay;
import io.foreshock.manifests.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rung 4: an API server that stores resources and enforces Roles, and what controllers do for Flink
 * in a few lines: makes pods of Deployments, removes pods whose Deployment is gone. HA ConfigMaps
 * have no owner and stay.
 */
final class PretendedCluster implements Cluster {
  private static final int PORT = 6443;

  private final ApiServer server;
  private final String address;
  private final Map<String, Integer> numbers = new HashMap<>();

  PretendedCluster() {
    server = new ApiServer(CellNetwork.GATEWAY, PORT);
    address = "http://" + CellNetwork.GATEWAY + ":" + PORT;
  }

  @Override
  public KubernetesClient client() {
    return server.client();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void useInThisProcess() {
    System.setProperty("kubernetes.master", address);
  }

  @Override
  public void apply(Overlay overlay) {
    for (Resource resource : overlay.resources()) {
      String json = resource.body().toString();
      if (resource.kind().equals("ConfigMap")) {
        client().resource(Serialization.unmarshal(json, ConfigMap.class)).create();
      } else if (resource.kind().equals("Role")) {
        server.bind(resource.name(), Serialization.unmarshal(json, Role.class));
      }
    }
  }

  @Override
  public List<Pod> wanted() {
    List<Deployment> deployments = client().apps().deployments().inAnyNamespace().list().getItems();
    List<Pod> pods = client().pods().inAnyNamespace().list().getItems();
    Set<String> owners = new HashSet<>();
    for (Deployment deployment : deployments) {
      owners.add(deployment.getMetadata().getUid());
      long have = pods.stream().filter(pod -> isReplica(pod, deployment)).count();
      for (long i = have; i < deployment.getSpec().getReplicas(); i++) {
        create(deployment);
      }
    }
    List<Pod> wanted = new ArrayList<>();
    for (Pod pod : pods) {
      boolean owned =
          pod.getMetadata().getOwnerReferences().stream()
              .anyMatch(owner -> owners.contains(owner.getUid()));
      if (owned) {
        wanted.add(pod);
      } else {
        client().resource(pod).withGracePeriod(0).delete();
      }
    }
    return wanted;
  }

  private static boolean isReplica(Pod pod, Deployment deployment) {
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      if (owner.getUid().equals(deployment.getMetadata().getUid())
          && "replica".equals(pod.getMetadata().getLabels().get("made-as"))) {
        return true;
      }
    }
    return false;
  }

  private void create(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    String name = deployment.getMetadata().getName();
    int number = numbers.merge(name, 1, Integer::sum);
    client()
        .resource(
            new PodBuilder()
                .withMetadata(
                    new ObjectMetaBuilder(template.getMetadata())
                        .withName(name + "-" + number)
                        .withNamespace(deployment.getMetadata().getNamespace())
                        .addToLabels("made-as", "replica")
                        .addNewOwnerReference()
                        .withApiVersion("apps/v1")
                        .withKind("Deployment")
                        .withName(name)
                        .withUid(deployment.getMetadata().getUid())
                        .endOwnerReference()
                        .build())
                .withSpec(template.getSpec())
                .build())
        .create();
  }

  @Override
  public void othersHaveEnded() {}

  @Override
  public Set<String> asked() {
    return server.asked();
  }

  @Override
  public Set<String> refused() {
    return server.refused();
  }

  @Override
  public void close() {
    server.close();
  }
}
