/** Alarms compared with failures. */
package io.foreshock.backtest.score;
