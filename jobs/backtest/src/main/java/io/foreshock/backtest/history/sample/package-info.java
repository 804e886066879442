/** A simulated history of any size, with failures that announce themselves. */
package io.foreshock.backtest.history.sample;
