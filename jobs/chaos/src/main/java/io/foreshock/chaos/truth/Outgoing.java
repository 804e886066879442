package io.foreshock.chaos.truth;

import io.foreshock.model.DeadLetter.Reason;
import java.util.List;

/**
 * One record for the broker, and what must become of it.
 *
 * @param id unlike that of every other record of the run, repeats included
 * @param tenant tenant whose raw topic it goes to
 * @param device key of the record
 * @param value bytes of the record
 * @param message the message it carries; null when it carries none that anybody could read
 * @param letters what must be found among the dead letters
 */
public record Outgoing(
    long id,
    String tenant,
    String device,
    byte[] value,
    DeviceMessage message,
    List<Letter> letters) {

  /**
   * A dead letter about this record.
   *
   * @param index -1 for the whole record, else the number of the item
   * @param value what it must hold: the bytes of the record, or those of the item
   * @param device device as far as the record names one; empty when nobody can read it
   * @param channel channel of the item; empty for the whole record
   */
  public record Letter(int index, Reason reason, byte[] value, String device, String channel) {}
}
