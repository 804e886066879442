package io.foreshock.backtest.history.mapping;

import io.foreshock.backtest.history.rows.CsvForm;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of one table mean.
 *
 * @param line of the mapping file
 * @param files names of its files, with {@code *} and {@code ?}; relative to the folder
 * @param form how values stand in a text file
 * @param decimal character in front of a number's fraction
 * @param missing texts that mean there is no value, besides nothing at all
 * @param asset asset of a row
 * @param assetClass class of the asset
 * @param time event time of a row
 * @param channels readings of a wide table, one column each
 * @param readings readings of a long table; null for none
 * @param events events of the rows
 * @param columnLines each column that the mapping names, with the line where it does
 */
public record TableMapping(
    int line,
    String files,
    CsvForm form,
    char decimal,
    Set<String> missing,
    CellSource asset,
    CellSource assetClass,
    TimeColumns time,
    List<ChannelColumn> channels,
    LongReadings readings,
    List<EventColumns> events,
    Map<String, Integer> columnLines) {}
