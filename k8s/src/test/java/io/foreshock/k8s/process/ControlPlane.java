package io.foreshock.k8s.process;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.foreshock.local.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Kubernetes' own processes inside a {@link Cell}: etcd, API server with RBAC, the controllers that
 * Flink needs, scheduler. Ports are fixed: the cell has a network of its own.
 */
final class ControlPlane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String ADMIN = "admin-7d41";
  private static final int PORT = 6443;

  /** An alpha feature of this version, without which pods cannot claim a disk of their own. */
  private static final String GATES = "--feature-gates=GenericEphemeralVolume=true";

  private final Path binaries;
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts everything and returns when the API server is ready.
   *
   * @param binaries folder of kube-apiserver, kube-controller-manager and kube-scheduler
   * @param folder takes data, certificates and logs
   */
  ControlPlane(Path binaries, Path folder) throws IOException {
    this.binaries = binaries;
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    writeServiceAccountKeys();
    Files.writeString(path("tokens.csv"), ADMIN + ",admin,admin,\"system:masters\"\n");
    Files.writeString(path("kubeconfig"), kubeconfig());
    start("etcd", List.of("etcd", "--data-dir", path("etcd").toString()));
    startApiServer();
    startControllers();
  }

  private void startApiServer() throws IOException {
    start(
        "kube-apiserver",
        List.of(
            "--etcd-servers=http://127.0.0.1:2379",
            "--bind-address=0.0.0.0",
            "--advertise-address=" + CellNetwork.GATEWAY,
            "--secure-port=" + PORT,
            "--cert-dir=" + path("certificates"),
            "--authorization-mode=RBAC",
            "--token-auth-file=" + path("tokens.csv"),
            "--service-account-key-file=" + path("accounts.pub"),
            "--service-account-signing-key-file=" + path("accounts.key"),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.96.0.0/16",
            GATES));
    Await.until(
        "the API server",
        PATIENCE,
        () -> Shell.succeeds(curl("/readyz")),
        () -> processes.stream().allMatch(Process::isAlive) ? null : logs());
  }

  private void startControllers() throws IOException {
    start(
        "kube-controller-manager",
        List.of(
            "--kubeconfig=" + path("kubeconfig"),
            "--service-account-private-key-file=" + path("accounts.key"),
            "--root-ca-file=" + authority(),
            "--leader-elect=false",
            "--controllers=deployment,replicaset,garbagecollector,namespace,serviceaccount,serviceaccount-token,endpoint,persistentvolume-binder,ephemeral-volume,pvc-protection,pv-protection",
            GATES));
    start(
        "kube-scheduler",
        List.of("--kubeconfig=" + path("kubeconfig"), "--leader-elect=false", GATES));
  }

  private List<String> curl(String resource) {
    return List.of(
        "curl",
        "-fs",
        "--cacert",
        authority().toString(),
        "-H",
        "Authorization: Bearer " + ADMIN,
        address() + resource);
  }

  String address() {
    return "https://" + CellNetwork.GATEWAY + ":" + PORT;
  }

  /** For clients that read a file. */
  Path kubeconfigFile() {
    return path("kubeconfig");
  }

  /** The API server has signed its certificate itself; the file holds both. */
  private Path authority() {
    return path("certificates").resolve("apiserver.crt");
  }

  /** For clients of fabric8's, also those inside Flink. */
  Map<String, String> clientProperties() {
    return Map.of(
        Config.KUBERNETES_MASTER_SYSTEM_PROPERTY,
        address(),
        Config.KUBERNETES_OAUTH_TOKEN_SYSTEM_PROPERTY,
        ADMIN,
        Config.KUBERNETES_CA_CERTIFICATE_FILE_SYSTEM_PROPERTY,
        authority().toString());
  }

  Config clientConfig() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(address())
        .withOauthToken(ADMIN)
        .withCaCertFile(authority().toString())
        .build();
  }

  private String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters: [{name: cell, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: admin, user: {token: %s}}]
        contexts: [{name: cell, context: {cluster: cell, user: admin}}]
        current-context: cell
        """
        .formatted(address(), authority(), ADMIN);
  }

  private void writeServiceAccountKeys() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair keys = generator.generateKeyPair();
      pem("accounts.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
      pem("accounts.pub", "PUBLIC KEY", keys.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pem(String file, String kind, byte[] content) throws IOException {
    Files.writeString(
        path(file),
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)));
  }

  private void start(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(arguments);
    if (!name.equals("etcd")) {
      command.add(0, binaries.resolve(name).toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(path(name + ".log").toFile())
            .start();
    process.getOutputStream().close();
    processes.add(process);
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("etcd", "kube-apiserver")) {
      try {
        List<String> lines = Files.readAllLines(path(name + ".log"), StandardCharsets.UTF_8);
        lines
            .subList(Math.max(0, lines.size() - 10), lines.size())
            .forEach(l -> all.append(l).append('\n'));
      } catch (IOException e) {
        all.append(e).append('\n');
      }
    }
    return all.toString();
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).destroyForcibly();
    }
  }
}
