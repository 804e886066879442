package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prints what RATIONALE.md states: {@code -Dforeshock.measure=true}. */
@EnabledIfSystemProperty(named = "foreshock.measure", matches = "true")
class OrderCostTest {

  @ParameterizedTest
  @EnumSource
  void measuresAMessage(OrderHarness.Backend backend) throws Exception {
    for (int disorder : new int[] {1, 2, 100}) {
      try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, backend)) {
        for (int round = 0; round < 5; round++) {
          List<TelemetryBatch> batches = new ArrayList<>();
          int size = 20_000;
          for (int i = 0; i < size; i++) {
            // Turned around in groups of this size.
            int number = i - i % disorder + disorder - 1 - i % disorder;
            for (int device = 0; device < 2; device++) {
              batches.add(
                  ArrivalScript.message(
                      (device == 0 ? "" : "x:") + "a" + (round * size + number),
                      ArrivalScript.START + (round * size + i) * 10L));
            }
          }
          long start = System.nanoTime();
          for (TelemetryBatch batch : batches) {
            harness.send(batch);
          }
          System.out.printf(
              "%s, groups of %d turned around: %d ns a message%n",
              backend, disorder, (System.nanoTime() - start) / batches.size());
        }
      }
    }
  }
}
