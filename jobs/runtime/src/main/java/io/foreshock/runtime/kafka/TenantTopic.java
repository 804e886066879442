package io.foreshock.runtime.kafka;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Topics that exist once per tenant; the tenant stands in front. A tenant's name is lower case
 * letters, digits and dashes, so it holds no dot and the rest is the kind of topic.
 */
public enum TenantTopic implements TopicPerTenant {
  /** What devices send. */
  RAW(".telemetry.raw"),
  /** The same, in the order of each device, once, checked and in known units. */
  TELEMETRY(".telemetry"),
  /** What lies too far behind its device's clock to be in order. */
  BACKFILL(".telemetry.backfill"),
  /** What could not be read, and why. */
  DEAD_LETTERS(".telemetry.dlq"),
  /** Precursors of failures that were seen. */
  DETECTIONS(".detections"),
  /** Matches that began and did not complete, on request. */
  NEAR_MISSES(".near-misses"),
  /** Operation of machines and trips of vehicles; compacted: the newest revision of each. */
  SESSIONS(".sessions"),
  /** What a technician sees: one alert per asset, component and failure mode; compacted. */
  ALERTS(".alerts"),
  /** What people are told. */
  NOTIFICATIONS(".notifications"),
  /** Of these, what a channel could not deliver, and why. */
  NOTIFICATION_DEAD_LETTERS(".notifications.dlq"),
  /** What people tell Foreshock; compacted. */
  COMMANDS(".commands"),
  /** What became of commands. */
  COMMAND_ANSWERS(".commands.answers");

  static final String TENANT = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final Pattern TENANT_NAME = Pattern.compile(TENANT);
  private static final int LONGEST_TENANT = 63;

  private final String suffix;
  private final Pattern pattern;

  TenantTopic(String suffix) {
    this.suffix = suffix;
    this.pattern = Pattern.compile(TENANT + Pattern.quote(suffix));
  }

  /** Whether the text can be the name of a tenant. */
  public static boolean isTenant(String name) {
    return name.length() <= LONGEST_TENANT && TENANT_NAME.matcher(name).matches();
  }

  @Override
  public String of(String tenant) {
    return tenant + suffix;
  }

  @Override
  public boolean matches(String topic) {
    return pattern.matcher(topic).matches();
  }

  @Override
  public Pattern pattern() {
    return pattern;
  }

  /** Append times where a job reads the topic as its clock; compaction where keys are replaced. */
  @Override
  public Map<String, String> settings() {
    return switch (this) {
      case RAW, TELEMETRY -> Map.of("message.timestamp.type", "LogAppendTime");
      case SESSIONS, ALERTS, COMMANDS -> NamedTopic.COMPACTED;
      default -> Map.of();
    };
  }

  /** Tenant of a topic of this kind. */
  public String tenantOf(String topic) {
    if (!topic.endsWith(suffix)) {
      throw new IllegalArgumentException(
          "Topic \"" + topic + "\" is not named <tenant>" + suffix + ".");
    }
    return topic.substring(0, topic.length() - suffix.length());
  }
}
