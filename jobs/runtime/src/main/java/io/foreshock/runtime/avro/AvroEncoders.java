package io.foreshock.runtime.avro;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.codec.avro.ConfluentEncoder;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.TenantNames;
import io.foreshock.runtime.kafka.TopicPerTenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Makes the encoder of a job, before the job is submitted. */
public final class AvroEncoders {

  private AvroEncoders() {}

  /**
   * Without a registry: single-object encoding. With one: every schema has an id afterwards, for
   * every tenant there is now, so that the job runs on when the registry is away.
   *
   * @param kafka which tenants are served; the brokers are asked when it is all
   * @param schemas what the job writes to each kind of topic
   * @throws StartRefused when the registry does not answer, or naming every schema it refuses
   */
  public static AvroValueEncoder prepare(
      AvroConfig config, KafkaConfig kafka, Map<? extends TopicPerTenant, Schema> schemas) {
    return config.usesRegistry()
        ? prepare(config, TenantNames.served(kafka), schemas)
        : new SingleObjectEncoder();
  }

  static AvroValueEncoder prepare(
      AvroConfig config,
      Collection<String> tenants,
      Map<? extends TopicPerTenant, Schema> schemas) {
    RegisteredSchemas registered = new RegisteredSchemas(config);
    List<String> problems = new ArrayList<>();
    for (String tenant : tenants) {
      schemas.forEach(
          (topic, schema) -> {
            try {
              registered.settle(ConfluentEncoder.subject(topic.of(tenant)), schema);
            } catch (SchemaRegistryException e) {
              if (e.isAway()) {
                throw new StartRefused(List.of(e.getMessage()), e);
              }
              problems.add(e.getMessage());
            }
          });
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return new ConfluentEncoder(registered);
  }
}
