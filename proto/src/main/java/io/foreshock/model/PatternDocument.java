package io.foreshock.model;

import java.util.Objects;

/**
 * A pattern as its author wrote it.
 *
 * @param tenant tenant that owns it; empty for every tenant
 * @param name kebab case
 * @param version from 1
 * @param yaml the document
 * @param paused known, but matches nothing
 * @param publishedAtMillis when it was published, milliseconds since 1970; 0 for a file of the job
 * @param publishedBy who published it; empty when not stated
 */
public record PatternDocument(
    String tenant,
    String name,
    int version,
    String yaml,
    boolean paused,
    long publishedAtMillis,
    String publishedBy) {
  /** Scope of a document for every tenant; no tenant's name begins so. */
  public static final String EVERY_TENANT = "_all";

  public PatternDocument {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(yaml, "yaml");
    Objects.requireNonNull(publishedBy, "publishedBy");
  }

  /** Key on the topic: scope and name. */
  public String key() {
    return key(tenant, name);
  }

  /**
   * @param tenant empty for every tenant
   */
  public static String key(String tenant, String name) {
    return (tenant.isEmpty() ? EVERY_TENANT : tenant) + '/' + name;
  }

  /** Whether the other does the same, whoever published it and when. */
  public boolean sameAs(PatternDocument other) {
    return other != null
        && tenant.equals(other.tenant)
        && name.equals(other.name)
        && version == other.version
        && paused == other.paused
        && yaml.equals(other.yaml);
  }

  public PatternDocument withPaused(boolean pause) {
    return new PatternDocument(tenant, name, version, yaml, pause, publishedAtMillis, publishedBy);
  }

  public PatternDocument published(long atMillis, String by) {
    return new PatternDocument(tenant, name, version, yaml, paused, atMillis, by);
  }
}
