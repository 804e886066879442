package io.foreshock.cli.alerts;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as it is typed: {@code 90m}, {@code 4h}, {@code 2d}. */
final class Span implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration span = TimeUtils.parseDuration(text.matches("\\d+") ? text + " ?" : text);
      if (span.isZero() || span.isNegative()) {
        throw new IllegalArgumentException("not positive");
      }
      return span;
    } catch (RuntimeException e) {
      throw new TypeConversionException(
          "\"" + text + "\" is no length of time. Use e.g. 90m, 4h or 2d");
    }
  }
}
