package io.foreshock.cli.imports;

import io.foreshock.model.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The readings of one line; cells that are no numbers become letters. */
final class Cells {
  /** Stricter than Java, which also reads {@code 1d}, {@code 0x1p3} and {@code NaN}. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private final Recording.Target target;
  private final String file;
  private final int line;
  private final String device;
  private final long arrivalMillis;
  private final List<Measurement> readings = new ArrayList<>();

  /**
   * @param arrivalMillis event time of the readings too
   */
  Cells(Recording.Target target, String file, int line, String device, long arrivalMillis) {
    this.target = target;
    this.file = file;
    this.line = line;
    this.device = device;
    this.arrivalMillis = arrivalMillis;
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Adds a reading, or tells why there is none. */
  void add(int column, String columnName, String text, String channel) throws IOException {
    if (text.isEmpty()) {
      target.missing();
    } else if (isNumber(text)) {
      readings.add(new Measurement(channel, arrivalMillis, Double.parseDouble(text)));
    } else {
      bad(column, columnName, text, "a number", channel);
    }
  }

  void bad(int column, String columnName, String text, String expected, String channel)
      throws IOException {
    target.bad(
        new BadCell(
            file, line, column, columnName, text, expected, device, channel, arrivalMillis));
  }

  List<Measurement> readings() {
    return readings;
  }
}
