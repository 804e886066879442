package io.foreshock.operators.decode;

import io.foreshock.codec.TelemetryRules;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;

/** What is asked of each item of a message, so that one bad item costs only itself. */
final class ItemRules {
  /** Answer of {@link #newestOrRefused} when an item is refused. */
  static final long REFUSED = Long.MAX_VALUE;

  private final ChannelRegistry channels;
  private final WaveformRules waveforms;
  private final long futureToleranceMillis;

  ItemRules(ChannelRegistry channels, long futureToleranceMillis) {
    this.channels = channels;
    this.waveforms = new WaveformRules(channels);
    this.futureToleranceMillis = futureToleranceMillis;
  }

  /**
   * Event time of the newest item when none is refused, {@code Long.MIN_VALUE} when there is no
   * item, else {@link #REFUSED}.
   */
  long newestOrRefused(TelemetryMessage message, long appendTimeMillis) {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < message.getMeasurementsCount(); i++) {
      Measurement item = message.getMeasurements(i);
      if (!isFinite(item) || outOfRange(item) != null) {
        return REFUSED;
      }
      newest = Math.max(newest, item.getEventTimeEpochMillis());
    }
    for (int i = 0; i < message.getFaultCodesCount(); i++) {
      newest = Math.max(newest, message.getFaultCodes(i).getEventTimeEpochMillis());
    }
    for (int i = 0; i < message.getMaintenanceEventsCount(); i++) {
      newest = Math.max(newest, message.getMaintenanceEvents(i).getEventTimeEpochMillis());
    }
    for (int i = 0; i < message.getOperatingStateChangesCount(); i++) {
      newest = Math.max(newest, message.getOperatingStateChanges(i).getEventTimeEpochMillis());
    }
    for (int i = 0; i < message.getPositionsCount(); i++) {
      Position item = message.getPositions(i);
      if (!TelemetryRules.isOnEarth(item)) {
        return REFUSED;
      }
      newest = Math.max(newest, item.getEventTimeEpochMillis());
    }
    for (int i = 0; i < message.getWaveformsCount(); i++) {
      Waveform item = message.getWaveforms(i);
      if (waveforms.refusal(item, message) != null) {
        return REFUSED;
      }
      newest = Math.max(newest, WaveformRules.endMillis(item));
    }
    return isInTheFuture(newest, appendTimeMillis) ? REFUSED : newest;
  }

  boolean isInTheFuture(long eventTimeMillis, long appendTimeMillis) {
    return eventTimeMillis > appendTimeMillis + futureToleranceMillis;
  }

  boolean isFinite(Measurement item) {
    return Double.isFinite(item.getValue());
  }

  /** The channel whose range the value leaves; null when it is in range or not known. */
  Channel outOfRange(Measurement item) {
    Channel channel = channels.find(item.getChannel());
    return channel == null || channel.inRange(item.getValue()) ? null : channel;
  }

  WaveformRules waveforms() {
    return waveforms;
  }

  long futureToleranceMillis() {
    return futureToleranceMillis;
  }
}
