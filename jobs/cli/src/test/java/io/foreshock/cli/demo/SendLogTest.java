package io.foreshock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendLogTest {
  private static final AssetRef PUMP = new AssetRef("acme", "pump-1", "pump");

  private final SendLog log = new SendLog();

  @Test
  void takesTheMessageThatHoldsTheEventTime() {
    log.sent(batch(0, 100, 200), 1_000);
    log.sent(batch(1, 201, 300), 2_000);

    assertThat(log.readableNanos("acme/pump-1", 200)).isEqualTo(1_000);
    assertThat(log.readableNanos("acme/pump-1", 201)).isEqualTo(2_000);
    assertThat(log.readableNanos("acme/pump-1", 301)).isEqualTo(-1);
    assertThat(log.readableNanos("acme/pump-2", 100)).isEqualTo(-1);
  }

  @Test
  void waitsForTheMessagesBeforeIt() {
    log.sent(batch(1, 201, 300), 1_000);
    log.sent(batch(0, 100, 200), 5_000);

    assertThat(log.readableNanos("acme/pump-1", 250)).isEqualTo(5_000);
  }

  @Test
  void ignoresRepeats() {
    log.sent(batch(0, 100, 200), 1_000);
    log.sent(batch(0, 100, 200), 9_000);

    assertThat(log.readableNanos("acme/pump-1", 150)).isEqualTo(1_000);
  }

  private static TelemetryBatch batch(long sequence, long firstMillis, long lastMillis) {
    return new TelemetryBatch(
        PUMP,
        "pump-1-gw",
        "boot-0",
        sequence,
        "",
        lastMillis,
        false,
        List.of(
            new Measurement("flow_m3_h", firstMillis, 1),
            new Measurement("flow_m3_h", lastMillis, 1)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
