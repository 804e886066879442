/** Any recording in: files, the lake, a topic. */
package io.foreshock.backtest.history;
