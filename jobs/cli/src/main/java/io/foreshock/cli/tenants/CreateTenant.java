package io.foreshock.cli.tenants;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock tenants create}. */
@Command(
    name = "create",
    description = {
      "Creates the topics of a tenant with the settings that jobs need, and those that control all jobs. What exists"
          + " is left as it is; exit code 1 when its settings are not what jobs need.",
      ""
    },
    mixinStandardHelpOptions = true)
final class CreateTenant implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaConnection kafka;

  @Parameters(paramLabel = "NAME", description = "Lower case letters, digits and dashes.")
  private String tenant;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Partitions of each topic, at least the parallelism of the jobs (default: ${DEFAULT-VALUE});"
              + " commands have one, which keeps their order.")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Replicas of each partition (default: what the brokers have as default).")
  private short replication;

  @Option(names = "--dry-run", description = "Say what would be created, and create nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (!TenantTopic.isTenant(tenant)
        || tenant.equals("foreshock")
        || tenant.equals(KafkaConfig.POOL)) {
      throw CliFailure.wrongInput(
          "A tenant must be lower case letters, digits and dashes, and neither foreshock nor pool, but is \""
              + tenant
              + "\".");
    }
    if (partitions < 1) {
      throw CliFailure.wrongInput("--partitions must be positive, but is " + partitions + ".");
    }
    List<NewTopic> wanted = new ArrayList<>(TenantTopics.control(replication));
    wanted.addAll(TenantTopics.of(tenant, partitions, replication));
    return kafka.ask(admin -> create(admin, wanted));
  }

  private int create(Admin admin, List<NewTopic> wanted)
      throws ExecutionException, TimeoutException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Set<String> existing = KafkaConnection.answer(admin.listTopics().names());
    // One after the other: the raw topic is last, so that jobs find everything when they find it.
    for (NewTopic topic : wanted) {
      if (!existing.contains(topic.name())) {
        if (!dryRun) {
          KafkaConnection.answer(admin.createTopics(List.of(topic)).all());
        }
        out.printf("%s %s%s%n", topic.name(), dryRun ? "is missing" : "created", settings(topic));
      }
    }
    int wrong =
        check(
            admin, wanted.stream().filter(topic -> existing.contains(topic.name())).toList(), out);
    out.flush();
    return wrong == 0 ? 0 : 1;
  }

  private int check(Admin admin, Collection<NewTopic> topics, PrintWriter out)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<ConfigResource, Config> configs =
        KafkaConnection.answer(
            admin.describeConfigs(topics.stream().map(CreateTenant::resource).toList()).all());
    int wrong = 0;
    for (NewTopic topic : topics) {
      String differs = "";
      for (Map.Entry<String, String> setting : topic.configs().entrySet()) {
        String value = configs.get(resource(topic)).get(setting.getKey()).value();
        if (!setting.getValue().equals(value)) {
          differs +=
              ", but has %s=%s and needs %s: kafka-configs.sh --alter --topic %s --add-config %s=%s"
                  .formatted(
                      setting.getKey(),
                      value,
                      setting.getValue(),
                      topic.name(),
                      setting.getKey(),
                      setting.getValue());
        }
      }
      wrong += differs.isEmpty() ? 0 : 1;
      out.println(topic.name() + " exists" + differs);
    }
    return wrong;
  }

  private static ConfigResource resource(NewTopic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static String settings(NewTopic topic) {
    StringBuilder text = new StringBuilder();
    topic
        .configs()
        .forEach((key, value) -> text.append(", ").append(key).append('=').append(value));
    return text.toString();
  }
}
