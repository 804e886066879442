package io.foreshock.k8s.process;

import java.util.concurrent.atomic.AtomicInteger;

/** The network of a cell: a bridge, and a namespace with an address on it for each pod. */
final class CellNetwork {
  /** The cell itself, as pods see it. */
  static final String GATEWAY = "10.244.0.1";

  private final AtomicInteger pods = new AtomicInteger(10);

  /** A namespace and the address in it. */
  record PodAddress(String namespace, String address) {}

  CellNetwork() {
    // Names of namespaces are files below /run.
    Shell.run("mount", "-t", "tmpfs", "tmpfs", "/run");
    Shell.run("ip", "link", "set", "lo", "up");
    Shell.run("ip", "link", "add", "cni0", "type", "bridge");
    Shell.run("ip", "addr", "add", GATEWAY + "/16", "dev", "cni0");
    Shell.run("ip", "link", "set", "cni0", "up");
  }

  PodAddress connect() {
    int number = pods.incrementAndGet();
    String namespace = "pod-" + number;
    String address = "10.244." + number / 250 + "." + number % 250;
    Shell.run("ip", "netns", "add", namespace);
    String outside = "veth" + number;
    Shell.run(
        "ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    Shell.run("ip", "link", "set", outside, "master", "cni0", "up");
    Shell.run("ip", "-n", namespace, "addr", "add", address + "/16", "dev", "eth0");
    Shell.run("ip", "-n", namespace, "link", "set", "lo", "up");
    Shell.run("ip", "-n", namespace, "link", "set", "eth0", "up");
    return new PodAddress(namespace, address);
  }

  void disconnect(PodAddress pod) {
    Shell.succeeds(java.util.List.of("ip", "netns", "del", pod.namespace()));
  }
}
