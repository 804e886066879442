/**
 * Recorded data through the job's own pipeline, scored against what really happened.
 *
 * <p>{@code history} reads any recording, {@code data} holds the published data sets, {@code run}
 * runs the pipeline over records, {@code score} compares alarms with failures and {@code report}
 * tells it.
 */
package io.foreshock.backtest;
