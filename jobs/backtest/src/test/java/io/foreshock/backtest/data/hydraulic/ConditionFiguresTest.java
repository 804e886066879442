package io.foreshock.backtest.data.hydraulic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.backtest.data.Selection;
import io.foreshock.backtest.data.SymptomTimes;
import io.foreshock.backtest.run.Results;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionFiguresTest {
  private static final AssetRef RIG =
      new AssetRef("hydraulic", HydraulicRecording.ASSET, "hydraulic-rig");

  @TempDir private Path folder;

  private static Signal symptom(boolean begins, String id, String channel, int cycle) {
    long millis = HydraulicRecording.endMillis(cycle) - 10_000;
    return Signal.symptom(RIG, begins, id, channel, millis, 1, 1, 1, false);
  }

  @Test
  void aComponentIsAsIllAsItHasSymptomsAtTheEndOfACycle() {
    String cooling = HydraulicRecording.COOLING;
    List<Condition> truth =
        List.of(
            new Condition(3, 100, true),
            new Condition(3, 90, true),
            new Condition(20, 80, true),
            new Condition(100, 73, false));
    List<Signal> signals =
        List.of(
            symptom(true, "threshold-a", cooling, 1),
            symptom(true, "threshold-b", cooling, 1),
            symptom(true, "threshold-c", HydraulicRecording.EARLY_FLOW, 1),
            symptom(false, "threshold-b", cooling, 2),
            symptom(true, "threshold-d", HydraulicRecording.LATE_FLOW, 2),
            symptom(false, "threshold-c", HydraulicRecording.EARLY_FLOW, 3),
            symptom(true, "threshold-e", HydraulicRecording.LATE_FLOW, 3));

    JsonNode json = ConditionFigures.of(truth, SymptomTimes.of(Results.of(signals))).json();

    // The first cycle was tuned on. The cooler's last symptom never ends.
    assertThat(json.get("coolerAccuracy").asDouble()).isEqualTo(2 / 3.0);
    assertThat(json.get("coolerAccuracyStable").asDouble()).isEqualTo(1);
    assertThat(json.get("coolerByCondition").get("100").asDouble()).isZero();
    assertThat(json.get("valveAccuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void namesTheLineOfAProfileThatIsNone() throws IOException {
    Files.writeString(folder.resolve("profile.txt"), "3\t100\t0\t130\t1\n3\t100\n");

    assertThatThrownBy(() -> new Hydraulic().open(folder, Selection.ALL))
        .hasMessageContaining("profile.txt, line 2 must hold 5 whole numbers");
  }
}
