package io.foreshock.operators.waveform;

import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Computes the indicators of a waveform, block by block. A block has no memory of the one before.
 *
 * <p>What cannot be told of a block is left out: a line that follows the shaft when its speed is
 * not known, a band or line beyond half of the sampling rate, a line that lies closer to zero than
 * the block is long, a ratio of nothing. The spectrum is computed when the first indicator asks for
 * it, an envelope once for all indicators of its band.
 *
 * <p>Not thread-safe; one instance serves all blocks of a waveform, from any asset.
 */
public final class WaveformAnalysis {
  /** Standard acceleration of gravity in mm/s² (CGPM 1901). */
  private static final double GRAVITY_MM_PER_SECOND_SQUARED = 9_806.65;

  private final List<WaveformIndicator> indicators;
  private final double velocityFactor;
  private final Spectrum spectrum;
  private final Spectrum envelopeSpectrum;
  private final Envelope envelope;

  private double[] samples;
  private int count;
  private double samplingRateHz;
  private BlockStatistics statistics;
  private boolean spectrumReady;
  private boolean blockReady;
  private boolean envelopeSpectrumReady;
  private double envelopeFromHz;
  private double envelopeToHz;

  /** Takes the indicators of a block. */
  @FunctionalInterface
  public interface Values {
    /**
     * @param value finite, in the unit of the indicator's channel
     */
    void accept(WaveformIndicator indicator, double value);
  }

  /**
   * Room for spectra, 6 MB for the longest blocks. Analyses that never run at the same time may
   * share it.
   */
  public static final class Workspace {
    private final Spectrum spectrum = new Spectrum();
    private final Spectrum envelopeSpectrum = new Spectrum();
    private final Envelope envelope = new Envelope();
  }

  /** Analyses blocks of a waveform whose samples are in the unit that the channel states. */
  public WaveformAnalysis(WaveformChannel waveform, Workspace workspace) {
    spectrum = workspace.spectrum;
    envelopeSpectrum = workspace.envelopeSpectrum;
    envelope = workspace.envelope;
    // Envelopes of one band follow each other.
    indicators =
        waveform.indicators().stream()
            .sorted(
                Comparator.comparing(WaveformAnalysis::usesEnvelope)
                    .thenComparing(WaveformIndicator::fromHz)
                    .thenComparing(WaveformIndicator::toHz))
            .toList();
    velocityFactor =
        waveform.channel().unit().equals("g") ? GRAVITY_MM_PER_SECOND_SQUARED : Double.NaN;
  }

  /**
   * Analyses a block.
   *
   * @param samples finite, from the first place of the array
   * @param shaftHz rotations of the shaft per second; NaN when not known
   * @return how many indicators could not be computed
   */
  public int analyse(
      double[] samples, int count, double samplingRateHz, double shaftHz, Values values) {
    this.samples = samples;
    this.count = count;
    this.samplingRateHz = samplingRateHz;
    statistics = BlockStatistics.of(samples, count);
    spectrumReady = false;
    blockReady = false;
    envelopeFromHz = Double.NaN;
    int absent = 0;
    for (WaveformIndicator indicator : indicators) {
      double value = value(indicator, shaftHz);
      if (Double.isFinite(value)) {
        values.accept(indicator, value);
      } else {
        absent++;
      }
    }
    return absent;
  }

  private double value(WaveformIndicator indicator, double shaftHz) {
    if (!isWithinReach(indicator)) {
      return Double.NaN;
    }
    return switch (indicator.kind()) {
      case RMS -> isWhole(indicator) ? statistics.rms() : Math.sqrt(bandMeanSquare(indicator));
      case PEAK -> statistics.peak();
      case CREST_FACTOR -> statistics.crestFactor();
      case KURTOSIS -> statistics.kurtosis();
      case BAND_SHARE -> bandMeanSquare(indicator) / spectrum().meanSquare(0, Double.MAX_VALUE);
      case VELOCITY_RMS ->
          velocityFactor
              * Math.sqrt(spectrum().meanSquareOfIntegral(indicator.fromHz(), indicator.toHz()));
      case LINE -> Math.sqrt(lines(spectrum(), indicator, shaftHz));
      case SIDE_BANDS -> Math.sqrt(sideBands(indicator, shaftHz));
      case SIDE_BAND_RATIO ->
          Math.sqrt(sideBands(indicator, shaftHz) / lines(spectrum(), indicator, shaftHz));
      case ENVELOPE_RMS -> envelope(indicator).rms();
      case ENVELOPE_LINE -> Math.sqrt(lines(envelopeSpectrum(indicator), indicator, shaftHz));
      case MODULATION ->
          Math.sqrt(lines(envelopeSpectrum(indicator), indicator, shaftHz)) / envelope.mean();
    };
  }

  private boolean isWithinReach(WaveformIndicator indicator) {
    return indicator.fromHz() < samplingRateHz / 2
        && (indicator.toHz() <= samplingRateHz / 2 || Double.isInfinite(indicator.toHz()));
  }

  private static boolean isWhole(WaveformIndicator indicator) {
    return indicator.fromHz() == 0 && Double.isInfinite(indicator.toHz());
  }

  private static boolean usesEnvelope(WaveformIndicator indicator) {
    return switch (indicator.kind()) {
      case ENVELOPE_RMS, ENVELOPE_LINE, MODULATION -> true;
      default -> false;
    };
  }

  private double bandMeanSquare(WaveformIndicator indicator) {
    return spectrum().meanSquare(indicator.fromHz(), indicator.toHz());
  }

  /**
   * Squared amplitudes of a line and those of its harmonics that the block can tell; or NaN. Where
   * neighbours are looked for in the same place, what is there counts once.
   */
  private static double lines(Spectrum spectrum, WaveformIndicator indicator, double shaftHz) {
    double hz = indicator.line().at(shaftHz);
    if (!spectrum.canTell(hz)) {
      return Double.NaN;
    }
    double sum = 0;
    double counted = 0;
    for (int k = 1; k <= indicator.harmonics() && spectrum.canTell(k * hz); k++) {
      double reach = spectrum.reachHz(k * hz, indicator.tolerance());
      sum += spectrum.squaredAmplitude(Math.max(counted, k * hz - reach), k * hz + reach);
      counted = k * hz + reach;
    }
    return sum;
  }

  /** Squared amplitudes of the side bands; NaN when they cannot be told from their line. */
  private double sideBands(WaveformIndicator indicator, double shaftHz) {
    Spectrum spectrum = spectrum();
    double hz = indicator.line().at(shaftHz);
    double spacing = indicator.spacing().at(shaftHz);
    // Not-a-number when the shaft's speed is not known.
    if (!spectrum.canTell(hz) || !spectrum.canSeparate(spacing)) {
      return Double.NaN;
    }
    double[] bands = new double[2 * indicator.harmonics() * indicator.sideBands()];
    int found = 0;
    for (int k = 1; k <= indicator.harmonics() && spectrum.canTell(k * hz); k++) {
      for (int j = 1; j <= indicator.sideBands(); j++) {
        bands[found++] = k * hz - j * spacing;
        bands[found++] = k * hz + j * spacing;
      }
    }
    // Those of neighbouring harmonics may overlap.
    Arrays.sort(bands, 0, found);
    double sum = 0;
    double counted = 0;
    for (int i = 0; i < found; i++) {
      if (spectrum.canTell(bands[i])) {
        // As narrow as the block can tell: side bands lie close to each other.
        double reach = spectrum.reachHz(bands[i], 0);
        double from = Math.max(counted, bands[i] - reach);
        double to = bands[i] + reach;
        counted = to;
        // What the nearest line itself reaches is no side band.
        double line = hz * Math.max(1, Math.min(indicator.harmonics(), Math.rint(bands[i] / hz)));
        if (bands[i] < line) {
          to = Math.min(to, line - reach);
        } else {
          from = Math.max(from, line + reach);
        }
        sum += spectrum.squaredAmplitude(from, to);
      }
    }
    return sum;
  }

  private Spectrum spectrum() {
    if (!spectrumReady) {
      spectrum.take(samples, count, statistics.mean(), samplingRateHz);
      spectrumReady = true;
    }
    return spectrum;
  }

  private Envelope envelope(WaveformIndicator indicator) {
    if (!blockReady) {
      envelope.take(samples, count, statistics.mean(), samplingRateHz);
      blockReady = true;
    }
    if (envelopeFromHz != indicator.fromHz() || envelopeToHz != indicator.toHz()) {
      envelope.look(indicator.fromHz(), indicator.toHz());
      envelopeFromHz = indicator.fromHz();
      envelopeToHz = indicator.toHz();
      envelopeSpectrumReady = false;
    }
    return envelope;
  }

  private Spectrum envelopeSpectrum(WaveformIndicator indicator) {
    Envelope of = envelope(indicator);
    if (!envelopeSpectrumReady) {
      envelopeSpectrum.take(of.values(), count, of.mean(), samplingRateHz);
      envelopeSpectrumReady = true;
    }
    return envelopeSpectrum;
  }
}
