/** A topic as a history. */
package io.foreshock.backtest.history.topic;
