/** What a backtest found, for people and for other programs. */
package io.foreshock.backtest.report;
