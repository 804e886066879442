package io.foreshock.backtest.history.mapping;

import java.util.Map;

/**
 * Readings of a table with one row for each reading.
 *
 * @param channelColumn column that names the channel
 * @param valueColumn column with the value
 * @param names what the texts of the channel column mean; a text that is not among them is left out
 *     and counted; empty when the column holds channel names as they are
 */
public record LongReadings(
    String channelColumn, String valueColumn, Map<String, ChannelColumn> names) {
  public LongReadings {
    names = Map.copyOf(names);
  }
}
