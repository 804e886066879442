package io.foreshock.fleet;

/**
 * How far a fault has come: 0 before its onset, 1 at the failure, exponential in between.
 *
 * <p>The exponential path is the usual model of a vibration or temperature signal that leads to a
 * bearing's failure: N. Gebraeel, M. Lawley, R. Li, J. Ryan, "Residual-life distributions from
 * component degradation signals: a Bayesian approach", IIE Transactions 37 (2005), section 2.
 *
 * @param onsetMillis simulated time at which the fault begins
 * @param failureMillis simulated time at which the machine fails
 * @param rate growth over the whole path in nepers: 3 makes the second half about five times as
 *     fast as the first
 */
record Degradation(long onsetMillis, long failureMillis, double rate) {

  /** A machine that stays healthy. */
  static final Degradation NONE = new Degradation(Long.MAX_VALUE, Long.MAX_VALUE, 1);

  /** Fault at a time, from 0 to 1; 0 again once the machine has failed and was repaired. */
  double at(long millis) {
    if (millis < onsetMillis || millis > failureMillis) {
      return 0;
    }
    double x = (millis - onsetMillis) / (double) (failureMillis - onsetMillis);
    return Math.expm1(rate * x) / Math.expm1(rate);
  }
}
