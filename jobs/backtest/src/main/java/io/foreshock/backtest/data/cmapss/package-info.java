/**
 * C-MAPSS FD001: turbofan engines run to failure, and engines cut short (Saxena and others 2008).
 */
package io.foreshock.backtest.data.cmapss;
