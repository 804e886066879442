package io.foreshock.operators.features.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.Counters;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of pumps of one model, compared hour by hour; three others must have a value. */
class CompareFleetFunctionTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long TIME = 490_000 * HOUR;
  private static final String MODEL = "A-100";
  private static final List<FeatureSet> SETS =
      new FeatureLanguage(new ChannelRegistry(List.of(new Channel("x_c", "°C", -1e9, 1e9, "x"))))
          .parse(
              "f.yaml",
              """
              featureSet: pump
              version: 1
              description: For tests
              every: 1h
              features:
                x: {channel: x_c, aggregates: [mean, max], windows: [1h], description: x}
              fleet: {wait: 15 min, remember: 2d, minimumPeers: 3, compare: [x_mean_1h, x_max_1h]}
              """)
          .orThrow();

  private Counters counters;
  private KeyedOneInputStreamOperatorTestHarness<String, FleetInput, FeatureRow> fleet;

  @BeforeEach
  void open() throws Exception {
    counters = new Counters();
    fleet = harness(SETS, null);
  }

  @AfterEach
  void close() throws Exception {
    fleet.close();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, FleetInput, FeatureRow> harness(
      List<FeatureSet> sets, OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, FleetInput, FeatureRow> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new CompareFleetFunction(sets)),
            FleetInput::key,
            Types.STRING,
            counters.environment());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static FleetInput row(String tenant, String pump, long computedAt, double... values) {
    return new FleetInput(
        MODEL,
        new FeatureRow(
            new AssetRef(tenant, pump, "pump"),
            "pump-fleet",
            1,
            TIME,
            computedAt,
            0,
            FeatureRow.Kind.LIVE,
            values));
  }

  private void send(String pump, double... values) throws Exception {
    send(row("acme", pump, TIME + MINUTE, values));
  }

  private void send(FleetInput input) throws Exception {
    fleet.processElement(input, input.row().computedAtMillis());
  }

  private List<FeatureRow> rowsAt(long watermark) throws Exception {
    int before = fleet.extractOutputValues().size();
    fleet.processWatermark(watermark);
    List<FeatureRow> rows = fleet.extractOutputValues();
    return rows.subList(before, rows.size());
  }

  private static Map<String, double[]> last(List<FeatureRow> rows) {
    Map<String, FeatureRow> last = new TreeMap<>();
    rows.forEach(
        row -> last.merge(row.asset().key(), row, (a, b) -> a.revision() > b.revision() ? a : b));
    Map<String, double[]> values = new TreeMap<>();
    last.forEach((asset, row) -> values.put(asset, row.values()));
    return values;
  }

  @Test
  void everyMachineIsComparedWithMedianAndSpreadOfAll() throws Exception {
    send("a", 10, 1);
    send("b", 12, 1);
    send("c", 11, 1);
    send("d", 30, 2);
    assertThat(rowsAt(TIME + 15 * MINUTE)).as("they wait for others").isEmpty();

    List<FeatureRow> rows = rowsAt(TIME + 16 * MINUTE);
    assertThat(rows).hasSize(4).allMatch(row -> row.revision() == 0);
    assertThat(rows).allMatch(row -> row.kind() == FeatureRow.Kind.LIVE);
    assertThat(rows).allMatch(row -> row.computedAtMillis() == TIME + 16 * MINUTE);
    double spread = 1.4826 * 1;
    double[] values = last(rows).get("acme/d");
    assertThat(values[0]).as("peers").isEqualTo(3);
    assertThat(values[1]).isCloseTo((30 - 11.5) / spread, within(1e-12));
    assertThat(values[2]).isEqualTo(11.5);
    assertThat(values[3]).isCloseTo(spread, within(1e-12));
    assertThat(values[4]).as("who differs where all others are equal").isNaN();
    assertThat(last(rows).get("acme/a")[4]).as("equal to all others").isZero();
  }

  @Test
  void aLateRowGivesTheRowsAgainThatItChanges() throws Exception {
    for (String pump : List.of("a", "b", "c", "d", "e")) {
      send(pump, 10, 5);
    }
    assertThat(rowsAt(TIME + 20 * MINUTE)).hasSize(5);
    send(row("acme", "e", TIME + HOUR, 11, 5));
    List<FeatureRow> again = rowsAt(TIME + 2 * HOUR);
    assertThat(again).hasSize(1);
    assertThat(again.get(0).asset().assetId()).isEqualTo("e");
    assertThat(again.get(0).revision()).isEqualTo(1);
    assertThat(again.get(0).kind()).isEqualTo(FeatureRow.Kind.CORRECTED);

    send(row("acme", "f", TIME + 3 * HOUR, 10, 5));
    assertThat(rowsAt(TIME + 4 * HOUR)).as("all have one peer more").hasSize(6);
    assertThat(counters.get("fleetRowsCorrected")).isEqualTo(6);
  }

  @Test
  void tenantsNeverMeetWhateverTheirMachinesAreCalled() throws Exception {
    for (String pump : List.of("a", "b", "c", "d")) {
      send(row("acme", pump, TIME + MINUTE, 10, 10));
      send(row("globex", pump, TIME + MINUTE, 1_000, 1_000));
    }
    send(row("initech", "acme/a", TIME + MINUTE, 7, 7));
    List<FeatureRow> rows = rowsAt(TIME + HOUR);
    assertThat(rows).hasSize(9);
    assertThat(last(rows).get("acme/a")[2]).isEqualTo(10);
    assertThat(last(rows).get("globex/a")[2]).isEqualTo(1_000);
    assertThat(last(rows).get("initech/acme/a")).startsWith(0).contains(Double.NaN);
  }

  @Test
  void tooFewOthersWithAValueSayNothing() throws Exception {
    send("a", 1, 1);
    send("b", 2, Double.NaN);
    send("c", 3, 3);
    send("d", 4, Double.NaN);
    Map<String, double[]> rows = last(rowsAt(TIME + HOUR));
    assertThat(rows.get("acme/a")[0]).isEqualTo(3);
    assertThat(rows.get("acme/a")[1]).isNotNaN();
    assertThat(Arrays.copyOfRange(rows.get("acme/a"), 4, 7)).containsOnly(Double.NaN);
    assertThat(Arrays.copyOfRange(rows.get("acme/b"), 4, 7)).containsOnly(Double.NaN);
  }

  @Test
  void orderAndRevisionsOnTheWayChangeNoBit() throws Exception {
    for (long seed = 1; seed <= Integer.getInteger("foreshock.features.cases", 20); seed++) {
      Random random = new Random(seed);
      List<FleetInput> rows = new ArrayList<>();
      for (int pump = 0; pump < 15; pump++) {
        double missing = random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian();
        rows.add(row("acme", "p-" + pump, TIME + MINUTE, random.nextGaussian(), missing));
      }
      rows.forEach(this::sendUnchecked);
      Map<String, double[]> expected = last(rowsAt(Long.MAX_VALUE));
      assertThat(fleet.numKeyedStateEntries()).isZero();
      fleet.close();

      fleet = harness(SETS, null);
      Collections.shuffle(rows, random);
      long clock = TIME;
      for (FleetInput input : rows) {
        clock += random.nextInt((int) (20 * MINUTE));
        FeatureRow row = input.row();
        String pump = row.asset().assetId();
        if (random.nextBoolean()) {
          send(row("acme", pump, clock, random.nextGaussian(), random.nextGaussian()));
        }
        fleet.processWatermark(clock);
        send(row("acme", pump, clock, row.values()));
      }
      fleet.processWatermark(Long.MAX_VALUE);
      Map<String, double[]> served = last(fleet.extractOutputValues());
      assertThat(served.keySet()).isEqualTo(expected.keySet());
      for (Map.Entry<String, double[]> row : expected.entrySet()) {
        assertThat(served.get(row.getKey()))
            .as("%s, seed %d", row.getKey(), seed)
            .isEqualTo(row.getValue());
      }
      fleet.close();
      fleet = harness(SETS, null);
    }
  }

  private void sendUnchecked(FleetInput input) {
    try {
      send(input);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTimeIsForgottenAndWhatComesAfterIsCounted() throws Exception {
    send("a", 1, 1);
    rowsAt(TIME + HOUR);
    assertThat(fleet.numKeyedStateEntries()).isEqualTo(2);
    assertThat(fleet.numEventTimeTimers()).isEqualTo(1);
    assertThat(rowsAt(TIME + 2 * 24 * HOUR)).isEmpty();
    assertThat(fleet.numKeyedStateEntries()).as("a row may still come").isEqualTo(2);
    rowsAt(TIME + (2 * 24 + 2) * HOUR);
    assertThat(fleet.numKeyedStateEntries()).isZero();
    assertThat(fleet.numEventTimeTimers()).isZero();

    send(row("acme", "b", TIME + 3 * 24 * HOUR, 1, 1));
    assertThat(counters.get("fleetRowsTooLate")).isEqualTo(1);
    assertThat(fleet.numKeyedStateEntries()).isZero();
  }

  @Test
  void goesOnAfterARestartAndDropsSetsThatAreGone() throws Exception {
    send("a", 1, 1);
    send("b", 2, 1);
    OperatorSubtaskState state = fleet.snapshot(1, 1);
    fleet.close();
    fleet = harness(SETS, state);
    send("c", 3, 1);
    send("d", 4, 1);
    assertThat(last(rowsAt(TIME + HOUR)).get("acme/a")[2]).isEqualTo(2.5);
    OperatorSubtaskState given = fleet.snapshot(2, 2);
    fleet.close();
    fleet = harness(List.of(), given);
    assertThat(rowsAt(TIME + 10 * 24 * HOUR)).isEmpty();
    assertThat(fleet.numKeyedStateEntries()).isZero();
  }
}
