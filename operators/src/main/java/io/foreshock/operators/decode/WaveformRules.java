package io.foreshock.operators.decode;

import io.foreshock.codec.TelemetryRules;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.model.WaveformChannel;
import io.foreshock.operators.assets.Units;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.util.Set;

/** What is asked of a waveform beyond the contract: a plan, a unit that fits it, sound samples. */
final class WaveformRules {
  /** Measurements that a message may hold by the contract, computed ones included. */
  private static final int MOST_MEASUREMENTS = 10_000;

  private final ChannelRegistry channels;

  WaveformRules(ChannelRegistry channels) {
    this.channels = channels;
  }

  /** Why a waveform cannot be used, in words. */
  record Refusal(Reason reason, String detail) {}

  /**
   * Why a waveform cannot be used; null when it can. What breaks the contract is left to the
   * contract. Its time is not looked at.
   *
   * @param message the one that holds it
   */
  Refusal refusal(Waveform item, TelemetryMessage message) {
    if (!TelemetryRules.isChannel(item.getChannel())) {
      return null;
    }
    WaveformChannel waveform = channels.findWaveform(item.getChannel());
    if (waveform == null) {
      return new Refusal(
          Reason.UNKNOWN_CHANNEL,
          "channel=" + item.getChannel() + " is no waveform of the channel registry" + known());
    }
    int readings = waveform.indicators().size() * message.getWaveformsCount();
    if (message.getMeasurementsCount() + readings > MOST_MEASUREMENTS) {
      return new Refusal(
          Reason.INVALID_FIELD,
          "the message holds "
              + message.getMeasurementsCount()
              + " measurements, and its waveforms become "
              + readings
              + " more: at most "
              + MOST_MEASUREMENTS
              + " fit in a message");
    }
    Units.Conversion conversion;
    try {
      conversion = conversion(item, waveform);
    } catch (IllegalArgumentException e) {
      return new Refusal(Reason.INVALID_FIELD, e.getMessage());
    }
    return sampleRefusal(item, waveform.channel(), conversion);
  }

  private String known() {
    Set<String> names = channels.waveforms().keySet();
    return names.isEmpty()
        ? ", which holds none"
        : ", which holds " + String.join(", ", names.stream().limit(10).toList());
  }

  /**
   * How samples become those of the registry's unit.
   *
   * @throws IllegalArgumentException when the unit is not known or measures something else
   */
  static Units.Conversion conversion(Waveform item, WaveformChannel waveform) {
    return item.getUnit().isEmpty()
        ? Units.Conversion.NONE
        : Units.conversion(item.getUnit(), waveform.channel().unit());
  }

  private static Refusal sampleRefusal(
      Waveform item, Channel channel, Units.Conversion conversion) {
    int count = count(item);
    for (int i = 0; i < count; i++) {
      double value = conversion.apply(sample(item, i));
      if (!Double.isFinite(value)) {
        return new Refusal(
            Reason.OUT_OF_RANGE, "sample " + i + " is " + value + ", but must be finite");
      }
      if (!channel.inRange(value)) {
        return new Refusal(
            Reason.OUT_OF_RANGE,
            "sample "
                + i
                + ": value="
                + value
                + (channel.unit().isEmpty() ? "" : " unit=" + channel.unit())
                + " is outside range=["
                + channel.minimum()
                + ", "
                + channel.maximum()
                + "] of channel="
                + channel.name());
      }
    }
    return null;
  }

  /** Number of samples, in whichever form they are. */
  static int count(Waveform item) {
    return item.getSamplesCount() > 0 ? item.getSamplesCount() : item.getScaledSamplesCount();
  }

  /** A sample in the unit of the message. */
  static double sample(Waveform item, int index) {
    return item.getSamplesCount() > 0
        ? item.getSamples(index)
        : item.getScaledSamples(index) * item.getScale();
  }

  /** Event time of the last sample; that of the first where the rate says nothing. */
  static long endMillis(Waveform item) {
    double rate = item.getSamplingRateHz();
    return rate >= 1
        ? item.getEventTimeEpochMillis() + Math.round((count(item) - 1) * 1_000 / rate)
        : item.getEventTimeEpochMillis();
  }
}
