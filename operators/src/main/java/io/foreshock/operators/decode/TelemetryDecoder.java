package io.foreshock.operators.decode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.QuickTelemetryReader;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.codec.TelemetryRules;
import io.foreshock.codec.TelemetryViolation;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.util.function.Consumer;

/**
 * Reads one record. Every record yields a batch, dead letters, or both; never nothing and never an
 * exception, whatever its bytes are.
 *
 * <ul>
 *   <li>A record that cannot be read, is too large or claims another tenant: one letter.
 *   <li>A message that breaks the contract: one letter; and an empty batch when its place in the
 *       device's sequence can be read, so that no message is missed there. Its asset class is then
 *       empty when the class is what breaks the contract.
 *   <li>Items that are dated ahead, not finite or out of range, and waveforms that nobody asked
 *       for: one letter each, the batch without them.
 * </ul>
 *
 * <p>A waveform ends here: the batch holds readings of its indicators in its place.
 */
public final class TelemetryDecoder {
  private final DecodeRules rules;
  private final ItemRules items;
  private final long futureToleranceMillis;
  private final long liveMaxAgeMillis;
  private final QuickTelemetryReader quick;
  private final Normalization normalization;
  private final WaveformReadings waveforms;

  /** Brings messages into the names and units of the channel registry. */
  public interface Normalization {
    /** Leaves everything as it is. */
    Normalization NONE =
        new Normalization() {
          @Override
          public TelemetryMessage apply(String tenant, TelemetryMessage message) {
            return message;
          }

          @Override
          public TelemetryBatch apply(TelemetryBatch batch) {
            return batch;
          }
        };

    TelemetryMessage apply(String tenant, TelemetryMessage message);

    /** The batch, or null when readings change, so that its message must be looked at again. */
    TelemetryBatch apply(TelemetryBatch batch);
  }

  /**
   * @param channels known channels and their ranges; a channel that is not known passes unchecked
   */
  public TelemetryDecoder(DecodeRules rules, ChannelRegistry channels) {
    this(rules, channels, Normalization.NONE);
  }

  /**
   * The same for messages that may come in other names and units.
   *
   * @param normalization brings a message into those of {@code channels} before ranges are checked
   */
  public TelemetryDecoder(
      DecodeRules rules, ChannelRegistry channels, Normalization normalization) {
    this(rules, channels, normalization, true);
  }

  /**
   * The same for readings that are only passed on.
   *
   * @param readingsWanted whether somebody will look at the readings; without, they are checked and
   *     stay as bytes until somebody does
   */
  public TelemetryDecoder(
      DecodeRules rules,
      ChannelRegistry channels,
      Normalization normalization,
      boolean readingsWanted) {
    this.normalization = normalization;
    this.waveforms = new WaveformReadings(channels);
    this.rules = rules;
    this.futureToleranceMillis = rules.futureTolerance().toMillis();
    this.items = new ItemRules(channels, futureToleranceMillis);
    this.quick = new QuickTelemetryReader(channels, readingsWanted);
    this.liveMaxAgeMillis = rules.liveMaxAge().toMillis();
  }

  /** The batch, or null when there is none. */
  public TelemetryBatch decode(RawRecord record, Consumer<DeadLetter> letters) {
    int size = record.value().length;
    if (size > rules.maxMessageSize()) {
      letters.accept(
          refused(
              record,
              Reason.OVERSIZED,
              size + " bytes, but at most " + rules.maxMessageSize() + " are accepted",
              ""));
      return null;
    }
    TelemetryBatch plain =
        quick.read(
            record.value(),
            record.tenant(),
            record.appendTimeMillis(),
            record.appendTimeMillis() + futureToleranceMillis,
            record.appendTimeMillis() - liveMaxAgeMillis);
    TelemetryBatch normal = plain == null ? null : normalization.apply(plain);
    return normal == null ? decodeClosely(record, letters) : normal;
  }

  /** Not the plain message of a healthy device: it holds more than readings, or breaks a rule. */
  private TelemetryBatch decodeClosely(RawRecord record, Consumer<DeadLetter> letters) {
    TelemetryMessage message;
    try {
      message = TelemetryCodec.parse(record.value());
    } catch (InvalidProtocolBufferException e) {
      letters.accept(
          refused(record, Reason.MALFORMED, "no TelemetryMessage: " + e.getMessage(), ""));
      return null;
    }
    String claimed = message.getTenant();
    if (!claimed.isEmpty() && !claimed.equals(record.tenant())) {
      letters.accept(
          refused(
              record,
              Reason.WRONG_TENANT,
              "claims tenant "
                  + TelemetryViolation.quote(claimed)
                  + ", but its topic belongs to \""
                  + record.tenant()
                  + '"',
              device(message)));
      return null;
    }
    // Ranges hold for the units of the channel registry, so conversion comes before they are
    // checked.
    message = normalization.apply(record.tenant(), message);
    if (TelemetryRules.accepts(message)) {
      long newest = items.newestOrRefused(message, record.appendTimeMillis());
      if (newest != ItemRules.REFUSED) {
        return batch(message, record, newest);
      }
    }
    return decodeInParts(message, record, letters);
  }

  /** Something is wrong with the message: find out whether it is some items or the whole. */
  private TelemetryBatch decodeInParts(
      TelemetryMessage message, RawRecord record, Consumer<DeadLetter> letters) {
    ItemFilter filter = new ItemFilter(items, record, device(message));
    TelemetryMessage harmless = filter.replaceRefused(message);
    if (TelemetryRules.accepts(harmless)) {
      filter.letters().forEach(letters);
      TelemetryMessage kept = filter.removeRefused(message);
      return batch(kept, record, items.newestOrRefused(kept, record.appendTimeMillis()));
    }
    TelemetryViolation violation = TelemetryViolation.first(harmless);
    letters.accept(refused(record, violation.reason(), violation.detail(), device(message)));
    return TelemetryRules.acceptsIdentity(message)
        ? batch(identity(message), record, Long.MIN_VALUE)
        : null;
  }

  private TelemetryBatch batch(TelemetryMessage message, RawRecord record, long newest) {
    // A heartbeat has no newest item and is live.
    boolean backlog =
        newest != Long.MIN_VALUE && newest < record.appendTimeMillis() - liveMaxAgeMillis;
    TelemetryBatch batch =
        TelemetryCodec.toBatch(message, record.tenant(), record.appendTimeMillis(), backlog);
    return message.getWaveformsCount() == 0
        ? batch
        : TelemetryCodec.withMore(waveforms.of(message), batch);
  }

  /** How many waveforms were analysed so far. */
  public long waveforms() {
    return waveforms.waveforms();
  }

  /** How many indicators of them could not be computed so far. */
  public long indicatorsLeftOut() {
    return waveforms.leftOut();
  }

  /** Who and where in the sequence, without content. */
  private static TelemetryMessage identity(TelemetryMessage message) {
    return TelemetryMessage.newBuilder()
        .setDeviceId(message.getDeviceId())
        .setAssetId(message.getAssetId())
        .setAssetClass(TelemetryRules.acceptsAssetClass(message) ? message.getAssetClass() : "")
        .setBootId(message.getBootId())
        .setSequence(message.getSequence())
        .setMessageId(message.getMessageId())
        .build();
  }

  private static String device(TelemetryMessage message) {
    return TelemetryRules.acceptsDevice(message) ? message.getDeviceId() : "";
  }

  private static DeadLetter refused(
      RawRecord record, Reason reason, String detail, String deviceId) {
    return new DeadLetter(record, DeadLetter.WHOLE_RECORD, reason, detail, deviceId, "");
  }
}
