package io.foreshock.backtest.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Rows as columns: an array for each property is half the size of an object for each row. */
final class JsonColumns {
  private JsonColumns() {}

  /** Writes what a column holds of a row. */
  @FunctionalInterface
  interface Cell<T> {
    void write(T row) throws IOException;
  }

  /** Whole seconds as such, others with their fraction. */
  static void seconds(JsonGenerator json, long millis) throws IOException {
    if (millis % 1000 == 0) {
      json.writeNumber(millis / 1000);
    } else {
      json.writeNumber(millis / 1000.0);
    }
  }

  /** One property of all rows. */
  static <T> void column(JsonGenerator json, String name, List<T> rows, Cell<T> cell)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T row : rows) {
      cell.write(row);
    }
    json.writeEndArray();
  }

  static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
