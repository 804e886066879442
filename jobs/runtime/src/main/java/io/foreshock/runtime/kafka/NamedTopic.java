package io.foreshock.runtime.kafka;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A kind of topic whose name is known only at start, e.g. {@code <tenant>.features.bearing}.
 *
 * @param suffix what follows the tenant, the dot included
 * @param settings what the topic is created with, e.g. {@code cleanup.policy=compact}
 */
public record NamedTopic(String suffix, Map<String, String> settings) implements TopicPerTenant {
  private static final Pattern SUFFIX = Pattern.compile("(\\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)+");

  /** What keeps the last value of each key. */
  public static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

  public NamedTopic {
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new IllegalArgumentException(
          "A topic's name must go on with dots and lower case letters, digits, dashes, but is \"<tenant>"
              + suffix
              + "\".");
    }
    settings = Map.copyOf(settings);
  }

  @Override
  public String of(String tenant) {
    return tenant + suffix;
  }

  @Override
  public Pattern pattern() {
    return Pattern.compile(TenantTopic.TENANT + Pattern.quote(suffix));
  }
}
