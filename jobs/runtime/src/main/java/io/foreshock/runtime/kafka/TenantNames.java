package io.foreshock.runtime.kafka;

import io.foreshock.runtime.StartRefused;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Which tenants there are. */
public final class TenantNames {

  private TenantNames() {}

  /**
   * Tenants that the job serves when it starts: those that are named, or all that have telemetry
   * now, raw or clean. Ask after {@link KafkaStartChecks}, which says more when Kafka does not
   * answer.
   *
   * @throws StartRefused when Kafka does not answer
   */
  public static List<String> served(KafkaConfig config) {
    if (!config.servesEveryTenant()) {
      return config.tenants();
    }
    Properties properties = config.clientProperties();
    properties.setProperty(
        "default.api.timeout.ms", String.valueOf(config.checkTimeout().toMillis()));
    properties.setProperty(
        "request.timeout.ms", String.valueOf(Math.max(1, config.checkTimeout().toMillis() / 2)));
    try (Admin admin = Admin.create(properties)) {
      return admin
          .listTopics()
          .names()
          .get(config.checkTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .stream()
          .flatMap(TenantNames::tenantOf)
          .distinct()
          .sorted()
          .toList();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new StartRefused(
          List.of(
              "Kafka on "
                  + config.bootstrapServers()
                  + " does not say which tenants there are. Check kafka.bootstrap-servers and the network."),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused(List.of("Interrupted while asking Kafka."), e);
    }
  }

  private static Stream<String> tenantOf(String topic) {
    return Stream.of(TenantTopic.RAW, TenantTopic.TELEMETRY)
        .filter(kind -> kind.matches(topic))
        .map(kind -> kind.tenantOf(topic));
  }
}
