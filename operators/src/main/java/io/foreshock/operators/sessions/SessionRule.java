package io.foreshock.operators.sessions;

import io.foreshock.model.SessionRow;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * How sessions of some classes of assets are found and what is measured in them. A channel that is
 * not named (empty) is not measured.
 *
 * @param name for people, e.g. {@code vehicle-trips}
 * @param assetClasses classes it is for; empty for all that no other rule names
 * @param kind what a session is called: operation or trip
 * @param gap time without running, on the asset's clock, that ends a session; one reading that
 *     shows it running just this long after another one still belongs to it
 * @param silentAfter silence on the ingest clock after which an open session is told as it stands
 * @param running what shows that the asset runs: any of these
 * @param moving whether a change of position shows it as well
 * @param movingAboveKmH speed by positions above which it does; tells driving from walking
 * @param load channel whose mean and maximum are told
 * @param power channel in kW whose integral is the energy
 * @param fuelRate channel in l/h whose integral is the fuel
 * @param speed channel in km/h; the speed of positions is taken when it is absent
 * @param odometer channel in km
 * @param maxHole longest time between two readings over which is integrated
 * @param idling what counts as standing still
 * @param braking what counts as harsh
 * @param positions which positions are believed
 * @param zone where a day begins at midnight
 */
public record SessionRule(
    String name,
    Set<String> assetClasses,
    SessionRow.Kind kind,
    Duration gap,
    Duration silentAfter,
    List<Running> running,
    boolean moving,
    double movingAboveKmH,
    String load,
    String power,
    String fuelRate,
    String speed,
    String odometer,
    Duration maxHole,
    Idling idling,
    Braking braking,
    Positions positions,
    ZoneId zone)
    implements Serializable {

  /**
   * The asset runs when a reading of the channel is above the limit.
   *
   * @param above in the unit of the channel; compared with {@code >}
   */
  public record Running(String channel, double above) implements Serializable {}

  /**
   * A vehicle idles while it is slower than {@code belowKmH}; told when it lasts.
   *
   * @param longerThan shortest idling that is told
   */
  public record Idling(double belowKmH, Duration longerThan) implements Serializable {
    /** Slower than walking pace, for the five minutes that fleets count. */
    public static final Idling DEFAULT = new Idling(3, Duration.ofMinutes(5));
  }

  /**
   * A vehicle brakes harshly when its speed falls faster than this.
   *
   * @param metresPerSecond2 deceleration between two readings of speed; compared with {@code >}
   * @param within longest time between them: a mean over more hides what happened
   */
  public record Braking(double metresPerSecond2, Duration within) implements Serializable {
    /**
     * 3.4 m/s² is what AASHTO takes as a comfortable deceleration for most drivers in the stopping
     * sight distance (A Policy on Geometric Design of Highways and Streets, 7th edition, 2018,
     * section 3.2.2); whoever exceeds it brakes harder than that. 6 s admits a reading each 5 s.
     */
    public static final Braking DEFAULT = new Braking(3.4, Duration.ofSeconds(6));
  }

  /**
   * Which positions are believed.
   *
   * @param maxSpeedKmH a position that the vehicle could reach only faster than this is a jump
   * @param accuracyMetres a stated 68 % radius above this is not believed
   * @param parkedMetres a position this close to the last one that counted is the same place: a
   *     receiver that stands still wanders
   * @param clockStep resolution of the device's clock: no time between two positions is taken to be
   *     shorter
   */
  public record Positions(
      double maxSpeedKmH, double accuracyMetres, double parkedMetres, Duration clockStep)
      implements Serializable {
    public static final Positions DEFAULT = new Positions(250, 100, 25, Duration.ofSeconds(1));
  }

  public SessionRule {
    assetClasses = Set.copyOf(assetClasses);
    running = List.copyOf(running);
  }
}
