package io.foreshock.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.FaultCode;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class SplitByFolderFunctionTest {

  @Test
  void batchOfOneDatasetAndDayPassesAsItIs() {
    TelemetryBatch batch =
        Readings.of(Assets.PUMP)
            .at("00:00:00")
            .reading("speed_rpm", 1)
            .at("23:59:59.999")
            .reading("speed_rpm", 2)
            .batch();
    assertThat(split(batch)).singleElement().isSameAs(batch);
  }

  @Test
  void batchIsCutAtMidnightUtcAndByDataset() {
    TelemetryBatch batch =
        Readings.of(Assets.PUMP)
            .at("23:59:59.999")
            .reading("speed_rpm", 1)
            .at(Readings.time(1, "00:00:00"))
            .reading("speed_rpm", 2)
            .reading("vibration_rms_mm_s", 3)
            .fault("P0217", "motor", FaultCode.Severity.ERROR)
            .batch();
    List<TelemetryBatch> parts = split(batch);
    assertThat(parts.stream().map(new FolderAssigner()::folder))
        .containsExactly(
            "readings/tenant=acme/day=2026-01-05",
            "readings/tenant=acme/day=2026-01-06",
            "fault_codes/tenant=acme/day=2026-01-06");
    assertThat(parts.get(0).measurements()).isEqualTo(batch.measurements().subList(0, 1));
    assertThat(parts.get(1).measurements()).isEqualTo(batch.measurements().subList(1, 3));
    assertThat(parts.get(1).faultCodes()).isEmpty();
    assertThat(parts.get(2).faultCodes()).isEqualTo(batch.faultCodes());
    assertThat(parts.get(2).measurements()).isEmpty();
  }

  @Test
  void heartbeatHasNoPart() {
    assertThat(split(Readings.of(Assets.PUMP).appendedAt("08:00:00").batch())).isEmpty();
  }

  private static List<TelemetryBatch> split(TelemetryBatch batch) {
    List<TelemetryBatch> parts = new ArrayList<>();
    new SplitByFolderFunction().flatMap(batch, new ListCollector<>(parts));
    return parts;
  }
}
