package io.foreshock.k8s.process;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * What the controllers and the kubelet of a cluster do for Flink: makes pods of Deployments, runs
 * pods as processes, restarts what ends in a Deployment's pod, removes pods whose Deployment is
 * gone. HA ConfigMaps have no owner and stay.
 */
final class ProcessKubelet implements AutoCloseable {
  private static final int CRASHES = 4;
  private static final long STEP_NANOS = 100_000_000L;

  private final KubernetesClient client;
  private final CellNetwork network;
  private final Path folder;
  private final Map<String, Path> images;
  private final Path hosts;
  private final String apiServer;
  private final Map<String, PodProcess> running = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> obituaries = new CopyOnWriteArrayList<>();
  private final Thread loop;
  private volatile boolean stopped;

  /**
   * @param images folder of each image that can be pulled
   * @param services addresses by host name, beside the cell's own
   */
  ProcessKubelet(
      KubernetesClient client,
      CellNetwork network,
      Path folder,
      Map<String, Path> images,
      Map<String, String> services,
      String apiServer)
      throws IOException {
    this.client = client;
    this.network = network;
    this.folder = folder.toAbsolutePath();
    this.images = images;
    this.apiServer = apiServer;
    Files.createDirectories(this.folder);
    hosts = this.folder.resolve("hosts");
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    services.forEach((name, address) -> text.append(address).append(' ').append(name).append('\n'));
    Files.writeString(hosts, text);
    loop = new Thread(this::run, "kubelet");
    loop.setDaemon(true);
    loop.start();
  }

  /** Addresses of running pods of a component of Flink. */
  synchronized List<String> addresses(String cluster, String component) {
    return client
        .pods()
        .inAnyNamespace()
        .withLabels(Map.of("app", cluster, "component", component))
        .list()
        .getItems()
        .stream()
        .map(pod -> running.get(pod.getMetadata().getUid()))
        .filter(process -> process != null && process.isAlive())
        .map(process -> process.address().address())
        .toList();
  }

  /** Why there is no use in waiting: a container ended several times; null while there is hope. */
  String obituary() {
    return obituaries.size() < CRASHES ? null : obituaries.get(obituaries.size() - 1);
  }

  /** First line that a container has logged with this text in it; null while there is none. */
  synchronized String logged(String text) throws IOException {
    for (PodProcess process : running.values()) {
      String line = process.lineWith(text);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  private void run() {
    while (!stopped) {
      try {
        reconcile();
      } catch (IOException | RuntimeException e) {
        System.err.println("kubelet: " + e);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private synchronized void reconcile() throws IOException {
    List<Deployment> deployments = client.apps().deployments().inAnyNamespace().list().getItems();
    List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
    Set<String> owners = new HashSet<>();
    for (Deployment deployment : deployments) {
      owners.add(deployment.getMetadata().getUid());
      long have = pods.stream().filter(pod -> isOwned(pod, deployment, true)).count();
      for (long i = have; i < deployment.getSpec().getReplicas(); i++) {
        create(deployment);
      }
    }
    Set<String> wanted = new HashSet<>();
    for (Pod pod : pods) {
      boolean orphan =
          pod.getMetadata().getOwnerReferences().stream()
              .noneMatch(owner -> owners.contains(owner.getUid()));
      if (orphan) {
        client.resource(pod).withGracePeriod(0).delete();
      } else {
        wanted.add(pod.getMetadata().getUid());
        keep(pod);
      }
    }
    for (String uid : Set.copyOf(running.keySet())) {
      if (!wanted.contains(uid)) {
        PodProcess gone = running.remove(uid);
        gone.kill();
        network.disconnect(gone.address());
      }
    }
  }

  private static boolean isOwned(Pod pod, Deployment deployment, boolean controlled) {
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      if (owner.getUid().equals(deployment.getMetadata().getUid())
          && (!controlled || "replica".equals(pod.getMetadata().getLabels().get("made-as")))) {
        return true;
      }
    }
    return false;
  }

  private void create(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    String name = deployment.getMetadata().getName();
    int number = numbers.merge(name, 1, Integer::sum);
    client
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

  /** Starts the process of a pod, or says that it has ended. */
  private void keep(Pod pod) throws IOException {
    String uid = pod.getMetadata().getUid();
    PodProcess process = running.get(uid);
    if (process == null) {
      String image = pod.getSpec().getContainers().get(0).getImage();
      Path root = images.get(image);
      if (root == null) {
        throw new IOException(
            "There is no image " + image + " for " + pod.getMetadata().getName() + ".");
      }
      process =
          new PodProcess(
              client,
              pod,
              folder.resolve(pod.getMetadata().getName()),
              root,
              folder.resolve("claims"),
              hosts,
              network.connect());
      running.put(uid, process);
      process.start(apiServer);
      status(pod, "Running", process.address().address());
    } else if (!process.isAlive()
        && (pod.getStatus() == null || !"Failed".equals(pod.getStatus().getPhase()))) {
      obituaries.add(
          "%s ended with exit code %d:%n%s"
              .formatted(pod.getMetadata().getName(), process.exitCode(), process.lastLines()));
      if ("Never".equals(pod.getSpec().getRestartPolicy())) {
        status(pod, "Failed", process.address().address());
      } else {
        process.start(apiServer);
      }
    }
  }

  private void status(Pod pod, String phase, String address) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .editStatus(
            current ->
                new PodBuilder(current)
                    .withStatus(
                        new PodStatusBuilder()
                            .withPhase(phase)
                            .withPodIP(address)
                            .addNewCondition()
                            .withType("PodScheduled")
                            .withStatus("True")
                            .endCondition()
                            .build())
                    .build());
  }

  @Override
  public void close() {
    stopped = true;
    synchronized (this) {
      running.values().forEach(PodProcess::kill);
    }
  }
}
