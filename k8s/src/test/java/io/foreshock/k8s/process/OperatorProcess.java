package io.foreshock.k8s.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Rung 6: the Flink Kubernetes Operator itself, from a class path that somebody gives, beside a
 * {@link RealCluster}.
 */
final class OperatorProcess implements AutoCloseable {
  /** Names the jars of the operator, e.g. the shaded jar of its build. */
  static final String CLASS_PATH = "FORESHOCK_OPERATOR_CLASSPATH";

  private static final String API = "flink.apache.org/v1beta1";

  private final KubernetesClient client;
  private final String namespace;
  private final Path hosts;
  private final Path log;
  private final Process process;

  /**
   * @param namespace of the deployments; the operator watches all
   * @param folder takes its configuration, log and host names
   */
  OperatorProcess(RealCluster cluster, String namespace, Path folder) throws IOException {
    this.client = cluster.client();
    this.namespace = namespace;
    Path conf = Files.createDirectories(folder.toAbsolutePath().resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        """
        kubernetes.operator.reconcile.interval: 5 s
        kubernetes.operator.observer.progress-check.interval: 2 s
        kubernetes.operator.snapshot.resource.enabled: true
        """);
    Path logging = conf.resolve("log4j-operator.properties");
    Files.writeString(
        logging,
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.console.ref = Console
        appender.console.name = Console
        appender.console.type = CONSOLE
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} %X{resource.name} - %m%n%throwable{12}
        """);
    hosts = folder.resolve("hosts").toAbsolutePath();
    nameServices(Map.of());
    log = folder.resolve("operator.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djdk.net.hosts.file=" + hosts,
                "-Dsun.net.inetaddr.ttl=1",
                "-Dlog4j.configurationFile=" + logging,
                "-Dsun.net.inetaddr.negative.ttl=0",
                "-cp",
                System.getenv(CLASS_PATH),
                "org.apache.flink.kubernetes.operator.FlinkOperator"));
    builder.environment().put("KUBECONFIG", cluster.plane().kubeconfigFile().toString());
    // Without it the operator takes itself for one under development, and every service for
    // localhost.
    builder.environment().put("KUBERNETES_SERVICE_HOST", CellNetwork.GATEWAY);
    builder.environment().put("KUBERNETES_SERVICE_PORT", "6443");
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    builder.environment().put("OPERATOR_NAMESPACE", "default");
    builder.environment().put("OPERATOR_NAME", "flink-kubernetes-operator");
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
  }

  /** What a cluster's name server says of services: their names and addresses. */
  void nameServices(Map<String, String> addresses) throws IOException {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    addresses.forEach(
        (name, address) -> text.append(address).append(' ').append(name).append('\n'));
    Files.writeString(hosts, text);
  }

  /** A resource of the operator's. */
  Resource<GenericKubernetesResource> resource(String kind, String name) {
    return client.genericKubernetesResources(API, kind).inNamespace(namespace).withName(name);
  }

  void create(ObjectNode body) {
    client
        .resource(Serialization.unmarshal(body.toString(), GenericKubernetesResource.class))
        .create();
  }

  /** Its status; empty when there is none. */
  JsonNode status(String kind, String name) {
    return body(kind, name).path("status");
  }

  JsonNode body(String kind, String name) {
    return new ObjectMapper()
        .valueToTree(
            Serialization.unmarshal(Serialization.asJson(resource(kind, name).get()), Map.class));
  }

  /**
   * Whether the deployment is done, as {@code k8s/README.md} says: the operator has seen this
   * generation, has no complaint, and the job runs.
   */
  boolean isDone(String name) {
    JsonNode all = body("FlinkDeployment", name);
    JsonNode status = all.path("status");
    return status.path("observedGeneration").asLong(-1) == all.at("/metadata/generation").asLong()
        && status.path("error").asText("").isEmpty()
        && status.at("/jobStatus/state").asText().equals("RUNNING");
  }

  /** Why there is no use in waiting; null while it lives. */
  String obituary() {
    if (process.isAlive()) {
      return null;
    }
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return "The operator has ended:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "The operator has ended: " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
