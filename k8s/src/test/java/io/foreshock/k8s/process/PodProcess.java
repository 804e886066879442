package io.foreshock.k8s.process;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod's one container as a process: the image's folder as root, read-only where the pod says so,
 * volumes mounted, the pod's user, no capabilities, an address of its own.
 */
final class PodProcess {
  private static final String TOKENS = "/var/run/secrets/kubernetes.io/serviceaccount";

  private final KubernetesClient client;
  private final Pod pod;
  private final Path folder;
  private final Path image;
  private final Path claims;
  private final Path hosts;
  private final CellNetwork.PodAddress address;
  private Process process;

  PodProcess(
      KubernetesClient client,
      Pod pod,
      Path folder,
      Path image,
      Path claims,
      Path hosts,
      CellNetwork.PodAddress address) {
    this.client = client;
    this.pod = pod;
    this.folder = folder;
    this.image = image;
    this.claims = claims;
    this.hosts = hosts;
    this.address = address;
  }

  CellNetwork.PodAddress address() {
    return address;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  String lineWith(String text) throws IOException {
    return Files.exists(log())
        ? Files.readAllLines(log(), StandardCharsets.ISO_8859_1).stream()
            .filter(line -> line.contains(text))
            .findFirst()
            .orElse(null)
        : null;
  }

  private Path log() {
    return folder.resolve("container.log");
  }

  void start(String apiServer) throws IOException {
    Files.createDirectories(folder);
    Path script = folder.resolve("start.sh");
    Files.writeString(script, script(apiServer));
    process =
        new ProcessBuilder(
                "nsenter",
                "--net=/run/netns/" + address.namespace(),
                "unshare",
                "--mount",
                "--uts",
                "--propagation",
                "private",
                "sh",
                script.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    process.getOutputStream().close();
  }

  /** Ends it as a kubelet does when there is no time left. */
  void kill() {
    if (process != null) {
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String script(String apiServer) throws IOException {
    Container container = pod.getSpec().getContainers().get(0);
    List<String> lines = new ArrayList<>();
    lines.add("set -e");
    lines.add("R=/mnt");
    lines.add("mount -t tmpfs -o mode=755 tmpfs $R");
    lines.add("cd $R");
    lines.add("mkdir -p proc dev etc opt/flink opt/java/openjdk tmp var run");
    lines.add(
        "for d in bin sbin lib lib64 usr; do if [ -L /$d ]; then cp -P /$d $d; elif [ -d /$d ]; then mkdir $d; mount --bind /$d $d; fi; done");
    lines.add("mount --rbind /proc proc");
    lines.add("mount --rbind /dev dev");
    lines.add(
        "for f in group nsswitch.conf ld.so.cache localtime; do [ ! -f /etc/$f ] || cp /etc/$f etc/$f; done");
    lines.add(
        "cp /etc/passwd etc/passwd; echo 'flink:x:9999:9999::/opt/flink:/bin/sh' >>etc/passwd");
    // Debian's JDK keeps its configuration below /etc.
    lines.add(
        "for d in /etc/java-* /etc/ssl /etc/alternatives; do [ ! -d $d ] || cp -a $d etc/; done");
    lines.add("cp " + hosts + " etc/hosts");
    lines.add("echo '" + address.address() + " " + name() + "' >>etc/hosts");
    lines.add("echo " + name() + " >/proc/sys/kernel/hostname");
    lines.add("mount --bind " + System.getProperty("java.home") + " opt/java/openjdk");
    lines.add("mount --bind " + image.resolve("opt/flink") + " opt/flink");
    lines.add("cp " + image.resolve("docker-entrypoint.sh") + " docker-entrypoint.sh");
    Map<String, Path> volumes = volumes();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path source = volumes.get(mount.getName());
      if (source == null) {
        throw new IOException("Pod " + name() + " mounts no volume " + mount.getName() + ".");
      }
      mount(lines, source, mount.getMountPath(), Boolean.TRUE.equals(mount.getReadOnly()));
    }
    // A real API server has put the service account's token among the volumes.
    if (container.getVolumeMounts().stream().noneMatch(m -> m.getMountPath().equals(TOKENS))) {
      mount(lines, token(), TOKENS, true);
    }
    boolean readOnly =
        container.getSecurityContext() != null
            && Boolean.TRUE.equals(container.getSecurityContext().getReadOnlyRootFilesystem());
    if (readOnly) {
      lines.add("mount -o remount,bind,ro $R/opt/flink");
      lines.add("mount -o remount,ro $R");
    }
    lines.add("cd /");
    lines.add(
        "exec chroot $R /usr/bin/setpriv --reuid %1$d --regid %1$d --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs env -i %2$s %3$s"
            .formatted(user(), environment(container, apiServer), command(container)));
    return String.join("\n", lines) + "\n";
  }

  private void mount(List<String> lines, Path source, String path, boolean readOnly)
      throws IOException {
    if (path.startsWith("/opt/flink/")) {
      // A container runtime makes the mount point in the image, too.
      Files.createDirectories(image.resolve(path.substring(1)));
    } else {
      lines.add("mkdir -p ." + path);
    }
    lines.add("mount --bind " + source + " ." + path);
    if (readOnly) {
      lines.add("mount -o remount,bind,ro ." + path);
    }
  }

  private Map<String, Path> volumes() throws IOException {
    Map<String, Path> all = new HashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      Path target = folder.resolve("volumes").resolve(volume.getName());
      if (volume.getPersistentVolumeClaim() != null) {
        target = claims.resolve(volume.getPersistentVolumeClaim().getClaimName());
      }
      Files.createDirectories(target);
      if (volume.getConfigMap() != null) {
        var map =
            client
                .configMaps()
                .inNamespace(namespace())
                .withName(volume.getConfigMap().getName())
                .get();
        if (map == null) {
          throw new IOException("There is no ConfigMap " + volume.getConfigMap().getName() + ".");
        }
        write(target, map.getData(), volume.getConfigMap().getItems());
      } else if (volume.getSecret() != null) {
        var secret =
            client
                .secrets()
                .inNamespace(namespace())
                .withName(volume.getSecret().getSecretName())
                .get();
        if (secret == null) {
          throw new IOException("There is no Secret " + volume.getSecret().getSecretName() + ".");
        }
        Map<String, String> plain = new HashMap<>();
        secret
            .getData()
            .forEach((key, value) -> plain.put(key, new String(Base64.getDecoder().decode(value))));
        write(target, plain, volume.getSecret().getItems());
      } else {
        // fsGroup: what can be written belongs to the pod's group.
        Shell.run("chown", user() + ":" + user(), target.toString());
      }
      all.put(volume.getName(), target);
    }
    return all;
  }

  private static void write(Path folder, Map<String, String> data, List<KeyToPath> items)
      throws IOException {
    if (items == null || items.isEmpty()) {
      for (Map.Entry<String, String> entry : data.entrySet()) {
        Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
      }
    } else {
      for (KeyToPath item : items) {
        Files.writeString(folder.resolve(item.getPath()), data.get(item.getKey()));
      }
    }
  }

  private Path token() throws IOException {
    Path target = Files.createDirectories(folder.resolve("token"));
    Files.writeString(
        target.resolve("token"), ApiServer.token(pod.getSpec().getServiceAccountName()));
    Files.writeString(target.resolve("namespace"), namespace());
    return target;
  }

  private long user() {
    PodSecurityContext context = pod.getSpec().getSecurityContext();
    return context == null || context.getRunAsUser() == null ? 0 : context.getRunAsUser();
  }

  private String environment(Container container, String apiServer) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("PATH", "/opt/flink/bin:/opt/java/openjdk/bin:/usr/bin:/bin");
    all.put("JAVA_HOME", "/opt/java/openjdk");
    all.put("FLINK_HOME", "/opt/flink");
    all.put("HOSTNAME", name());
    all.put("KUBERNETES_MASTER", apiServer);
    // The configuration says so, but no script reads it here.
    all.put("FLINK_JAVA_OPTS", NativeDeployment.JAVA_OPTS + " -XX:TieredStopAtLevel=1");
    for (EnvVar variable : container.getEnv()) {
      String value = variable.getValue();
      if (variable.getValueFrom() != null && variable.getValueFrom().getFieldRef() != null) {
        value =
            switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
              case "status.podIP" -> address.address();
              case "metadata.name" -> name();
              case "metadata.namespace" -> namespace();
              default -> "node-1";
            };
      }
      if (value != null) {
        all.put(variable.getName(), value);
      }
    }
    StringBuilder text = new StringBuilder();
    all.forEach((key, value) -> text.append(quoted(key + "=" + value)).append(' '));
    return text.toString();
  }

  private static String command(Container container) {
    List<String> all = new ArrayList<>();
    if (container.getCommand() != null) {
      all.addAll(container.getCommand());
    }
    if (all.isEmpty()) {
      all.add("/docker-entrypoint.sh");
    }
    all.addAll(container.getArgs());
    return String.join(" ", all.stream().map(PodProcess::quoted).toList());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private String name() {
    return pod.getMetadata().getName();
  }

  private String namespace() {
    return pod.getMetadata().getNamespace();
  }
}
