package io.foreshock.backtest.history;

import io.foreshock.backtest.history.HistoryRow.Event;
import io.foreshock.backtest.history.mapping.CellSource;
import io.foreshock.backtest.history.mapping.ChannelColumn;
import io.foreshock.backtest.history.mapping.EventColumns;
import io.foreshock.backtest.history.mapping.EventColumns.Kind;
import io.foreshock.backtest.history.mapping.LongReadings;
import io.foreshock.backtest.history.mapping.TableMapping;
import io.foreshock.backtest.history.rows.Rows;
import io.foreshock.backtest.score.ComponentEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;

/** Turns the rows of one file into rows of the history. */
final class TableReading {
  private final TableMapping table;
  private final Rows rows;
  private final String file;
  private final HistoryIntake intake;
  private final Times times;
  private final int[] timeColumns;
  private final int channelColumn;
  private final int valueColumn;
  private final Cell asset;
  private final Cell assetClass;
  private final int[] channelColumns;
  private final int[] channelNumbers;
  private final double[] values;
  private final int[] numbers;
  private final List<EventReading> events = new ArrayList<>();

  /** A {@link CellSource} with the position of its column; -1 when it is no column. */
  private record Cell(CellSource source, int column, String constant) {}

  private record EventReading(EventColumns columns, Cell what, Cell component, Cell grade) {}

  /**
   * @param times of the table; its order of rows goes on from file to file
   */
  TableReading(HistoryFile file, Rows rows, Times times, HistoryIntake intake) throws BadValue {
    this.table = file.table();
    this.rows = rows;
    this.file = file.name();
    this.intake = intake;
    this.times = times;
    this.timeColumns = table.time().columns().stream().mapToInt(this::position).toArray();
    LongReadings tall = table.readings();
    this.channelColumn = tall == null ? -1 : position(tall.channelColumn());
    this.valueColumn = tall == null ? -1 : position(tall.valueColumn());
    this.asset = cell(table.asset());
    this.assetClass = cell(table.assetClass());
    List<ChannelColumn> channels = table.channels();
    this.channelColumns = channels.stream().mapToInt(c -> position(c.source())).toArray();
    this.channelNumbers =
        channels.stream().mapToInt(c -> intake.channels().number(c.channel())).toArray();
    int most = Math.max(1, channels.size());
    this.values = new double[most];
    this.numbers = new int[most];
    for (EventColumns event : table.events()) {
      events.add(
          new EventReading(
              event, cell(event.what()), cell(event.component()), cell(event.grade())));
    }
  }

  /** Reads the current row. */
  void row() throws IOException {
    intake.row();
    try {
      if (rows.width() > rows.columns().size()) {
        throw new BadValue(
            "more cells than columns",
            "the row has %d cells, but there are %d columns."
                .formatted(rows.width(), rows.columns().size()));
      }
      String id = needed(asset, "asset");
      LongReadings tall = table.readings();
      ChannelColumn channel = tall == null ? null : channel(tall);
      long millis =
          times.millis(
              time(), channel == null || !times.mindOrder() ? id : id + '/' + channel.channel());
      int count = tall == null ? wide() : tall(channel);
      Event[] told = events(id, millis);
      if (count > 0 || told.length > 0) {
        int number = intake.asset(id, text(assetClass));
        intake.take(
            new HistoryRow(
                millis, number, Arrays.copyOf(numbers, count), Arrays.copyOf(values, count), told));
      }
    } catch (BadValue e) {
      intake.bad(file, rows.line(), e);
    }
  }

  private Object time() throws BadValue {
    if (timeColumns.length == 1) {
      Object cell = present(timeColumns[0]);
      if (cell == null) {
        throw new BadValue("no time", column(timeColumns[0]) + " is empty.");
      }
      return cell;
    }
    StringBuilder joined = new StringBuilder();
    for (int column : timeColumns) {
      Object cell = present(column);
      if (cell == null) {
        throw new BadValue("no time", column(column) + " is empty.");
      }
      joined.append(joined.length() == 0 ? "" : " ").append(cell);
    }
    return joined.toString();
  }

  private int wide() {
    int count = 0;
    for (int i = 0; i < channelColumns.length; i++) {
      count += number(channelColumns[i], table.channels().get(i), channelNumbers[i], count);
    }
    return count;
  }

  private int tall(ChannelColumn channel) {
    if (channel == null) {
      return 0;
    }
    return number(valueColumn, channel, intake.channels().number(channel.channel()), 0);
  }

  /** Channel of a long row; null when the mapping leaves its name out. */
  private ChannelColumn channel(LongReadings tall) throws BadValue {
    Object cell = present(channelColumn);
    if (cell == null) {
      throw new BadValue("no channel", tall.channelColumn() + " is empty.");
    }
    String name = cell.toString();
    if (tall.names().isEmpty()) {
      return new ChannelColumn(name, name, 1, 0);
    }
    ChannelColumn channel = tall.names().get(name);
    if (channel == null) {
      intake.leftOut(name);
    }
    return channel;
  }

  /** Adds the value of a cell, or says why there is none; returns how many were added. */
  private int number(int column, ChannelColumn channel, int channelNumber, int at) {
    Object cell = present(column);
    if (cell == null) {
      intake.missing();
      return 0;
    }
    double value =
        cell instanceof Number number
            ? number.doubleValue()
            : Numbers.parse(cell.toString(), table.decimal());
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      if (cell instanceof Number) {
        intake.missing();
      } else {
        intake.bad(
            file,
            rows.line(),
            new BadValue(
                "not a number",
                "%s is \"%s\", not a number with \"%s\" before its fraction."
                    .formatted(column(column), cell, table.decimal())));
      }
      return 0;
    }
    values[at] = channel.convert(value);
    numbers[at] = channelNumber;
    return 1;
  }

  private Event[] events(String id, long millis) throws BadValue {
    List<Event> told = null;
    for (EventReading event : events) {
      String what = text(event.what());
      if (what.isEmpty()) {
        continue;
      }
      Kind kind = event.columns().kind();
      if (kind == Kind.FAILURE) {
        intake.failure(new ComponentEvent(id, what, millis));
        continue;
      }
      if (told == null) {
        told = new ArrayList<>(1);
      }
      told.add(
          new Event(
              kind,
              kind == Kind.STATE ? EventWords.state(what) : what,
              text(event.component()),
              EventWords.grade(kind, text(event.grade()))));
    }
    return told == null ? HistoryRow.NO_EVENTS : told.toArray(new Event[0]);
  }

  private String needed(Cell cell, String what) throws BadValue {
    String text = text(cell);
    if (text.isEmpty()) {
      throw new BadValue("no " + what, column(cell.column()) + " is empty.");
    }
    return text;
  }

  private String text(Cell cell) {
    if (cell.column() < 0) {
      return cell.constant();
    }
    Object value = present(cell.column());
    return value == null ? "" : value.toString();
  }

  /** The cell, or null when it is empty or stands for a missing value. */
  private Object present(int column) {
    Object cell = rows.cell(column);
    return cell instanceof String text && (text.isEmpty() || table.missing().contains(text))
        ? null
        : cell;
  }

  private Cell cell(CellSource source) throws BadValue {
    if (source == null) {
      return new Cell(null, -1, "");
    }
    if (source.column() != null) {
      return new Cell(source, position(source.column()), "");
    }
    if (source.value() != null) {
      return new Cell(source, -1, source.value());
    }
    Matcher matcher = source.file().matcher(file);
    if (!matcher.matches()) {
      throw new BadValue(
          "file name without asset",
          "the name of the file does not match \"%s\"; its rows are left out."
              .formatted(source.file()));
    }
    return new Cell(source, -1, matcher.group(1));
  }

  private int position(String column) {
    return rows.columns().indexOf(column);
  }

  private String column(int position) {
    return position < 0 ? "it" : rows.columns().get(position);
  }
}
