package io.foreshock.patterns.engine;

import static io.foreshock.patterns.engine.Signals.symptom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bytes in state are a contract: these were written by an earlier build. */
class StateFormatTest {

  /** Shaking and heating, one match open, format 1. */
  private static final String FORMAT_1 =
      "010000019ca8a03e8000018092c8630870756d70013509fe307a3cdd15012dd91e760180a295"
          + "11010201c1010000019ca869500002030280bab70300030100000080bab70300000002000204"
          + "00000101010001010280bab703000101010400000201000180bab70301020000013d01700a72"
          + "6f75676824766962726174696f6e5f726d735f6d6d5f7300000000019ca8695000401e000000"
          + "000000401c666666666666401e00000000000080bab70300013b017006686f74247669627261"
          + "74696f6e5f726d735f6d6d5f7300000000019ca8a03e80401e000000000000401c6666666666"
          + "66401e000000000000";

  private final MatchBuffer buffer = new MatchBuffer();
  private final List<String> found = new ArrayList<>();

  private AssetMatcher matcher(PatternTable patterns) {
    return new AssetMatcher(
        patterns,
        EngineRules.DEFAULT,
        buffer,
        new MatchSink() {
          @Override
          public void matched(
              PatternRuntime pattern, Map<String, List<Signal>> match, long completedAt) {
            found.add(pattern.detections().detection(match, completedAt).id());
          }

          @Override
          public void timedOut(
              PatternRuntime pattern, Map<String, List<Signal>> match, long deadline) {}
        });
  }

  private static byte[] give(
      AssetMatcher matcher, PatternTable patterns, byte[] value, Signal signal) throws Exception {
    return matcher.onSignal(
        value, signal, patterns.index().candidates(signal), signal.eventTimeMillis());
  }

  @Test
  void writesTheBytesItAlwaysWrote() throws Exception {
    PatternTable patterns = new PatternTable(TestPatterns.wear().compile(), buffer);
    AssetMatcher matcher = matcher(patterns);
    byte[] value = give(matcher, patterns, null, symptom("rough", "08:00:00"));
    value = give(matcher, patterns, value, symptom("hot", "09:00:00"));
    assertThat(HexFormat.of().formatHex(value)).isEqualTo(FORMAT_1);
  }

  @Test
  void readsTheBytesOfFormat1() throws Exception {
    PatternTable patterns = new PatternTable(TestPatterns.wear().compile(), buffer);
    AssetMatcher matcher = matcher(patterns);
    byte[] value = HexFormat.of().parseHex(FORMAT_1);
    assertThat(give(matcher, patterns, value, symptom("stuck", "10:00:00"))).isNull();
    assertThat(found).hasSize(1);
  }

  @Test
  void refusesTheFormatOfALaterRelease() throws Exception {
    PatternTable patterns = new PatternTable(TestPatterns.wear().compile(), buffer);
    byte[] value = HexFormat.of().parseHex(FORMAT_1);
    value[0] = 2;
    assertThatThrownBy(() -> give(matcher(patterns), patterns, value, symptom("stuck", "10:00:00")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Pattern state has format 2, but this release reads format 1. Deploy the release that"
                + " wrote it, or restore an older savepoint.");
  }

  /** Damaged bytes fail; they never hang, and leave nothing behind for the next asset. */
  @Test
  void survivesDamagedBytes() throws Exception {
    long seed = System.nanoTime();
    System.err.println("StateFormatTest: seed " + seed);
    Random random = new Random(seed);
    PatternTable patterns = new PatternTable(TestPatterns.wear().compile(), buffer);
    AssetMatcher matcher = matcher(patterns);
    int failed = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] value = HexFormat.of().parseHex(FORMAT_1);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        value[1 + random.nextInt(value.length - 1)] = (byte) random.nextInt(256);
      }
      try {
        give(matcher, patterns, value, symptom("stuck", "10:00:00"));
      } catch (Exception expected) {
        failed++;
      }
      assertThat(buffer.isEmpty()).isTrue();
    }
    assertThat(failed).isPositive();
    found.clear();
    readsTheBytesOfFormat1();
  }
}
