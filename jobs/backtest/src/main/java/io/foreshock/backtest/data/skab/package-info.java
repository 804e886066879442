/** The Skoltech Anomaly Benchmark: one pump rig, row by row, with anomalies and change points. */
package io.foreshock.backtest.data.skab;
