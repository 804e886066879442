package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.order.OrderHarness.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device's link went through comes out as readings of the device. */
class LinkReportsTest {
  private static final long START = ArrivalScript.START;
  private static final OrderRules RULES =
      OrderRules.DEFAULT
          .withMaxWait(Duration.ofSeconds(10))
          .withLinkPeriod(Duration.ofSeconds(60))
          .withCursorTtl(Duration.ofHours(1));

  private static TelemetryBatch message(String name, long seconds) {
    return ArrivalScript.message(name, START + seconds * 1_000);
  }

  /** Reports as text: seconds at which they were due, then counts that are not zero. */
  private static List<String> reports(OrderHarness order) {
    List<String> reports = new ArrayList<>();
    for (TelemetryBatch batch : order.emitted()) {
      if (batch.messageId().startsWith(LinkReports.MESSAGE_ID)) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Measurement count : batch.measurements()) {
          if (count.value() != 0) {
            counts.put(count.channel().replaceAll("link_|_messages", ""), (int) count.value());
          }
        }
        reports.add((batch.appendTimeMillis() - START) / 1_000 + " s " + counts);
      }
    }
    return reports;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void reportsAPeriodAfterTheFirstTroubleAndOnceMoreWhenItIsOver(Backend backend) throws Exception {
    try (OrderHarness order = new OrderHarness(RULES, backend)) {
      order.send(message("a0", 0));
      order.send(message("a0", 1));
      order.send(message("a2", 2));
      order.restart();
      order.send(message("a1", 3));
      order.send(message("a5", 4));
      order.watermark(START + 60_999);
      assertThat(reports(order)).isEmpty();

      order.watermark(START + 61_000);
      assertThat(reports(order)).containsExactly("61 s {duplicated=1, lost=2, reordered=2}");
      order.watermark(START + 121_000);
      assertThat(reports(order)).last().isEqualTo("121 s {}");

      order.watermark(START + 3_000_000);
      assertThat(reports(order)).hasSize(2);
      order.watermark(START + 4_000_000);
      assertThat(order.stateLeft()).isEmpty();
      assertThat(order.timers()).isZero();
    }
  }

  @Test
  void saysNothingAboutAHealthyDevice() throws Exception {
    try (OrderHarness order = new OrderHarness(RULES, Backend.HASHMAP)) {
      for (int number = 0; number < 100; number++) {
        order.send(message("a" + number, number * 10L));
        order.watermark(START + number * 10_000L);
      }
      assertThat(order.emitted()).hasSize(100);
    }
  }

  /** A report whose time ran ahead would make a device's backlog late. */
  @Test
  void staysOnTheClockOfTheDevice() throws Exception {
    try (OrderHarness order = new OrderHarness(RULES, Backend.HASHMAP)) {
      TelemetryBatch first = message("a0", 0);
      order.send(first);
      order.send(message("a0", 1));
      order.watermark(START + 100_000);

      TelemetryBatch report = order.emitted().get(1);
      assertThat(report.asset()).isEqualTo(first.asset());
      assertThat(report.deviceId()).isEqualTo(first.deviceId());
      assertThat(report.measurements())
          .hasSize(4)
          .allMatch(count -> count.eventTimeMillis() == first.newestEventTimeMillis());
      order.send(message("a1", 120));
      assertThat(order.late()).isEmpty();
    }
  }

  /** Timers may fire late: the outcome depends on the records alone. */
  @Test
  void isTheSameWhetherTheWatermarkCameInTimeOrNot() throws Exception {
    List<TelemetryBatch> messages =
        List.of(
            message("a0", 0),
            message("a3", 1),
            message("a3", 30),
            message("a5", 40),
            message("a6", 75),
            message("a9", 76),
            message("a10", 140),
            message("a11", 300));
    List<List<TelemetryBatch>> runs = new ArrayList<>();
    for (boolean prompt : new boolean[] {true, false}) {
      try (OrderHarness order = new OrderHarness(RULES, Backend.HASHMAP)) {
        for (TelemetryBatch message : messages) {
          if (prompt) {
            for (long at = START; at < message.appendTimeMillis(); at += 1_000) {
              order.watermark(at);
            }
          }
          order.send(message);
        }
        order.watermark(Long.MAX_VALUE);
        assertThat(reports(order)).hasSize(3);
        runs.add(order.emitted());
      }
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
  }

  @Test
  void areSwitchedOffByDefault() throws Exception {
    try (OrderHarness order = new OrderHarness(OrderRules.DEFAULT, Backend.HASHMAP)) {
      order.send(message("a0", 0));
      order.send(message("a0", 1));
      order.send(message("a5", 2));
      order.watermark(START + 3_600_000);
      assertThat(reports(order)).isEmpty();
    }
  }

  @Test
  void canBeSwitchedOffWhileThereIsSomethingToReport() throws Exception {
    try (OrderHarness order = new OrderHarness(RULES, Backend.HASHMAP)) {
      order.send(message("a0", 0));
      order.send(message("a0", 1));
      order.restart(RULES.withLinkPeriod(Duration.ZERO));
      order.watermark(START + 600_000);
      order.send(message("a1", 601));
      assertThat(reports(order)).isEmpty();

      order.watermark(START + 4_300_000);
      assertThat(order.stateLeft()).isEmpty();
    }
  }
}
