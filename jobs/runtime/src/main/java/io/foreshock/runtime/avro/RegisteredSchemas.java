package io.foreshock.runtime.avro;

import io.foreshock.codec.avro.SchemaIds;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ids found at start, which travel with the job's graph: a restart of tasks asks no registry.
 *
 * <p>A subject that is new, because a tenant is, is asked for when its first value comes. Ids are
 * the same for one schema under every subject, so when the registry is away or says no, the value
 * gets the id that the schema has elsewhere, and the registry is asked again {@value
 * #AGAIN_SECONDS} s later. Only a schema that the job did not declare at start needs the registry
 * at that moment.
 */
final class RegisteredSchemas implements SchemaIds {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredSchemas.class);

  static final long AGAIN_SECONDS = 30;

  private final AvroConfig config;
  private final Clock clock;
  private final Map<String, Map<Schema, Integer>> bySubject = new HashMap<>();
  private final Map<Schema, Integer> anywhere = new HashMap<>();

  private transient SchemaRegistry registry;
  private transient Map<String, Long> askAgainNanos;

  /** Nanoseconds from some origin. */
  interface Clock extends LongSupplier, Serializable {}

  RegisteredSchemas(AvroConfig config) {
    this(config, System::nanoTime);
  }

  RegisteredSchemas(AvroConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Asks the registry, and registers if that is allowed.
   *
   * @throws SchemaRegistryException when it does not answer, says no, or has not got the schema
   */
  int settle(String subject, Schema schema) {
    OptionalInt found = registry().find(subject, schema);
    if (found.isEmpty() && !config.autoRegister()) {
      throw new SchemaRegistryException(
          "Subject \"%s\" of the schema registry does not have the schema of %s, and avro.schema-registry.auto-register is false. Register it, or set that to true."
              .formatted(subject, schema.getFullName()),
          false,
          null);
    }
    int id = found.isPresent() ? found.getAsInt() : registry().register(subject, schema);
    bySubject.computeIfAbsent(subject, name -> new HashMap<>()).put(schema, id);
    anywhere.put(schema, id);
    return id;
  }

  @Override
  public Id idOf(String subject, Schema schema) {
    Map<Schema, Integer> known = bySubject.get(subject);
    Integer id = known == null ? null : known.get(schema);
    if (id != null) {
      return new Id(id, true);
    }
    Integer elsewhere = anywhere.get(schema);
    if (isTooSoon(subject) && elsewhere != null) {
      return new Id(elsewhere, false);
    }
    try {
      return new Id(settle(subject, schema), true);
    } catch (SchemaRegistryException e) {
      if (elsewhere == null) {
        throw new IllegalStateException(
            "Values of %s cannot be written to subject \"%s\": the job did not declare this schema at start, and %s"
                .formatted(schema.getFullName(), subject, e.getMessage()),
            e);
      }
      LOG.warn(
          "Values for subject \"{}\" carry schema id {}, which the schema has under other subjects; asked again in {} s. {}",
          subject,
          elsewhere,
          AGAIN_SECONDS,
          e.getMessage());
      askAgainNanos.put(subject, clock.getAsLong() + AGAIN_SECONDS * 1_000_000_000L);
      return new Id(elsewhere, false);
    }
  }

  private boolean isTooSoon(String subject) {
    if (askAgainNanos == null) {
      askAgainNanos = new HashMap<>();
    }
    Long again = askAgainNanos.get(subject);
    return again != null && clock.getAsLong() - again < 0;
  }

  private SchemaRegistry registry() {
    if (registry == null) {
      registry = new SchemaRegistry(config);
    }
    return registry;
  }
}
