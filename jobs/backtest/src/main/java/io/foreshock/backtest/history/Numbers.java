package io.foreshock.backtest.history;

/** Numbers as they stand in a table. */
final class Numbers {
  private Numbers() {}

  /**
   * Digits with an optional sign, fraction and power of ten; nothing else: no grouping, no unit, no
   * {@code NaN}.
   *
   * @param decimal character in front of the fraction
   * @return NaN when the text is no such number
   */
  static double parse(String text, char decimal) {
    int digits = 0;
    boolean fraction = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == decimal && !fraction) {
        fraction = true;
      } else if ((c == 'e' || c == 'E') && digits > 0) {
        return power(text, i, decimal);
      } else if (i != 0 || c != '-' && c != '+') {
        return Double.NaN;
      }
    }
    return digits == 0 ? Double.NaN : finite(text, decimal);
  }

  private static double power(String text, int at, char decimal) {
    int digits = 0;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (i != at + 1 || c != '-' && c != '+') {
        return Double.NaN;
      }
    }
    return digits == 0 ? Double.NaN : finite(text, decimal);
  }

  private static double finite(String text, char decimal) {
    double value = Double.parseDouble(decimal == '.' ? text : text.replace(decimal, '.'));
    return Double.isInfinite(value) ? Double.NaN : value;
  }
}
