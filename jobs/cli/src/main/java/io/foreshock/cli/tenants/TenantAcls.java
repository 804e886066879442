package io.foreshock.cli.tenants;

import io.foreshock.cli.CliFailure;
import io.foreshock.cli.kafka.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock tenants acls}. */
@Command(
    name = "acls",
    description = {
      "Writes the rights that jobs, devices and consumers of tenants need on Kafka, and no more; --apply grants them.",
      ""
    },
    mixinStandardHelpOptions = true)
final class TenantAcls implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaConnection kafka;

  @Option(
      names = "--tenants",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "Tenants, separated by commas.")
  private List<String> tenants;

  @Option(
      names = "--installation",
      paramLabel = "NAME",
      defaultValue = "foreshock",
      description =
          "Option `installation` of the jobs: begins their names, consumer groups and transactional ids"
              + " (default: ${DEFAULT-VALUE}).")
  private String installation;

  @Option(
      names = "--jobs",
      split = ",",
      paramLabel = "NAME",
      description = "Jobs that run (default: all that are known).")
  private List<String> jobs;

  @Option(
      names = "--job-per-tenant",
      description = "Each tenant has jobs of its own, with principals of their own.")
  private boolean perTenant;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "kafka-acls-script",
      description = "kafka-acls-script, json or strimzi (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--principal",
      paramLabel = "TEMPLATE",
      defaultValue = "User:{name}",
      description =
          "How brokers name a user; e.g. User:CN={name} for certificates without mapping rules"
              + " (default: ${DEFAULT-VALUE}).")
  private String principal;

  @Option(
      names = "--strimzi-cluster",
      paramLabel = "NAME",
      defaultValue = "kafka",
      description = "Name of the Kafka resource of Strimzi (default: ${DEFAULT-VALUE}).")
  private String cluster;

  @Option(
      names = "--strimzi-authentication",
      paramLabel = "TYPE",
      defaultValue = "scram-sha-512",
      description = "scram-sha-512 or tls (default: ${DEFAULT-VALUE}).")
  private String authentication;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write here (default: standard output).")
  private Path out;

  @Option(
      names = "--apply",
      description = "Grant them now, on --bootstrap-servers; what is granted already stays.")
  private boolean apply;

  @Override
  public Integer call() {
    Map<String, List<Grant>> grants =
        new AccessPlan(installation(), tenants, jobs(), perTenant).grants();
    AclFormat.Naming naming = new AclFormat.Naming(principal(), cluster, authentication());
    String text = format().write(grants, naming);
    PrintWriter console = spec.commandLine().getOut();
    if (apply) {
      apply(grants, naming, console);
    }
    if (out != null) {
      write(text);
    } else if (!apply) {
      console.print(text);
    }
    console.flush();
    return 0;
  }

  private void apply(
      Map<String, List<Grant>> grants, AclFormat.Naming naming, PrintWriter console) {
    List<AclBinding> bindings = new ArrayList<>();
    grants.forEach(
        (user, list) ->
            list.forEach(grant -> bindings.addAll(grant.bindings(naming.principal(user)))));
    kafka.ask(admin -> KafkaConnection.answer(admin.createAcls(bindings).all()));
    console.println(
        "%d rights of %d users are granted on %s"
            .formatted(bindings.size(), grants.size(), kafka.servers()));
  }

  private void write(String text) {
    try {
      Files.writeString(out, text);
    } catch (IOException e) {
      throw CliFailure.failed("Cannot write " + out + ": " + e, e);
    }
  }

  private String installation() {
    if (!installation.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
      throw CliFailure.wrongInput(
          "--installation must be lower case letters, digits and dashes, but is \""
              + installation
              + "\".");
    }
    return installation;
  }

  private List<JobAccess> jobs() {
    if (jobs == null) {
      return List.of(JobAccess.values());
    }
    return jobs.stream()
        .map(
            name ->
                JobAccess.named(name)
                    .orElseThrow(
                        () ->
                            CliFailure.wrongInput(
                                "--jobs takes %s, but \"%s\" is none of them."
                                    .formatted(String.join(", ", JobAccess.names()), name))))
        .toList();
  }

  private AclFormat format() {
    return switch (format) {
      case "kafka-acls-script" -> AclFormat.KAFKA_ACLS_SCRIPT;
      case "json" -> AclFormat.JSON;
      case "strimzi" -> AclFormat.STRIMZI;
      default ->
          throw CliFailure.wrongInput(
              "--format must be kafka-acls-script, json or strimzi, but is \"" + format + "\".");
    };
  }

  private String principal() {
    if (!principal.matches("User:[^']*\\{name}[^']*")) {
      throw CliFailure.wrongInput(
          "--principal must begin with User: and hold {name}, but is \"" + principal + "\".");
    }
    return principal;
  }

  private String authentication() {
    if (!List.of("scram-sha-512", "tls").contains(authentication)) {
      throw CliFailure.wrongInput(
          "--strimzi-authentication must be scram-sha-512 or tls, but is \""
              + authentication
              + "\".");
    }
    return authentication;
  }
}
