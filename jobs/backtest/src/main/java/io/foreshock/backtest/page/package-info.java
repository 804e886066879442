/**
 * The picture of a backtest: one HTML file that needs no network. {@link
 * io.foreshock.backtest.page.ReportWriter} writes it; what it shows stands in {@link
 * io.foreshock.backtest.page.Report} (what happened and what was said about it) and {@link
 * io.foreshock.backtest.page.Tracks} (what was measured).
 */
package io.foreshock.backtest.page;
