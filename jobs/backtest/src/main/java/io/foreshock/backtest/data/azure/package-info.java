/**
 * The public Azure predictive-maintenance set: machines by the hour, codes, replacements and
 * failures.
 */
package io.foreshock.backtest.data.azure;
