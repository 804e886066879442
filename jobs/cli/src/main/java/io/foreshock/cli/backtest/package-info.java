/**
 * {@code foreshock backtest}: what is typed, one class per idea; the work is done by {@code
 * io.foreshock.backtest}.
 */
package io.foreshock.cli.backtest;
