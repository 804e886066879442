package io.foreshock.fleet;

import java.time.Duration;

/**
 * Ways in which machines of the fleet fail. Component and failure mode are the words of the pattern
 * catalogue, so that a detection can be compared with the truth.
 */
public enum FailureKind {
  /** Leaking cooling circuit: the thermostat can no longer hold the temperature. */
  ENGINE_OVERHEATING(AssetKind.VEHICLE, "cooling-system", "overheating", 1, 5, 8, 2),
  /** Rolling bearing: vibration grows, friction warms the housing. */
  BEARING_WEAR(AssetKind.PUMP, "bearing", "wear", 6, 18, 30, 3),
  /** Clogged strainer: suction pressure falls, then bubbles collapse in the impeller. */
  CAVITATION(AssetKind.PUMP, "impeller", "cavitation", 26, 10, 16, 2),
  /** Fouled cooling of the motor: the winding runs hot at the same load. */
  MOTOR_OVERHEATING(AssetKind.PUMP, "winding", "overheating", 26, 14, 22, 2),
  /** A worn-out battery no longer holds its rest voltage. */
  BATTERY(AssetKind.VEHICLE, "battery", "loss-of-capacity", 8, 32, 40, 1);

  private final AssetKind assetKind;
  private final String component;
  private final String failureMode;
  private final int earliestHours;
  private final int shortestHours;
  private final int longestHours;
  private final double growthNepers;

  FailureKind(
      AssetKind assetKind,
      String component,
      String failureMode,
      int earliestHours,
      int shortestHours,
      int longestHours,
      double growthNepers) {
    this.assetKind = assetKind;
    this.component = component;
    this.failureMode = failureMode;
    this.earliestHours = earliestHours;
    this.shortestHours = shortestHours;
    this.longestHours = longestHours;
    this.growthNepers = growthNepers;
  }

  /** Machines that can fail this way. */
  public AssetKind assetKind() {
    return assetKind;
  }

  public String component() {
    return component;
  }

  public String failureMode() {
    return failureMode;
  }

  /**
   * Time after the start of the simulation before which no such fault begins: a machine whose
   * baseline matters was healthy while that was learned.
   */
  Duration earliest() {
    return Duration.ofHours(earliestHours);
  }

  /** Growth of the fault from onset to failure; see {@link Degradation}. */
  double growthNepers() {
    return growthNepers;
  }

  /** Shortest time from the onset to the failure. */
  Duration shortest() {
    return Duration.ofHours(shortestHours);
  }

  /** Longest time from the onset to the failure. */
  Duration longest() {
    return Duration.ofHours(longestHours);
  }
}
