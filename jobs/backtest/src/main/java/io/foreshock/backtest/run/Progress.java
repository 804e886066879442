package io.foreshock.backtest.run;

/** Hears how far something is. Called often: implementations decide when to speak. */
public interface Progress {
  /** Nobody listens. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String what, String unit, long total) {
          // Nobody listens.
        }

        @Override
        public void at(long done) {
          // Nobody listens.
        }

        @Override
        public void end() {
          // Nobody listens.
        }
      };

  /**
   * Something begins.
   *
   * @param what it is, e.g. {@code reading}
   * @param unit what is counted, e.g. {@code bytes}
   * @param total of them; 0 or less when unknown
   */
  void begin(String what, String unit, long total);

  /** So many are done since the beginning. */
  void at(long done);

  /** It is over. */
  void end();
}
