package io.foreshock.mqtt;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import java.nio.charset.StandardCharsets;

/**
 * A message from a broker whose tenant is known.
 *
 * @param route the route that it takes
 * @param topic MQTT topic
 * @param tenant tenant by the topic or the route
 * @param device device by the topic
 * @param asset asset by the topic; empty: not said
 * @param payload what was published
 * @param fingerprint of topic and payload
 * @param arrivalMillis when it reached the bridge
 */
record Incoming(
    Route route,
    String topic,
    String tenant,
    String device,
    String asset,
    byte[] payload,
    Fingerprint fingerprint,
    long arrivalMillis) {

  /** In front of a topic in dead letters: no topic of Kafka can look like it. */
  static final String TOPIC_PREFIX = "mqtt:";

  /**
   * A dead letter. A repeat of the message gives the same letter: the fingerprint stands where
   * Kafka has the offset.
   *
   * @param index -1 for the whole message, else the position of the measurement
   * @param refused the payload, or the part of it that is refused
   */
  DeadLetter refuse(
      int index, DeadLetter.Reason reason, String detail, String channel, byte[] refused) {
    return new DeadLetter(
        new RawRecord(
            tenant, TOPIC_PREFIX + topic, 0, fingerprint.number(), arrivalMillis, key(), refused),
        index,
        reason,
        detail,
        device,
        channel);
  }

  /** Key of what comes of it: the asset. */
  byte[] key() {
    return (asset.isEmpty() ? device : asset).getBytes(StandardCharsets.UTF_8);
  }
}
