package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.FeatureRow;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State, timers and restarts. */
class ComputeFeaturesFunctionTest {
  private static final long MINUTE = 60_000L;
  private static final long DAY = 1_440 * MINUTE;
  private static final long START = Instant.parse("2026-03-01T05:00:00Z").toEpochMilli();
  private static final FeatureSet SET =
      FeatureRun.set(
          """
          featureSet: harness
          version: 1
          description: For tests
          every: 5 min
          features:
            heat: {channel: temperature_c, aggregates: [mean, max], windows: [1h, 30d], description: Heat}
          """);

  private static KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, FeatureRow> open(
      boolean rocksDb, OperatorSubtaskState restored) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, FeatureRow> flink =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new ComputeFeaturesFunction(List.of(SET), Duration.ofDays(90))),
            FeatureInput::key,
            Types.STRING);
    StateBackend backend = rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    flink.setStateBackend(backend);
    flink.getExecutionConfig().enableObjectReuse();
    flink.setup();
    if (restored != null) {
      flink.initializeState(restored);
    }
    flink.open();
    return flink;
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, FeatureRow> flink,
      long appendMillis,
      long eventMillis,
      double value)
      throws Exception {
    TelemetryBatch batch =
        new TelemetryBatch(
            FeatureRun.PUMP,
            "gw",
            "boot",
            0,
            "",
            appendMillis,
            false,
            List.of(new Measurement("temperature_c", eventMillis, value)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    flink.processElement(new FeatureInput("harness", false, batch), appendMillis);
  }

  private static long keys(
      KeyedOneInputStreamOperatorTestHarness<String, FeatureInput, FeatureRow> flink,
      String state) {
    try (Stream<Object> keys =
        flink.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void correctionsComeAMinuteAfterThatWhichMadeThemDue(boolean rocksDb) throws Exception {
    try (var flink = open(rocksDb, null)) {
      send(flink, START, START, 20);
      send(flink, START + 6 * MINUTE, START + 6 * MINUTE, 22);
      send(flink, START + 7 * MINUTE, START + 2 * MINUTE, 90);
      flink.processWatermark(START + 8 * MINUTE - 1);
      assertThat(flink.extractOutputValues()).hasSize(1);
      flink.processWatermark(START + 8 * MINUTE);
      assertThat(flink.extractOutputValues()).hasSize(2);
      FeatureRow row = flink.extractOutputValues().get(1);
      assertThat(row.revision()).isEqualTo(1);
      assertThat(row.computedAtMillis()).isEqualTo(START + 8 * MINUTE);
      assertThat(row.values()[FeatureRun.column(SET, "heat_max_1h")]).isEqualTo(90);
      assertThat(flink.numEventTimeTimers()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void assetThatSaysNothingIsForgottenWithAllItsSlices(boolean rocksDb) throws Exception {
    try (var flink = open(rocksDb, null)) {
      for (int minute = 0; minute < 3_000; minute += 5) {
        send(flink, START + minute * MINUTE, START + minute * MINUTE, 20);
      }
      flink.processWatermark(START + 89 * DAY);
      assertThat(keys(flink, ComputeFeaturesFunction.CLOCK_STATE)).isEqualTo(1);
      assertThat(keys(flink, ComputeFeaturesFunction.SLICES_STATE)).isPositive();
      flink.processWatermark(START + 93 * DAY);
      assertThat(keys(flink, ComputeFeaturesFunction.CLOCK_STATE)).isZero();
      assertThat(keys(flink, ComputeFeaturesFunction.SLICES_STATE)).isZero();
      assertThat(flink.numEventTimeTimers()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restartAfterEachMessageChangesNoBit(boolean rocksDb) throws Exception {
    List<FeatureRow> expected;
    try (var flink = open(rocksDb, null)) {
      for (int minute = 0; minute < 60; minute += 3) {
        send(flink, START, START + minute * MINUTE, 20 + minute % 7 * 0.1);
      }
      expected = List.copyOf(flink.extractOutputValues());
    }
    List<FeatureRow> rows = new java.util.ArrayList<>();
    OperatorSubtaskState state = null;
    for (int minute = 0; minute < 60; minute += 3) {
      try (var flink = open(rocksDb, state)) {
        send(flink, START, START + minute * MINUTE, 20 + minute % 7 * 0.1);
        rows.addAll(flink.extractOutputValues());
        state = flink.snapshot(minute, minute);
      }
    }
    assertThat(rows).isNotEmpty().isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endOfInputGivesCorrectionsAndForgetsNothing(boolean rocksDb) throws Exception {
    try (var flink = open(rocksDb, null)) {
      send(flink, START, START, 20);
      send(flink, START, START + 6 * MINUTE, 22);
      send(flink, START, START + 2 * MINUTE, 90);
      flink.processWatermark(Long.MAX_VALUE);
      assertThat(flink.extractOutputValues()).hasSize(2);
      assertThat(keys(flink, ComputeFeaturesFunction.CLOCK_STATE)).isEqualTo(1);
    }
  }
}
