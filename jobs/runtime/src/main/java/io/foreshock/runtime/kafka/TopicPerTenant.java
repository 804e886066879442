package io.foreshock.runtime.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.regex.Pattern;

/** A kind of topic that exists once per tenant; the tenant's name and a dot stand in front. */
public interface TopicPerTenant extends Serializable {

  /** Name of the topic of one tenant. */
  String of(String tenant);

  /** Matches the topics of every tenant, and no other. */
  Pattern pattern();

  /** Whether the topic is of this kind. */
  default boolean matches(String topic) {
    return pattern().matcher(topic).matches();
  }

  /** Settings that a topic of this kind is created with, beside the brokers' own. */
  default Map<String, String> settings() {
    return Map.of();
  }
}
