package io.foreshock.operators.waveform;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Channel;
import io.foreshock.model.LineFrequency;
import io.foreshock.model.ShaftSpeed;
import io.foreshock.model.WaveformChannel;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.model.WaveformIndicator.Kind;
import io.foreshock.samples.Waves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what RATIONALE.md states: {@code -Dforeshock.measure=true}. */
@EnabledIfSystemProperty(named = "foreshock.measure", matches = "true")
class WaveformCostTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private static WaveformIndicator indicator(Kind kind, double from, LineFrequency line) {
    return new WaveformIndicator(
        new Channel(kind + "_" + line, "g", 0, NONE, ""),
        kind,
        from,
        from > 0 ? 10_000 : NONE,
        line,
        1,
        null,
        0,
        0.02);
  }

  @Test
  void measuresTheCostOfABlock() {
    List<WaveformIndicator> statistics =
        List.of(
            indicator(Kind.RMS, 0, null),
            indicator(Kind.CREST_FACTOR, 0, null),
            indicator(Kind.KURTOSIS, 0, null));
    List<WaveformIndicator> spectrum =
        List.of(indicator(Kind.RMS, 1_000, null), indicator(Kind.VELOCITY_RMS, 10, null));
    List<WaveformIndicator> envelope =
        List.of(
            indicator(Kind.ENVELOPE_RMS, 2_500, null),
            indicator(Kind.ENVELOPE_LINE, 2_500, new LineFrequency(0, 3.58)),
            indicator(Kind.ENVELOPE_LINE, 2_500, new LineFrequency(0, 5.42)));
    for (int count : new int[] {4_096, 16_384, 65_536}) {
      double[] samples = Waves.samples(Waves.noise(1, 7), count, 25_600);
      System.out.printf(
          "%,d samples: statistics %,d us, spectrum %,d us, envelope %,d us%n",
          count, micros(samples, statistics), micros(samples, spectrum), micros(samples, envelope));
    }
  }

  /** Best of several rounds. */
  private static long micros(double[] samples, List<WaveformIndicator> indicators) {
    WaveformAnalysis analysis =
        new WaveformAnalysis(
            new WaveformChannel(
                new Channel("wave_g", "g", -NONE, NONE, ""), ShaftSpeed.UNKNOWN, indicators),
            new WaveformAnalysis.Workspace());
    double[] sum = {0};
    long best = Long.MAX_VALUE;
    int times = 2_000_000 / samples.length;
    for (int round = 0; round < 8; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < times; i++) {
        analysis.analyse(samples, samples.length, 25_600, 25, (of, value) -> sum[0] += value);
      }
      best = Math.min(best, (System.nanoTime() - begin) / times);
    }
    assertThat(sum[0]).isPositive();
    return best / 1_000;
  }
}
