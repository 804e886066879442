/** The mapping file: which column of which file is what. */
package io.foreshock.backtest.history.mapping;
