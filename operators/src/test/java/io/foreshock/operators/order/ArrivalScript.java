package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Arrivals of one asset's messages as a line of words, one second of ingest time apart:
 *
 * <ul>
 *   <li>{@code a3}: number 3 of boot a, with one reading at its own event time; {@code a3!}:
 *       without content; {@code a3@7}: with event time 7 s;
 *   <li>{@code x:a3}: the same from device x; else the asset is the device;
 *   <li>{@code -5}: a message without number whose id is 5, event time 5 s;
 *   <li>{@code +10}: ten seconds pass; {@code ~60}: from now on the watermark is a minute behind;
 *   <li>{@code restart}: from a snapshot.
 * </ul>
 *
 * Event times: boot a starts at 0 s, b at 1000 s, and so on; one second a number.
 */
final class ArrivalScript {
  static final long START = Readings.time("08:00:00");

  private final OrderHarness harness;
  private long nowMillis = START;
  private long lagMillis;

  ArrivalScript(OrderHarness harness) {
    this.harness = harness;
  }

  void play(String script) throws Exception {
    for (String word : script.trim().split("\\s+")) {
      if (word.equals("restart")) {
        harness.restart();
      } else if (word.startsWith("+")) {
        nowMillis += Long.parseLong(word.substring(1)) * 1000;
        harness.watermark(nowMillis - lagMillis);
      } else if (word.startsWith("~")) {
        lagMillis = Long.parseLong(word.substring(1)) * 1000;
      } else {
        nowMillis += 1000;
        harness.watermark(nowMillis - 1 - lagMillis);
        harness.send(message(word, nowMillis));
      }
    }
  }

  static TelemetryBatch message(String word, long appendTimeMillis) {
    int colon = word.indexOf(':');
    Readings readings =
        Readings.of(Assets.PUMP)
            .device(colon < 0 ? Assets.PUMP.assetId() : word.substring(0, colon))
            .appendedAt(appendTimeMillis);
    String rest = word.substring(colon + 1);
    boolean empty = rest.endsWith("!");
    int at = rest.indexOf('@');
    String number = rest.substring(1, at >= 0 ? at : empty ? rest.length() - 1 : rest.length());
    long seconds;
    if (rest.charAt(0) == '-') {
      readings.unsequenced(number);
      seconds = Long.parseLong(number);
    } else {
      readings.boot(rest.substring(0, 1)).sequence(Long.parseLong(number));
      seconds = (rest.charAt(0) - 'a') * 1000L + Long.parseLong(number);
    }
    if (at >= 0) {
      seconds = Long.parseLong(rest.substring(at + 1));
    }
    return empty
        ? readings.batch()
        : readings.at(START + seconds * 1000).reading("speed_rpm", seconds).batch();
  }

  /** Batches as words; without content: with a trailing {@code !}. */
  static String words(List<TelemetryBatch> batches) {
    return batches.stream()
        .map(
            batch ->
                (batch.deviceId().equals(batch.asset().assetId()) ? "" : batch.deviceId() + ":")
                    + (batch.isSequenced()
                        ? batch.bootId() + batch.sequence()
                        : "-" + batch.messageId())
                    + (batch.measurements().isEmpty() ? "!" : ""))
        .collect(Collectors.joining(" "));
  }
}
