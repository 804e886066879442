package io.foreshock.operators.detect;

import io.foreshock.model.RemainingLife;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Wear that grows until the machine fails: a health index of several channels, and the operating
 * time that remains.
 *
 * <p>Timeline: {@code learning (no symptom) → index beyond beginsSigma: its growth is followed
 * ({@link GrowthForecast}) → less than remaining by the forecast, unbroken for hold → onset → … →
 * more than 1.5 times that again, or no wear: cleared}.
 *
 * <p>The index is the mean of the channels' deviations from their own baselines, in standard
 * deviations of single readings, those that fall with wear counted downwards. Channels whose
 * baseline is not learned (a constant one never is) are left out; half of them must be learned. A
 * channel that never reports stops the detector; for one that falls silent the last value stands in
 * for a {@value #GAP}th of the learning time. Operating time is the time between readings; of a
 * longer gap than a {@value #GAP}th of the learning time only that much counts, so the forecast
 * stands still while the machine does, and a clock that jumps ahead ages nothing.
 *
 * <p>Score: median of the remaining life in hours. Limit: {@code remaining} in hours at the onset,
 * 1.5 times it at the end; both NaN when maintenance ended it. Detail: {@link RemainingLife}. The
 * symptom names the channel with the largest deviation at the onset, and so does its end.
 */
public final class DegradationDetector extends VectorDetector {
  static final int GAP = 20;
  private static final double CLEAR = 1.5;
  private static final double HOUR_MILLIS = 3_600_000.0;

  private final DetectorSpec.Degradation spec;
  private final OwnDeviation[] channels;
  private final GrowthForecast forecast;
  private final Episode episode;
  private final double remainingHours;
  private final double clearHours;
  private final long longestStepMillis;
  private double index = Double.NaN;

  /**
   * @throws IllegalArgumentException when the specification contradicts itself
   */
  public DegradationDetector(DetectorSpec.Degradation spec) {
    super(spec, spec.channels(), spec.baseline().toMillis() / GAP);
    this.spec = spec;
    check(spec);
    channels = new OwnDeviation[spec.channels().size()];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = new OwnDeviation(spec.baseline(), spec.smooth());
    }
    forecast = new GrowthForecast(spec.growth());
    episode = new Episode(spec.hold());
    remainingHours = spec.remaining().toMillis() / HOUR_MILLIS;
    clearHours = CLEAR * remainingHours;
    longestStepMillis = spec.baseline().toMillis() / GAP;
  }

  private static void check(DetectorSpec.Degradation spec) {
    DetectorSpec.Growth growth = spec.growth();
    if (spec.baseline().toMillis() < GAP) {
      throw refused(spec, "the baseline takes time");
    }
    if (!(growth.beginsSigma() > 0) || !(growth.beginsSigma() < growth.failsSigma())) {
      throw refused(spec, "wear begins above zero and below the level of failure");
    }
    if (!(growth.perHour() > 0) || !(growth.perHourSpread() >= 0)) {
      throw refused(spec, "the index must grow");
    }
    if (!(growth.failsSpread() >= 0) || !(growth.scatter() > 0)) {
      throw refused(spec, "failsSpread must not be negative, and scatter must be positive");
    }
    if (CLEAR * spec.remaining().toMillis() > growth.longest().toMillis()) {
      throw refused(
          spec, "1.5 times remaining, where it ends, must not exceed the longest forecast");
    }
  }

  @Override
  Outcome onVector(long timeMillis, long stepMillis, double[] vector) {
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    int known = 0;
    int worst = 0;
    for (int i = 0; i < channels.length; i++) {
      channels[i].add(stepMillis, vector[i]);
      if (channels[i].known()) {
        double worn = i < spec.rising().size() ? channels[i].sigmas() : -channels[i].sigmas();
        sum += worn;
        known++;
        if (worn > largest) {
          largest = worn;
          worst = i;
        }
      }
    }
    if (2 * known < channels.length) {
      return Outcome.NONE;
    }
    index = sum / known;
    forecast.add(Math.min(stepMillis, longestStepMillis) / HOUR_MILLIS, index);
    double hours = forecast.remainingHours();
    boolean inside = !forecast.began() || hours >= clearHours;
    Outcome outcome =
        episode.update(timeMillis, forecast.began() && hours < remainingHours, inside);
    if (outcome != Outcome.NONE) {
      score = hours;
      limit = outcome == Outcome.ONSET ? remainingHours : clearHours;
    }
    if (outcome == Outcome.ONSET) {
      lead(worst);
    }
    return outcome;
  }

  /** Health index of the last row; NaN before there was one. */
  public double index() {
    return index;
  }

  /** Forecast after the last row. */
  public RemainingLife remainingLife() {
    return forecast.remaining();
  }

  @Override
  public String detail() {
    return Double.isNaN(score) ? "" : forecast.remaining().text();
  }

  @Override
  public Outcome relearn() {
    forgetOwn();
    score = Double.NaN;
    limit = Double.NaN;
    return episode.end();
  }

  private void forgetOwn() {
    for (OwnDeviation channel : channels) {
      channel.reset();
    }
    forecast.reset();
    index = Double.NaN;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    forgetOwn();
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    forecast.write(out);
    for (OwnDeviation channel : channels) {
      channel.write(out);
    }
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    index = Double.NaN;
    episode.read(lastMillis, in);
    forecast.read(in);
    for (OwnDeviation channel : channels) {
      channel.read(in);
    }
  }
}
