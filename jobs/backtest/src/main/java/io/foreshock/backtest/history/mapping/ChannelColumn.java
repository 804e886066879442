package io.foreshock.backtest.history.mapping;

/**
 * How numbers become readings of a channel: value × {@code factor} + {@code offset}.
 *
 * @param source name of the column, or in long tables the text that names the channel
 * @param channel channel of the readings
 * @param factor from the unit of the column to the channel's
 * @param offset in the unit of the channel
 */
public record ChannelColumn(String source, String channel, double factor, double offset) {
  /** The value in the unit of the channel. */
  public double convert(double value) {
    return factor == 1 && offset == 0 ? value : value * factor + offset;
  }
}
