package io.foreshock.model;

import java.io.Serializable;

/**
 * A number that is computed of each block of a waveform, and the channel it becomes a reading of.
 *
 * @param channel channel of the readings: name, unit and range
 * @param kind what is computed
 * @param fromHz lower end of the band (inclusive); 0 for none
 * @param toHz upper end of the band (exclusive); positive infinity for none
 * @param line where the line lies; null for kinds without one
 * @param harmonics how many multiples of the line are added up, from 1
 * @param spacing distance of side bands from the line and from each other; null for kinds without
 * @param sideBands how many side bands are looked at on each side of each harmonic; 0 for none
 * @param tolerance how far a line may lie from where it should, as a share of its frequency
 */
public record WaveformIndicator(
    Channel channel,
    Kind kind,
    double fromHz,
    double toHz,
    LineFrequency line,
    int harmonics,
    LineFrequency spacing,
    int sideBands,
    double tolerance)
    implements Serializable {

  /** What is computed. Where the value comes from stands with the analysis. */
  public enum Kind {
    /** Root mean square about the mean, of the whole block or of a band. */
    RMS,
    /** Largest deviation from the mean. */
    PEAK,
    /** Peak divided by RMS. */
    CREST_FACTOR,
    /** Fourth moment about the mean divided by the squared variance: 3 for a Gaussian. */
    KURTOSIS,
    /** Mean square of a band divided by that of the whole block. */
    BAND_SHARE,
    /** RMS of the velocity in a band, integrated from acceleration, in mm/s. */
    VELOCITY_RMS,
    /** Peak amplitude of a line and its harmonics. */
    LINE,
    /** Peak amplitude of the side bands of a line and its harmonics. */
    SIDE_BANDS,
    /** Side bands divided by their line. */
    SIDE_BAND_RATIO,
    /** Root mean square of a band's envelope about its mean. */
    ENVELOPE_RMS,
    /** Peak amplitude of a line and its harmonics in the spectrum of a band's envelope. */
    ENVELOPE_LINE,
    /** The same divided by the envelope's mean: how deep the band is modulated. */
    MODULATION
  }

  /** Whether the speed of the shaft must be known. */
  public boolean followsShaft() {
    return line != null && line.followsShaft() || spacing != null && spacing.followsShaft();
  }
}
