package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.order.OrderHarness.Backend;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursors in memory change nothing: restarts, other backends and too little memory included. */
class OrderMemoryTest {
  private static final int ASSETS = 30;
  private static final int MESSAGES = 12;

  /** Of three messages of each asset two change places, so that gaps are open at restarts. */
  @ParameterizedTest
  @CsvSource({
    "HASHMAP, HASHMAP, 1",
    "HASHMAP, HASHMAP, 4000",
    "HASHMAP, ROCKSDB, 33554432",
    "ROCKSDB, HASHMAP, 33554432",
    "ROCKSDB, ROCKSDB, 1",
    "ROCKSDB, ROCKSDB, 4000"
  })
  void whatIsInMemoryIsInTheSnapshot(Backend first, Backend second, long memoryBytes)
      throws Exception {
    try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, first, memoryBytes)) {
      for (int place = 0; place < MESSAGES; place++) {
        int number = place % 3 == 1 ? place + 1 : place % 3 == 2 ? place - 1 : place;
        for (int asset = 0; asset < ASSETS; asset++) {
          harness.send(message(asset, number, place));
        }
        harness.restart(place % 2 == 0 ? second : first);
      }

      List<Long> inOrder = LongStream.range(0, MESSAGES).boxed().toList();
      Map<String, List<Long>> expected = new HashMap<>();
      for (int asset = 0; asset < ASSETS; asset++) {
        expected.put("pump-" + asset, inOrder);
      }
      assertThat(
              harness.emitted().stream()
                  .filter(batch -> batch.measurements().get(0).channel().equals("speed_rpm"))
                  .collect(
                      Collectors.groupingBy(
                          batch -> batch.asset().assetId(),
                          Collectors.mapping(TelemetryBatch::sequence, Collectors.toList()))))
          .isEqualTo(expected);
      assertThat(harness.late()).isEmpty();
      assertThat(harness.stateLeft()).containsExactly("cursors");
      harness.watermark(Long.MAX_VALUE);
      assertThat(harness.stateLeft()).isEmpty();
      assertThat(harness.timers()).isZero();
    }
  }

  private static TelemetryBatch message(int asset, int number, int place) {
    String name = "pump-" + asset;
    return Readings.of(Assets.pump(name))
        .device(name)
        .appendedAt(ArrivalScript.START + place * 1000L + asset)
        .boot("a")
        .sequence(number)
        .at(ArrivalScript.START + number * 1000L)
        .reading("speed_rpm", number)
        .batch();
  }
}
