package io.foreshock.cli.backtest;

/** Layouts of recordings that a backtest reads. */
enum BacktestFormat {
  AZURE_PDM;

  /** As it is typed. */
  @Override
  public String toString() {
    return "azure-pdm";
  }
}
