package io.foreshock.cli.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class TenantAclsTest {
  private final TestConsole console = new TestConsole();

  @Test
  void noNameOfATenantCoversAnother() {
    Map<String, List<Grant>> grants = plan(false, "t1", "t10", "t1-b").grants();
    for (String user : List.of("t1.consumer", "t1.devices")) {
      assertThat(grants.get(user))
          .allSatisfy(
              grant -> {
                for (String foreign :
                    List.of("t10.telemetry.raw", "t1-b.detections", "t10.group")) {
                  assertThat(covers(grant, foreign)).as(grant + " covers " + foreign).isFalse();
                }
              });
    }
    assertThatThrownBy(() -> Grant.prefixed("u", ResourceType.TOPIC, "t1", AclOperation.READ))
        .hasMessageStartingWith("A prefix must end with a dot");
  }

  @Test
  void refusesATenantWithTheScopeOfAllTenants() {
    assertThatThrownBy(() -> plan(true, "pool"))
        .hasMessageContaining("A tenant must not be named pool");
  }

  @Test
  void jobOfOneTenantSeesNoOther() {
    Map<String, List<Grant>> grants = plan(true, "t1", "t10").grants();
    assertThat(grants.keySet()).contains("plant-1.precursors.t1", "plant-1.precursors.t10");
    TreeSet<String> names = new TreeSet<>();
    grants.get("plant-1.precursors.t1").forEach(grant -> names.add(grant.pattern().name()));
    assertThat(names)
        .containsExactlyInAnyOrder(
            "t1.telemetry.raw",
            "t1.detections",
            "t1.telemetry.dlq",
            "t1.near-misses",
            "foreshock.patterns",
            "foreshock.patterns.status",
            "plant-1.t1.precursors",
            "plant-1.t1.precursors.",
            "kafka-cluster");
  }

  @Test
  void featuresWritesWhatItsSetsAreNamed() {
    List<Grant> grants = plan(false, "t1", "t10").grants().get("plant-1.features");
    assertThat(grants)
        .filteredOn(grant -> grant.operations().contains(AclOperation.WRITE))
        .extracting(grant -> grant.pattern().resourceType() + " " + grant.pattern().name())
        .containsExactlyInAnyOrder(
            "TOPIC t1.features.", "TOPIC t10.features.", "TRANSACTIONAL_ID plant-1.pool.features.");
    assertThat(grants)
        .extracting(grant -> grant.pattern().name())
        .contains("t1.telemetry", "t1.telemetry.backfill", "plant-1.pool.features");
  }

  @Test
  void probeSendsAndReadsAlertsAndNothingElse() {
    assertThat(plan(false, "t1").grants().get("plant-1.probe"))
        .extracting(grant -> grant.pattern().name() + " " + grant.operations())
        .containsExactlyInAnyOrder("t1.telemetry.raw [WRITE]", "t1.alerts [READ]");
  }

  @Test
  void ordersCommandsByOnePartition() {
    assertThat(TenantTopics.of("t1", 4, (short) 1))
        .allMatch(
            topic ->
                topic.numPartitions()
                    == (List.of("t1.commands", "t1.telemetry.dlq.replayed").contains(topic.name())
                        ? 1
                        : 4));
  }

  @Test
  void writesUsersOfStrimzi() {
    assertThat(
            run(
                "--tenants",
                "acme",
                "--jobs",
                "ingest",
                "--installation",
                "plant-1",
                "--format",
                "strimzi",
                "--strimzi-cluster",
                "events"))
        .isZero();
    assertThat(console.output())
        .contains(
            """
            ---
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaUser
            metadata:
              name: acme.consumer
              labels:
                strimzi.io/cluster: events
            spec:
              authentication:
                type: scram-sha-512
              authorization:
                type: simple
                acls:
                  - resource:
                      type: topic
                      name: acme.
                      patternType: prefix
                    operations: [Read]
                  - resource:
                      type: group
                      name: acme.
                      patternType: prefix
                    operations: [Read]
            """)
        .contains(
            "      - resource:\n          type: cluster\n        operations: [DescribeConfigs]\n");
  }

  @Test
  void writesJson() throws Exception {
    assertThat(run("--tenants", "acme", "--format", "json", "--principal", "User:CN={name}"))
        .isZero();
    List<String> lines = new ArrayList<>();
    for (JsonNode acl : new ObjectMapper().readTree(console.output()).path("acls")) {
      lines.add(
          acl.path("principal").asText()
              + " "
              + acl.path("permission").asText()
              + " "
              + acl.path("operation").asText()
              + " "
              + acl.path("resourceType").asText()
              + " "
              + acl.path("name").asText()
              + " "
              + acl.path("patternType").asText());
    }
    assertThat(lines)
        .contains(
            "User:CN=acme.devices ALLOW WRITE TOPIC acme.telemetry.raw LITERAL",
            "User:CN=acme.consumer ALLOW READ TOPIC acme. PREFIXED",
            "User:CN=foreshock.precursors ALLOW WRITE TRANSACTIONAL_ID foreshock.pool.precursors. PREFIXED");
  }

  @Test
  void refusesNamesThatWouldMixUpRights() {
    refuses("A tenant must be lower case letters, digits and dashes, but is \"a.b\".", "a.b");
    refuses("A tenant must not be named foreshock", "foreshock");
    assertThat(run("--tenants", "acme", "--installation", "acme")).isEqualTo(2);
    assertThat(console.errors()).contains("Tenant \"acme\" is named as the installation");
    assertThat(run("--tenants", "acme", "--jobs", "precursor")).isEqualTo(2);
    assertThat(console.errors())
        .contains(
            "--jobs takes precursors, ingest, sessions, features, alerts, notifier, mqtt-bridge, probe, but \"precursor\" is none of them.");
    assertThat(run("--tenants", "acme", "--format", "xml")).isEqualTo(2);
  }

  private void refuses(String message, String tenant) {
    assertThat(run("--tenants", tenant)).isEqualTo(2);
    assertThat(console.errors()).contains(message);
  }

  private static boolean covers(Grant grant, String name) {
    String pattern = grant.pattern().name();
    return grant.isPrefixed() ? name.startsWith(pattern) : name.equals(pattern);
  }

  private static AccessPlan plan(boolean perTenant, String... tenants) {
    return new AccessPlan("plant-1", List.of(tenants), List.of(JobAccess.values()), perTenant);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("tenants", "acls"));
    all.addAll(List.of(arguments));
    return console.execute(all);
  }
}
