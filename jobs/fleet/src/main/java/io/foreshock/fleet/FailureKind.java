package io.foreshock.fleet;

import java.time.Duration;

/**
 * Ways in which machines of the fleet fail. Component and failure mode are the words of the pattern
 * catalogue, so that a detection can be compared with the truth.
 */
public enum FailureKind {
  /** Rolling bearing: vibration grows, friction warms the housing. */
  BEARING_WEAR(AssetKind.PUMP, "bearing", "wear", 14, 26),
  /** Clogged strainer: suction pressure falls, bubbles collapse in the impeller. */
  CAVITATION(AssetKind.PUMP, "impeller", "cavitation", 8, 14),
  /** Fouled cooling of the motor: the winding runs hot at the same load. */
  MOTOR_OVERHEATING(AssetKind.PUMP, "winding", "overheating", 8, 16),
  /** Leaking cooling circuit: the thermostat can no longer hold the temperature. */
  ENGINE_OVERHEATING(AssetKind.VEHICLE, "cooling-system", "overheating", 6, 10),
  /** A worn-out battery no longer holds its rest voltage. */
  BATTERY(AssetKind.VEHICLE, "battery", "loss-of-capacity", 20, 30);

  private final AssetKind assetKind;
  private final String component;
  private final String failureMode;
  private final int shortestHours;
  private final int longestHours;

  FailureKind(
      AssetKind assetKind,
      String component,
      String failureMode,
      int shortestHours,
      int longestHours) {
    this.assetKind = assetKind;
    this.component = component;
    this.failureMode = failureMode;
    this.shortestHours = shortestHours;
    this.longestHours = longestHours;
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

  /** Shortest time from the onset to the failure. */
  Duration shortest() {
    return Duration.ofHours(shortestHours);
  }

  /** Longest time from the onset to the failure. */
  Duration longest() {
    return Duration.ofHours(longestHours);
  }
}
