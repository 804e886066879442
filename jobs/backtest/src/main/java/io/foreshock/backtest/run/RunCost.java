package io.foreshock.backtest.run;

/**
 * What a run took.
 *
 * @param messages that went in
 * @param assets different assets among them
 * @param wallSeconds from start to end of the job
 * @param cpuSeconds of all threads of this process in that time; NaN when the platform does not
 *     tell
 * @param stateBytes of all operators in a savepoint at the end of the recording; negative when it
 *     was not taken
 */
public record RunCost(
    long messages, long assets, double wallSeconds, double cpuSeconds, long stateBytes) {

  /** CPU seconds per asset; NaN when unknown. */
  public double cpuSecondsPerAsset() {
    return assets == 0 ? Double.NaN : cpuSeconds / assets;
  }

  /** State in bytes per asset; NaN when unknown. */
  public double stateBytesPerAsset() {
    return assets == 0 || stateBytes < 0 ? Double.NaN : stateBytes / (double) assets;
  }
}
