package io.foreshock.mqtt;

import io.foreshock.model.DeadLetter;
import java.util.List;

/**
 * What comes of a message.
 *
 * @param route name of its route; empty when there is none
 * @param tenant its tenant; null when it is not known, and then nothing is written
 * @param key key of the record, the asset
 * @param telemetry a TelemetryMessage; null: there is none to forward
 * @param letters what could not be mapped, and why
 * @param ignored why nothing is written; null: something is
 */
record Mapped(
    String route,
    String tenant,
    byte[] key,
    byte[] telemetry,
    List<DeadLetter> letters,
    Ignored ignored) {

  /** Why a message leaves no trace but a count. */
  enum Ignored {
    /** No route is about its topic; a subscription of an earlier configuration. */
    NO_ROUTE,
    /** Its topic names a tenant that the route does not allow. */
    UNKNOWN_TENANT,
    /** Nothing in it, as when a retained message is deleted. */
    EMPTY
  }

  static Mapped ignore(String route, Ignored why) {
    return new Mapped(route, null, null, null, List.of(), why);
  }
}
