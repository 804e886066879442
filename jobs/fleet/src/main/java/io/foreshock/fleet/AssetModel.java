package io.foreshock.fleet;

import io.foreshock.model.OperatingStateChange.State;

/** Physics of one machine, moved on in steps of the sample interval. */
interface AssetModel {

  /**
   * Moves the machine on and reads its sensors.
   *
   * @param millis simulated time at the end of the step
   * @param seconds length of the step
   * @param fault how far the machine's fault has come, 0 to 1
   * @param duty {@code RUNNING} to do its work, {@code STOPPED} or {@code FAULT} to stand still
   * @param out takes what the sensors and the controller report
   */
  void step(long millis, double seconds, double fault, State duty, Sensors out);

  /** Operating state after the last step. */
  State state();

  /** What takes a machine's readings. */
  interface Sensors {
    void measure(String channel, double value);

    /** The controller raises a code. */
    void code(String code, String component, boolean error);

    void position(double latitudeDegrees, double longitudeDegrees, double speedMetresPerSecond);
  }
}
