/** The command line {@code foreshock}: demo, backtest and tools. */
package io.foreshock.cli;
