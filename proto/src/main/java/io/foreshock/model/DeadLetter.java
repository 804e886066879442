package io.foreshock.model;

import io.foreshock.state.DeadLetterSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record, or one item of it, that could not be used, and why.
 *
 * @param source the record as it came; topic, partition, offset and {@code index} are the identity
 *     of the letter. When only an item was refused, the value is that item's own message and not
 *     the whole record: a record with ten thousand bad items does not become ten thousand copies of
 *     itself
 * @param index -1 when the whole record was refused, else the position of the item in the message,
 *     from 0: measurements first, so that it is the position of a measurement among the
 *     measurements; then fault codes, maintenance events, operating state changes, positions and
 *     waveforms
 * @param reason rule that it broke
 * @param detail rule and offending value in words, for the person who repairs it
 * @param deviceId device that sent it; empty when it could not be read
 * @param channel channel concerned; empty when it is not about one
 */
@TypeInfo(DeadLetterSerializer.Factory.class)
public record DeadLetter(
    RawRecord source, int index, Reason reason, String detail, String deviceId, String channel) {

  /** Index of a letter about a whole record. */
  public static final int WHOLE_RECORD = -1;

  /** Why a record was refused. Order and names are part of the state format. */
  public enum Reason {
    MALFORMED,
    OVERSIZED,
    WRONG_TENANT,
    IN_THE_FUTURE,
    OUT_OF_RANGE,
    MISSING_FIELD,
    UNKNOWN_ENUM,
    INVALID_FIELD,
    TOO_LATE,
    UNKNOWN_CHANNEL
  }
}
