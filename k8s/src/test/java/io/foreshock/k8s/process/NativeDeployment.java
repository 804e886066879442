package io.foreshock.k8s.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.foreshock.manifests.PodShape;
import io.foreshock.manifests.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.ClusterDeploymentException;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.KubernetesClusterClientFactory;
import org.apache.flink.kubernetes.KubernetesClusterDescriptor;

/**
 * Does with a FlinkDeployment what the operator does in native mode: turns it into Flink's
 * configuration and hands that to Flink's own Kubernetes client.
 */
final class NativeDeployment {
  /** The operator's default configuration for Flink since 1.19. */
  static final String JAVA_OPTS =
      String.join(
          " ",
          "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  private final Resource deployment;
  private final Path folder;

  /**
   * @param deployment as rendered
   * @param folder takes what the operator keeps in temporary files
   */
  NativeDeployment(Resource deployment, Path folder) {
    this.deployment = deployment;
    this.folder = folder.toAbsolutePath();
  }

  String name() {
    return deployment.name();
  }

  /**
   * Deploys the job.
   *
   * @param image image in place of the one in the manifest
   * @param savepoint where to start from; null for the beginning
   * @return the job's id
   */
  String deploy(String image, String savepoint) throws IOException, ClusterDeploymentException {
    Configuration configuration = configuration(image);
    String job = JobID.generate().toHexString();
    configuration.setString("$internal.pipeline.job-id", job);
    if (savepoint != null) {
      configuration.setString("execution.state-recovery.path", savepoint);
    }
    List<String> args = new ArrayList<>();
    deployment.body().at("/spec/job/args").forEach(arg -> args.add(arg.asText()));
    KubernetesClusterClientFactory factory = new KubernetesClusterClientFactory();
    try (KubernetesClusterDescriptor descriptor = factory.createClusterDescriptor(configuration)) {
      descriptor.deployApplicationCluster(
          factory.getClusterSpecification(configuration),
          new ApplicationConfiguration(
              args.toArray(new String[0]), deployment.text("/spec/job/entryClass")));
    }
    return job;
  }

  String namespace() {
    return deployment.namespace();
  }

  /** Removes the Deployment, and with it all that it owns. */
  void deleteDeployment(KubernetesClient client) {
    client.apps().deployments().inNamespace(namespace()).withName(name()).delete();
    client.services().inNamespace(namespace()).withLabels(Map.of("app", name())).delete();
  }

  /**
   * Removes what high availability keeps: it has no owner and outlives the Deployment.
   *
   * @return how many ConfigMaps that were
   */
  int deleteHighAvailability(KubernetesClient client) {
    var left =
        client
            .configMaps()
            .inNamespace(namespace())
            .withLabels(Map.of("app", name(), "configmap-type", "high-availability"));
    int found = left.list().getItems().size();
    left.delete();
    client.configMaps().inNamespace(namespace()).withLabels(Map.of("app", name())).delete();
    return found;
  }

  private Configuration configuration(String image) throws IOException {
    Configuration all = new Configuration();
    deployment.flinkConfiguration().forEach(all::setString);
    all.setString("env.java.default-opts.all", JAVA_OPTS);
    all.setString("execution.target", "kubernetes-application");
    all.setString("execution.shutdown-on-application-finish", "false");
    all.setString("execution.submit-failed-job-on-application-error", "true");
    all.setString("pipeline.name", name());
    all.setString("pipeline.jars", deployment.text("/spec/job/jarURI"));
    all.setString("parallelism.default", deployment.text("/spec/job/parallelism"));
    all.setString("kubernetes.cluster-id", name());
    all.setString("kubernetes.namespace", deployment.namespace());
    all.setString("kubernetes.container.image.ref", image);
    all.setString("kubernetes.service-account", deployment.text("/spec/serviceAccount"));
    all.setString("kubernetes.rest-service.exposed.type", "ClusterIP");
    all.setString("kubernetes.jobmanager.replicas", deployment.text("/spec/jobManager/replicas"));
    for (String role : List.of("jobManager", "taskManager")) {
      String process = role.toLowerCase(java.util.Locale.ROOT);
      all.setString(
          process + ".memory.process.size", deployment.text("/spec/" + role + "/resource/memory"));
      all.setString(
          "kubernetes." + process + ".cpu.amount",
          deployment.text("/spec/" + role + "/resource/cpu"));
      all.setString("kubernetes.pod-template-file." + process, template(role).toString());
    }
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("log4j-console.properties"),
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.console.ref = Console
        appender.console.name = Console
        appender.console.type = CONSOLE
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n%throwable{12}
        logger.kafka.name = org.apache.kafka
        logger.kafka.level = WARN
        logger.pekko.name = org.apache.pekko
        logger.pekko.level = WARN
        logger.metrics.name = org.apache.flink.metrics.MetricGroup
        logger.metrics.level = ERROR
        """);
    all.setString("$internal.deployment.config-dir", conf.toString());
    return all;
  }

  private Path template(String role) throws IOException {
    JsonNode template = PodShape.of(deployment, role);
    Path file = folder.resolve(role + "-template.yaml");
    Files.createDirectories(folder);
    Files.writeString(file, template.toString());
    return file;
  }
}
