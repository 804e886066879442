package io.foreshock.operators;

import org.slf4j.MDC;

/**
 * Whom a line of the log is about, for log formats with fields: {@code tenant} and {@code asset} of
 * SLF4J's diagnostic context until closed. Flink puts the job's id there itself ({@code
 * flink-job-id}).
 *
 * <pre>{@code
 * try (LogSubject subject = LogSubject.ofKey("acme/pump-7")) {
 *   LOG.warn("Lost a message of asset {}", subject.name());
 * }
 * }</pre>
 *
 * <p>For warnings, which are rare: not for what happens with each record.
 */
public final class LogSubject implements AutoCloseable {
  private static final String TENANT = "tenant";
  private static final String ASSET = "asset";

  private final String name;

  private LogSubject(String name, String tenant, String asset) {
    this.name = name;
    MDC.put(TENANT, tenant);
    if (!asset.isEmpty()) {
      MDC.put(ASSET, asset);
    }
  }

  /**
   * An asset by its key.
   *
   * @param key tenant, slash, asset; without a slash the whole is taken for the tenant
   */
  public static LogSubject ofKey(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? new LogSubject(key, key, "")
        : new LogSubject(key, key.substring(0, slash), key.substring(slash + 1));
  }

  /** A tenant, where no asset is known. */
  public static LogSubject ofTenant(String tenant) {
    return new LogSubject(tenant, tenant, "");
  }

  /** What it was made from, for the line's text. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    MDC.remove(TENANT);
    MDC.remove(ASSET);
  }
}
