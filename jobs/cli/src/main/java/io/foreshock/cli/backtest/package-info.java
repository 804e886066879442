/**
 * {@code foreshock backtest}: recorded data through the job's own pipeline, scored against the
 * truth.
 */
package io.foreshock.cli.backtest;
