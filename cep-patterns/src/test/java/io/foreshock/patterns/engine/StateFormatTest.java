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

  /** Shaking and heating, one match open, format 2. */
  private static final String FORMAT_2 =
      "020000019ca8a03e8000018086fe650870756d70013509fe307a3cdd15012dd91e760180a295"
          + "1101020191010280c0ca8695673d01700a726f75676824766962726174696f6e5f726d735f6d"
          + "6d5f7300000000019ca8695000401e000000000000401c666666666666401e00000000000080"
          + "bab7033b017006686f7424766962726174696f6e5f726d735f6d6d5f7300000000019ca8a03e"
          + "80401e000000000000401c666666666666401e000000000000020300000101010203010000";

  private final List<String> found = new ArrayList<>();

  private AssetMatcher matcher(PatternTable patterns) {
    return new AssetMatcher(
        patterns,
        EngineRules.DEFAULT,
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
    return MatcherCalls.give(matcher, patterns, value, signal);
  }

  @Test
  void writesTheBytesItAlwaysWrote() throws Exception {
    PatternTable patterns = PatternTable.of(TestPatterns.wear().compile());
    AssetMatcher matcher = matcher(patterns);
    byte[] value = give(matcher, patterns, null, symptom("rough", "08:00:00"));
    value = give(matcher, patterns, value, symptom("hot", "09:00:00"));
    assertThat(HexFormat.of().formatHex(value)).isEqualTo(FORMAT_2);
  }

  @Test
  void readsTheBytesOfFormat2() throws Exception {
    PatternTable patterns = PatternTable.of(TestPatterns.wear().compile());
    AssetMatcher matcher = matcher(patterns);
    byte[] value = HexFormat.of().parseHex(FORMAT_2);
    assertThat(give(matcher, patterns, value, symptom("stuck", "10:00:00"))).isNull();
    assertThat(found).hasSize(1);
  }

  @Test
  void refusesTheFormatOfALaterRelease() throws Exception {
    PatternTable patterns = PatternTable.of(TestPatterns.wear().compile());
    byte[] value = HexFormat.of().parseHex(FORMAT_2);
    value[0] = 3;
    assertThatThrownBy(() -> give(matcher(patterns), patterns, value, symptom("stuck", "10:00:00")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Pattern state has format 3, but this release reads format 2. Deploy the release that"
                + " wrote it, or restore an older savepoint.");
  }

  /** Damaged bytes fail; they never hang, and leave nothing behind for the next asset. */
  @Test
  void survivesDamagedBytes() throws Exception {
    long seed = System.nanoTime();
    System.err.println("StateFormatTest: seed " + seed);
    Random random = new Random(seed);
    PatternTable patterns = PatternTable.of(TestPatterns.wear().compile());
    AssetMatcher matcher = matcher(patterns);
    int failed = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] value = HexFormat.of().parseHex(FORMAT_2);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        value[1 + random.nextInt(value.length - 1)] = (byte) random.nextInt(256);
      }
      try {
        give(matcher, patterns, value, symptom("stuck", "10:00:00"));
      } catch (Exception expected) {
        failed++;
      }
      assertThat(matcher.isEmpty()).isTrue();
    }
    assertThat(failed).isPositive();
    found.clear();
    readsTheBytesOfFormat2();
  }
}
