package io.foreshock.samples;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Blocks of samples for tests: functions of the time in seconds. */
public final class Waves {

  private Waves() {}

  /** A sine of a peak amplitude. */
  public static DoubleUnaryOperator sine(double hz, double amplitude) {
    return t -> amplitude * Math.sin(2 * Math.PI * hz * t + 0.3);
  }

  /**
   * What a local defect does to a housing: bursts at a rate, each of them a resonance that dies
   * out.
   *
   * @param decaySeconds time in which a burst falls to 1 / e
   */
  public static DoubleUnaryOperator bursts(
      double ratePerSecond, double resonanceHz, double decaySeconds, double amplitude) {
    return t -> {
      double since = t - Math.floor(t * ratePerSecond) / ratePerSecond;
      return amplitude
          * Math.exp(-since / decaySeconds)
          * Math.sin(2 * Math.PI * resonanceHz * since);
    };
  }

  public static DoubleUnaryOperator sum(DoubleUnaryOperator... parts) {
    return t -> {
      double sum = 0;
      for (DoubleUnaryOperator part : parts) {
        sum += part.applyAsDouble(t);
      }
      return sum;
    };
  }

  /** Gaussian noise of a standard deviation; not a function of the time. */
  public static DoubleUnaryOperator noise(double deviation, long seed) {
    Random random = new Random(seed);
    return t -> deviation * random.nextGaussian();
  }

  /** The first samples of a function. */
  public static double[] samples(DoubleUnaryOperator wave, int count, double samplingRateHz) {
    double[] samples = new double[count];
    for (int i = 0; i < count; i++) {
      samples[i] = wave.applyAsDouble(i / samplingRateHz);
    }
    return samples;
  }

  /** A waveform that begins at a time. */
  public static Waveform.Builder waveform(
      String channel, long eventTimeMillis, double samplingRateHz, double[] samples) {
    Waveform.Builder waveform =
        Waveform.newBuilder()
            .setChannel(channel)
            .setEventTimeEpochMillis(eventTimeMillis)
            .setSamplingRateHz(samplingRateHz);
    for (double sample : samples) {
      waveform.addSamples((float) sample);
    }
    return waveform;
  }

  /** The message of readings with waveforms. */
  public static TelemetryMessage message(Readings readings, Waveform.Builder... waveforms) {
    TelemetryMessage.Builder message = TelemetryCodec.toMessage(readings.batch()).toBuilder();
    for (Waveform.Builder waveform : waveforms) {
      message.addWaveforms(waveform);
    }
    return message.build();
  }
}
