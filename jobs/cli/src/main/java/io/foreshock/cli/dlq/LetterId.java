package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.DeadLetter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of a dead letter: the place of the record it is about, and of the item in the record.
 * Written {@code topic/partition/offset/index}; at most 115 characters for a tenant's topic, so it
 * fits a {@code message_id}.
 */
record LetterId(String topic, int partition, long offset, int index) {
  private static final Pattern TEXT = Pattern.compile("(.+)/(\\d{1,9})/(\\d{1,19})/(-1|\\d{1,9})");

  static LetterId of(DeadLetter letter) {
    return new LetterId(
        letter.source().topic(),
        letter.source().partition(),
        letter.source().offset(),
        letter.index());
  }

  /**
   * @throws CliFailure when the text is no identity
   */
  static LetterId parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw noPlace(text, null);
    }
    try {
      return new LetterId(
          parts.group(1),
          Integer.parseInt(parts.group(2)),
          Long.parseLong(parts.group(3)),
          Integer.parseInt(parts.group(4)));
    } catch (NumberFormatException e) {
      // 19 digits may be more than a long holds.
      throw noPlace(text, e);
    }
  }

  private static CliFailure noPlace(String text, NumberFormatException cause) {
    return CliFailure.wrongInput(
        "\""
            + text
            + "\" is no place of a dead letter. `dlq list` prints places, e.g. acme.telemetry.raw/3/90211/-1.",
        cause);
  }

  @Override
  public String toString() {
    return topic + '/' + partition + '/' + offset + '/' + index;
  }
}
