package io.foreshock.operators.decode;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Measurement;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.WaveformChannel;
import io.foreshock.operators.assets.Units;
import io.foreshock.operators.waveform.WaveformAnalysis;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Readings of the indicators of a message's waveforms, each at the time of its block's last sample.
 * Takes no room and does nothing before the first waveform comes.
 *
 * <p>Not thread-safe.
 */
final class WaveformReadings {
  private final ChannelRegistry channels;
  private final Map<String, WaveformAnalysis> analyses = new HashMap<>();
  private final WaveformAnalysis.Workspace workspace = new WaveformAnalysis.Workspace();
  private double[] samples = {};
  private long waveforms;
  private long leftOut;

  WaveformReadings(ChannelRegistry channels) {
    this.channels = channels;
  }

  /** How many waveforms were analysed so far. */
  long waveforms() {
    return waveforms;
  }

  /** How many indicators could not be computed so far. */
  long leftOut() {
    return leftOut;
  }

  /**
   * Analyses the waveforms of a message that keeps every rule.
   *
   * @return in the order of the message
   */
  List<Measurement> of(TelemetryMessage message) {
    List<Measurement> readings = new ArrayList<>();
    for (Waveform item : message.getWaveformsList()) {
      WaveformChannel waveform = channels.findWaveform(item.getChannel());
      WaveformAnalysis analysis =
          analyses.computeIfAbsent(
              item.getChannel(), name -> new WaveformAnalysis(waveform, workspace));
      int count = read(item, waveform);
      long endMillis = WaveformRules.endMillis(item);
      waveforms++;
      int absent =
          analysis.analyse(
              samples,
              count,
              item.getSamplingRateHz(),
              shaftHz(waveform.speed(), message, endMillis),
              (indicator, value) -> {
                // A file may have declared the channel, with a narrower range.
                Channel channel = channels.find(indicator.channel().name());
                if (channel.inRange(value)) {
                  readings.add(new Measurement(channel.name(), endMillis, value));
                } else {
                  leftOut++;
                }
              });
      leftOut += absent;
    }
    return readings;
  }

  private int read(Waveform item, WaveformChannel waveform) {
    Units.Conversion conversion = WaveformRules.conversion(item, waveform);
    int count = WaveformRules.count(item);
    if (samples.length < count) {
      samples = new double[count];
    }
    for (int i = 0; i < count; i++) {
      samples[i] = conversion.apply(WaveformRules.sample(item, i));
    }
    return count;
  }

  /** Rotations per second by the reading nearest to the end of the block; NaN when not known. */
  private static double shaftHz(ShaftSpeed speed, TelemetryMessage message, long endMillis) {
    double rpm = speed.otherwiseRpm();
    long nearest = Long.MAX_VALUE;
    if (!speed.channel().isEmpty()) {
      for (int i = 0; i < message.getMeasurementsCount(); i++) {
        var reading = message.getMeasurements(i);
        long distance = Math.abs(reading.getEventTimeEpochMillis() - endMillis);
        if (distance < nearest && reading.getChannel().equals(speed.channel())) {
          nearest = distance;
          rpm = reading.getValue();
        }
      }
    }
    return rpm > 0 ? rpm / 60 : Double.NaN;
  }
}
