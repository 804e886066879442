package io.foreshock.cli.imports;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import java.nio.charset.StandardCharsets;

/**
 * A cell of a file, or a whole line, that cannot be read as what it should be.
 *
 * @param file name of the file
 * @param line number of the line, from 1
 * @param column number of the column, from 0; {@link #WHOLE_LINE} when nothing can be told from it
 * @param columnName as the format names it
 * @param text as it stands there
 * @param expected what should stand there, e.g. "a number"
 * @param deviceId device of the line; empty when it cannot be told
 * @param channel channel that goes without a reading; empty when it is not about one
 * @param arrivalMillis when the line arrived, as far as the file tells
 */
record BadCell(
    String file,
    int line,
    int column,
    String columnName,
    String text,
    String expected,
    String deviceId,
    String channel,
    long arrivalMillis) {

  /** Column of a line of which nothing can be used. */
  static final int WHOLE_LINE = DeadLetter.WHOLE_RECORD;

  /**
   * The letter: the file stands for the topic, the line for the offset and the column for the
   * index, so that the same cell gives the same letter whenever the file is imported.
   */
  DeadLetter toLetter(String tenant) {
    return new DeadLetter(
        new RawRecord(
            tenant,
            file,
            0,
            line,
            arrivalMillis,
            deviceId.getBytes(StandardCharsets.UTF_8),
            text.getBytes(StandardCharsets.UTF_8)),
        column,
        column == WHOLE_LINE ? DeadLetter.Reason.MALFORMED : DeadLetter.Reason.INVALID_FIELD,
        "%s, line %d: %s is \"%s\", not %s".formatted(file, line, columnName, text, expected),
        deviceId,
        channel);
  }
}
