package io.foreshock.k8s.process;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
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
 * What the kubelet of a cluster's one node does: runs pods as processes, restarts what ends in a
 * Deployment's pod, ends what is not wanted any more.
 */
final class ProcessKubelet implements AutoCloseable {
  private static final int CRASHES = 4;
  private static final long STEP_NANOS = 100_000_000L;

  private final Cluster cluster;
  private final KubernetesClient client;
  private final CellNetwork network;
  private final Path folder;
  private final Map<String, Path> images;
  private final Path hosts;
  private final Map<String, PodProcess> running = new HashMap<>();
  private final List<String> obituaries = new CopyOnWriteArrayList<>();
  private final Thread loop;
  private volatile boolean stopped;

  /**
   * @param images folder of each image that can be pulled
   * @param services addresses by host name, beside the cell's own
   */
  ProcessKubelet(
      Cluster cluster,
      CellNetwork network,
      Path folder,
      Map<String, Path> images,
      Map<String, String> services)
      throws IOException {
    this.cluster = cluster;
    this.client = cluster.client();
    this.network = network;
    this.folder = folder.toAbsolutePath();
    this.images = images;
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
    Set<String> wanted = new HashSet<>();
    for (Pod pod : cluster.wanted()) {
      wanted.add(pod.getMetadata().getUid());
      keep(pod);
    }
    for (String uid : Set.copyOf(running.keySet())) {
      if (!wanted.contains(uid)) {
        PodProcess gone = running.remove(uid);
        gone.kill();
        network.disconnect(gone.address());
      }
    }
    cluster.othersHaveEnded();
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
      CellNetwork.PodAddress address = network.connect();
      process =
          new PodProcess(
              client,
              pod,
              folder.resolve(pod.getMetadata().getName()),
              root,
              folder.resolve("claims"),
              hosts,
              address);
      try {
        process.start(cluster.address());
      } catch (IOException e) {
        // A ConfigMap may come after the pod: the next round tries again.
        network.disconnect(address);
        throw e;
      }
      running.put(uid, process);
      status(pod, "Running", process.address().address());
    } else if (!process.isAlive()
        && (pod.getStatus() == null || !"Failed".equals(pod.getStatus().getPhase()))) {
      obituaries.add(
          "%s ended with exit code %d:%n%s"
              .formatted(pod.getMetadata().getName(), process.exitCode(), process.lastLines()));
      if ("Never".equals(pod.getSpec().getRestartPolicy())) {
        status(pod, "Failed", process.address().address());
      } else {
        process.start(cluster.address());
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
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus(phase.equals("Running") ? "True" : "False")
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
