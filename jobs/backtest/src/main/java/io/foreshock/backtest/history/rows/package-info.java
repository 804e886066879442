/** Tables on disk, row by row, whatever their format. */
package io.foreshock.backtest.history.rows;
