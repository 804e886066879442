package io.foreshock.backtest.score;

import io.foreshock.model.Signal;
import io.foreshock.operators.documents.Quantities;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers, times and signals for people. */
final class Words {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Words() {}

  static String time(long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    return time.equals(time.truncatedTo(ChronoUnit.MINUTES))
        ? time.toString().replace(":00Z", "Z")
        : time.toString();
  }

  /** Four digits are enough. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "unknown";
    }
    return Quantities.text(new BigDecimal(value).round(FOUR_DIGITS).doubleValue());
  }

  static String hours(long millis) {
    return String.format(Locale.ROOT, "%.1f h", millis / (double) Score.HOUR_MILLIS);
  }

  /** {@code 5.0 h before the failure}, or after it. */
  static String beforeFailure(long millis, ComponentEvent failure) {
    long before = failure.millis() - millis;
    return hours(Math.abs(before)) + (before >= 0 ? " before" : " after") + " the failure";
  }

  /** What a signal was, its figures included. */
  static String signal(Signal signal) {
    return switch (signal.kind()) {
      case SYMPTOM, SYMPTOM_CLEARED -> symptom(signal);
      case FAULT_CODE -> "code " + signal.name();
      case MAINTENANCE -> signal.component() + " " + signal.attribute();
      case OPERATING_STATE -> "state " + signal.name();
      case READING -> signal.channel() + " " + number(signal.value());
    };
  }

  private static String symptom(Signal signal) {
    String what = signal.channel().isEmpty() ? signal.name() : signal.channel();
    return Double.isNaN(signal.score())
        ? what
        : what + " " + number(signal.score()) + ", limit " + number(signal.limit());
  }
}
