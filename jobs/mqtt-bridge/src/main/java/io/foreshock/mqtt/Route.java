package io.foreshock.mqtt;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of the messages on some topics.
 *
 * @param name name in the configuration, for messages and metrics
 * @param topic topics it is about
 * @param tenant the tenant of every message; null when the topic names it
 * @param tenants tenants that a topic may name; empty when {@code tenant} is given
 * @param device device by the topic
 * @param asset asset by the topic; null: the device is the asset, or the payload says
 * @param assetClass class of the assets; empty: the payload says, or unknown
 * @param json how JSON is read; null: the payload is a TelemetryMessage in Protobuf
 */
record Route(
    String name,
    TopicPattern topic,
    String tenant,
    Set<String> tenants,
    Template device,
    Template asset,
    String assetClass,
    JsonFields json) {

  /** Level of a topic that names the tenant. */
  static final String TENANT = "tenant";

  Route {
    tenants = Set.copyOf(tenants);
  }

  /** Tenant of a message by its topic; null when the topic names one that is not allowed. */
  String tenantOf(Map<String, String> levels) {
    if (tenant != null) {
      return tenant;
    }
    String named = levels.get(TENANT);
    return tenants.contains(named) ? named : null;
  }

  /** Every tenant that it can write to. */
  Set<String> everyTenant() {
    return tenant != null ? Set.of(tenant) : tenants;
  }

  /**
   * Where things are in a JSON payload.
   *
   * @param samples array of samples; null: the document is one sample, or an array of them
   * @param time event time of a sample, or of the document for samples without one
   * @param timeFromArrival whether the time of arrival stands in for all of them
   * @param timeUnitMillis milliseconds in the unit of a time that is a number
   * @param boot identity of the run of the device's counter; null: has none
   * @param sequence the device's counter; null: has none
   * @param messageId identity of the message; null: made from topic and payload
   * @param channels channel by channel; empty: every number in {@code measurements}
   * @param measurements object whose members are named as channels; used without {@code channels}
   * @param faultCodes code, or array of codes, that the controller reports; null: none
   */
  record JsonFields(
      FieldPath samples,
      FieldPath time,
      boolean timeFromArrival,
      long timeUnitMillis,
      FieldPath boot,
      FieldPath sequence,
      FieldPath messageId,
      List<ChannelField> channels,
      FieldPath measurements,
      FieldPath faultCodes) {
    JsonFields {
      channels = List.copyOf(channels);
    }

    /** Whether repeats are told by their bytes alone. */
    boolean hasNoIdentity() {
      return boot == null && messageId == null;
    }
  }

  /**
   * @param channel name of the channel
   * @param field where its value is in a sample
   * @param conversion from the device's unit to the channel's
   */
  record ChannelField(String channel, FieldPath field, Units.Linear conversion) {}
}
