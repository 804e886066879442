package io.foreshock.operators.detect;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a symptom detector looks for on one channel of an asset. Values are in the channel's unit,
 * {@code sigma} values in standard errors of the statistic that the detector uses.
 *
 * <p>A specification is data; the state machine that carries it out is the detector of the same
 * name in this package.
 */
public sealed interface DetectorSpec extends Serializable {

  /** Channel watched, the first of several; empty for a {@link Silence} of the whole asset. */
  String channel();

  /** Channels watched; none for a {@link Silence} of the whole asset. */
  default List<String> channels() {
    return channel().isEmpty() ? List.of() : List.of(channel());
  }

  /** Maintenance on this component starts the learning anew; empty for never. */
  default String relearnComponent() {
    return "";
  }

  /** Which side of a limit is abnormal. */
  enum Side {
    ABOVE,
    BELOW
  }

  /**
   * Level beyond a fixed limit, with hysteresis and hold time.
   *
   * @param side abnormal side of the limit; compared with {@code >} or {@code <}
   * @param limit onset when the (smoothed) value has been beyond it for {@code hold}
   * @param clearLimit clears when the (smoothed) value is back at or inside it; on the normal side
   *     of {@code limit}
   * @param hold event time that every reading must stay beyond the limit before the onset; zero
   *     fires on the first
   * @param smooth time constant of an exponential average taken first; zero for none
   */
  record Threshold(
      String channel, Side side, double limit, double clearLimit, Duration hold, Duration smooth)
      implements DetectorSpec {}

  /**
   * Deviation from the asset's own baseline: EWMA control chart (Roberts 1959; NIST/SEMATECH
   * e-Handbook 6.3.2.4).
   *
   * <p>Location and scale are learned robustly over the first {@code baseline} of readings and
   * anchored: afterwards the location follows slowly but never by more than one sigma from its
   * anchor in total, so a slow fault cannot become the new normal.
   *
   * @param baseline time over which the baseline is learned; no symptom before
   * @param side abnormal side
   * @param limitSigma onset beyond this many standard errors of the average
   * @param clearSigma clears at or inside this many
   * @param smooth time constant of the exponential average
   * @param hold event time that the average must stay beyond the limit before the onset
   * @param relearnComponent maintenance on this component starts the learning anew; empty for never
   */
  record Drift(
      String channel,
      Duration baseline,
      Side side,
      double limitSigma,
      double clearSigma,
      Duration smooth,
      Duration hold,
      String relearnComponent)
      implements DetectorSpec {}

  /**
   * Sudden change of level against the asset's own baseline: two-sided CUSUM (Page 1954;
   * NIST/SEMATECH 6.3.2.3).
   *
   * @param baseline time over which location and scale are learned, as in {@link Drift}
   * @param shiftSigma size of the change to find; the slack is half of it
   * @param decisionSigma decision interval h; for a shift of 1, a decision interval of 5 gives one
   *     false alarm in about 465 independent readings, 8 one in 9,500, 12 one in 520,000
   */
  record Step(
      String channel,
      Duration baseline,
      double shiftSigma,
      double decisionSigma,
      String relearnComponent)
      implements DetectorSpec {}

  /**
   * Steady rise or fall: slope of an exponentially weighted regression line.
   *
   * @param over time constant of the regression
   * @param side {@code ABOVE} for a rise faster than the limit, {@code BELOW} for a fall faster
   *     than it
   * @param slopePerHour limit in units of the channel per hour; negative for a fall
   * @param significanceSigma the slope must differ from zero by this many of its own standard
   *     errors
   */
  record Trend(
      String channel, Duration over, Side side, double slopePerHour, double significanceSigma)
      implements DetectorSpec {}

  /**
   * Change between two readings too fast to be normal.
   *
   * @param limitPerSecond absolute change per second, compared with {@code >}
   * @param maximumGap pairs of readings further apart than this are not compared
   */
  record RateOfChange(String channel, double limitPerSecond, Duration maximumGap)
      implements DetectorSpec {}

  /**
   * A value that does not move: a stuck sensor.
   *
   * @param tolerance onset when all readings of {@code duration} lie within this range (largest
   *     minus smallest)
   */
  record FlatLine(String channel, double tolerance, Duration duration) implements DetectorSpec {}

  /** What is compared with the limit of a {@link Multivariate}. */
  enum Statistic {
    /** Hotelling's T² of the principal components: the machine does more of what it does. */
    T2,
    /** Squared residual outside of the principal components: it does what it never did. */
    Q,
    /** Mahalanobis distance over all components, in sigma: either. */
    MAHALANOBIS
  }

  /**
   * Several channels no longer lie where they lay together: {@link MultivariateDetector}. Gives the
   * channel with the largest share in its symptoms.
   *
   * @param channels 1 to {@link VectorDetector#MOST_CHANNELS} channels, none twice
   * @param baseline time over which location and covariance are learned; no symptom before
   * @param statistic what is compared with the limit
   * @param limit onset beyond it, in the statistic's own unit; NaN for {@code falseAlarmRate}
   * @param falseAlarmRate probability with which a normal vector passes the limit, if channels are
   *     normal and do not wander; NaN when a limit is given
   * @param clearShare clears at or inside this share of the limit, above 0, at most 1
   * @param smooth time constant of the exponential averages that are judged; zero for none
   * @param follow time constant with which the location follows what is normal; zero for never
   * @param hold event time that every vector must stay beyond the limit before the onset
   * @param clearAfter event time that every vector must stay inside the clearing limit before the
   *     end
   * @param gap age up to which the last value of a channel stands in for a missing one
   * @param relearnComponent maintenance on this component starts the learning anew; empty for never
   */
  record Multivariate(
      List<String> channels,
      Duration baseline,
      Statistic statistic,
      double limit,
      double falseAlarmRate,
      double clearShare,
      Duration smooth,
      Duration follow,
      Duration hold,
      Duration clearAfter,
      Duration gap,
      String relearnComponent)
      implements DetectorSpec {
    public Multivariate {
      channels = List.copyOf(channels);
    }

    @Override
    public String channel() {
      return channels.isEmpty() ? "" : channels.get(0);
    }
  }

  /**
   * Several channels change their level together, whatever it was before: {@link
   * ChangePointDetector}. Gives the channel with the largest share in its symptoms.
   *
   * @param channels 1 to {@link VectorDetector#MOST_CHANNELS} channels, none twice
   * @param baseline time over which the covariance is learned; no symptom before
   * @param limitSigma Mahalanobis distance of the short average from the mean before it; for normal
   *     readings its square has the number of channels as its mean
   * @param smooth time constant of the short average; zero for none
   * @param over time constant of the mean it is compared with; longer than {@code smooth}
   * @param settle event time from an onset to its end, when the mean begins anew
   * @param gap age up to which the last value of a channel stands in for a missing one
   * @param relearnComponent maintenance on this component starts the learning anew; empty for never
   */
  record ChangePoint(
      List<String> channels,
      Duration baseline,
      double limitSigma,
      Duration smooth,
      Duration over,
      Duration settle,
      Duration gap,
      String relearnComponent)
      implements DetectorSpec {
    public ChangePoint {
      channels = List.copyOf(channels);
    }

    @Override
    public String channel() {
      return channels.isEmpty() ? "" : channels.get(0);
    }
  }

  /**
   * Nothing arrives. Measured on the ingest clock, never on the wall clock: an outage of the job is
   * no silence.
   *
   * @param channel channel that is missing; empty for the whole asset
   * @param duration ingest time without a reading
   */
  record Silence(String channel, Duration duration) implements DetectorSpec {

    /** Ids of silences begin so: see {@link DetectorSpec#id()}. */
    private static final String ID_PREFIX = "silence-";

    /**
     * True for begin and end of a silence. Such signals are dated by the ingest clock, and the
     * begin is no sign of life: neither tells how far the asset's own time has come.
     */
    public static boolean made(Signal signal) {
      return (signal.kind() == SignalKind.SYMPTOM || signal.kind() == SignalKind.SYMPTOM_CLEARED)
          && signal.name().startsWith(ID_PREFIX);
    }
  }

  /**
   * One channel rises above its own baseline by more than any of its peers above theirs: tells
   * which of several bearings on one shaft is the source, when all of them feel it.
   *
   * <p>The statistic is the deviation of the channel's average from its own baseline, less the
   * largest deviation among the peers (but at least 0), each in standard deviations of its own
   * single readings. Localisation by the largest relative change is the usual reading of several
   * pick-ups on one machine train (ISO 13373-2:2016, comparison of measuring points).
   *
   * @param baseline time over which each channel's baseline is learned, as in {@link Drift}, and
   *     kept from then on; no symptom before
   * @param limitSigma onset beyond this many standard deviations
   * @param clearSigma clears at or inside this many
   * @param smooth time constant of the exponential averages
   * @param hold event time that the statistic must stay beyond the limit before the onset
   * @param relearnComponent maintenance on this component starts the learning anew; empty for never
   */
  record StandsOut(
      String channel,
      List<String> peers,
      Duration baseline,
      double limitSigma,
      double clearSigma,
      Duration smooth,
      Duration hold,
      String relearnComponent)
      implements DetectorSpec {

    public StandsOut {
      peers = List.copyOf(peers);
    }

    @Override
    public List<String> channels() {
      return Stream.concat(Stream.of(channel), peers.stream()).toList();
    }
  }

  /**
   * Wear that grows until the machine fails: a health index fused from several channels, its
   * exponential growth, and the operating time that remains. Index: mean standardised deviation
   * from the machine's own first readings (Wang, Yu, Siegel and Lee, PHM 2008, fuse by a linear
   * model likewise). Growth and remaining life: Bayesian exponential degradation model (Gebraeel,
   * Lawley, Li and Ryan, IIE Transactions 37(6), 2005).
   *
   * @param rising channels that rise with wear
   * @param falling channels that fall with wear
   * @param baseline time over which the baseline of each channel is learned, as in {@link Drift},
   *     and kept from then on; no symptom before
   * @param smooth time constant of the exponential averages
   * @param growth how the index grows
   * @param remaining onset when less operating time than this remains by the forecast
   * @param hold event time that the forecast must stay so before the onset
   * @param relearnComponent maintenance on this component starts the learning anew; empty for never
   */
  record Degradation(
      List<String> rising,
      List<String> falling,
      Duration baseline,
      Duration smooth,
      Growth growth,
      Duration remaining,
      Duration hold,
      String relearnComponent)
      implements DetectorSpec {

    public Degradation {
      rising = List.copyOf(rising);
      falling = List.copyOf(falling);
    }

    @Override
    public String channel() {
      return channels().isEmpty() ? "" : channels().get(0);
    }

    @Override
    public List<String> channels() {
      return Stream.concat(rising.stream(), falling.stream()).toList();
    }
  }

  /**
   * What is known of a kind of machine before one of them is seen; of machines that ran to failure,
   * or of a data sheet. Sigma are standard deviations of single readings.
   *
   * @param beginsSigma index above which there is wear to forecast
   * @param failsSigma index at which machines fail
   * @param failsSpread relative standard deviation of that
   * @param perHour relative growth of the index per hour of operation
   * @param perHourSpread its standard deviation among machines, in the same unit
   * @param scatter relative standard deviation of the index around its growth
   * @param longest forecast without wear, and the longest there is
   */
  record Growth(
      double beginsSigma,
      double failsSigma,
      double failsSpread,
      double perHour,
      double perHourSpread,
      double scatter,
      Duration longest)
      implements Serializable {}

  /** What returns every so often. */
  enum Season {
    DAILY,
    WEEKLY
  }

  /**
   * Deviation from what is normal at this time of the day or week: a level and a spread for each
   * part of the season, followed robustly (as in the Holt-Winters method with pre-cleaning of
   * Gelper, Fried and Croux, Journal of Forecasting 29(3), 2010, but with fixed parts in place of a
   * trend). Level and spread follow all the time, so what changes slowly becomes normal.
   *
   * @param season what returns
   * @param parts equal parts that the season is divided into; part 0 begins at midnight, of a week
   *     on Monday
   * @param zone whose midnight; where clocks change, an hour of the local day counts once more or
   *     is left out
   * @param baseline time over which is learned before the first symptom, and the memory from then
   *     on; at least two seasons
   * @param side abnormal side
   * @param limitSigma onset when the average deviation is more than this many spreads
   * @param clearSigma clears at or inside this many
   * @param smooth time constant of the exponential average of the deviations; zero for none
   * @param hold event time that the average must stay beyond the limit before the onset
   * @param relearnComponent maintenance on this component starts the learning anew; empty for never
   */
  record Seasonal(
      String channel,
      Season season,
      int parts,
      ZoneId zone,
      Duration baseline,
      Side side,
      double limitSigma,
      double clearSigma,
      Duration smooth,
      Duration hold,
      String relearnComponent)
      implements DetectorSpec {}

  /**
   * Stable identity: equal specifications share one detector and its state, a changed one starts
   * anew. Part of the state contract.
   */
  default String id() {
    String name = getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
      return name + '-' + HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
