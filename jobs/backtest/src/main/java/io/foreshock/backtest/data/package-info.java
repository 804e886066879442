/** What a recording is, and the published data sets that are found by name. */
package io.foreshock.backtest.data;
