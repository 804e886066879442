package io.foreshock.backtest.data.gearbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up gearboxes of which it is known whether they differ. */
class GearboxFiguresTest {
  private static final int SAMPLES = 88_832;
  private static final double SHAFT_HZ = 1785.3 / 60;

  /** Mesh with harmonics, side bands of a depth, and noise. */
  private static Vibration gearbox(long seed, double depth) {
    Random random = new Random(seed);
    float[][] sensors = new float[4][SAMPLES];
    for (int s = 0; s < 4; s++) {
      for (int i = 0; i < SAMPLES; i++) {
        double t = 2 * Math.PI * i / GearboxRecording.SAMPLING_RATE_HZ * SHAFT_HZ;
        double mesh = Math.sin(32 * t) + 0.5 * Math.sin(64 * t + s) + 0.3 * Math.sin(96 * t);
        sensors[s][i] =
            (float) (mesh * (1 + depth * Math.cos(0.4 * t)) + 0.5 * random.nextGaussian());
      }
    }
    return new Vibration("made-up", sensors);
  }

  private static JsonNode judge(Vibration healthy, Vibration broken) {
    GearboxPlan plan = new GearboxPlan(healthy, broken);
    GearboxRecording recording = new GearboxRecording(plan);
    Figures figures =
        GearboxFigures.of(Indicators.of(recording, plan, recording.channels()), plan, List.of());
    assertThat(figures.table()).contains("all sensors").contains("0 alarms while healthy");
    return figures.json();
  }

  @Test
  void modulationOfTheMeshIsFound() {
    JsonNode json = judge(gearbox(1, 0.02), gearbox(2, 0.3));

    assertThat(json.at("/spectral/auc").asDouble()).isEqualTo(1);
    assertThat(json.at("/spectral/accuracy").asDouble()).isEqualTo(1);
    for (JsonNode indicator : json.get("indicators")) {
      if (indicator.get("channel").asText().equals("gfd_side_band_ratio")) {
        assertThat(indicator.at("/auc/a1").asDouble()).isEqualTo(1);
      }
    }
  }

  /** The other half of the same gearbox must not look broken, nor a second sound one. */
  @Test
  void twoSoundGearboxesAreNotToldApart() {
    JsonNode json = judge(gearbox(3, 0.02), gearbox(4, 0.02));

    assertThat(json.at("/spectral/auc").asDouble()).isBetween(0.25, 0.75);
    assertThat(json.at("/spectral/healthyAccuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/spectral/brokenAccuracy").asDouble()).isZero();
  }

  @Test
  void noBlockThatIsJudgedSharesSamplesWithTheCalibration() {
    GearboxPlan plan = new GearboxPlan(gearbox(5, 0), gearbox(6, 0));

    int lastCalibrated =
        plan.blocks().stream()
            .filter(b -> b.part() == GearboxPlan.Part.CALIBRATION)
            .mapToInt(GearboxPlan.Block::sourceIndex)
            .max()
            .orElseThrow();
    int firstJudged =
        plan.blocks().stream()
            .filter(b -> b.part() == GearboxPlan.Part.HEALTHY)
            .mapToInt(GearboxPlan.Block::sourceIndex)
            .min()
            .orElseThrow();

    assertThat(firstJudged * Vibration.STEP)
        .isGreaterThanOrEqualTo(lastCalibrated * Vibration.STEP + Vibration.BLOCK);
    assertThat((long) lastCalibrated * Vibration.STEP + Vibration.BLOCK)
        .isLessThanOrEqualTo(SAMPLES / 2 + Vibration.STEP);
  }

  @Test
  void namesTheFileThatIsMissingOrTooShort(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Vibration.read(folder, "h30hz0"))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining("h30hz0");

    Files.writeString(folder.resolve("h30hz0.csv"), "a1,a2,a3,a4\n1,2,3,4\n");

    assertThatThrownBy(() -> Vibration.read(folder, "h30hz0"))
        .isInstanceOf(BacktestException.class)
        .hasMessage(
            "h30hz0 holds 1 samples, but 88064 or more are needed to learn from one half and judge the other.");
  }
}
