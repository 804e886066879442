/** What alarms were worth: the answer of a backtest, its baselines, and what a change would do. */
package io.foreshock.backtest.score;
