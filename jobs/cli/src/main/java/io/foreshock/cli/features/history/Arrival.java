package io.foreshock.cli.features.history;

import io.foreshock.fleet.FleetConfig;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Messages as they reach a broker: some late, some twice.
 *
 * @param history the messages, each once
 * @param records the same as they arrived
 */
public record Arrival(History history, List<RawRecord> records) {
  private static final double TWICE = 0.02;
  private static final double OVERTAKEN = 0.03;
  private static final double LATE = 0.01;

  /**
   * A recording with disorder: of a hundred messages three are overtaken by some seconds, one comes
   * up to {@code lateness} late, when it has been given up, and two come twice.
   *
   * @param lateness less than the corrections of the feature sets
   */
  public static Arrival of(History history, long seed, Duration lateness) {
    Random random = new Random(seed);
    record Sent(long millis, TelemetryBatch message) {}
    List<Sent> sent = new ArrayList<>();
    for (TelemetryBatch message : history.messages()) {
      long millis = message.newestEventTimeMillis();
      double drawn = random.nextDouble();
      long delay =
          drawn < LATE
              ? (long) (random.nextDouble() * lateness.toMillis())
              : drawn < LATE + OVERTAKEN ? random.nextInt(9_000) : 0;
      sent.add(new Sent(millis + delay, message));
      if (random.nextDouble() < TWICE) {
        sent.add(new Sent(millis + delay + random.nextInt(600_000), message));
      }
    }
    sent.sort(Comparator.comparingLong(Sent::millis));
    List<RawRecord> records = new ArrayList<>(sent.size());
    sent.forEach(one -> records.add(History.record(one.message, one.millis, records.size())));
    return new Arrival(history, records);
  }

  /**
   * The fleet of the demo, with what its devices and its network do to messages. Machines of one
   * class are of one model.
   */
  public static Arrival ofFleet(long seed, int assets, Duration span) {
    FleetSimulation fleet = new FleetSimulation(FleetConfig.demo(seed, assets, span));
    List<TelemetryBatch> once = new ArrayList<>();
    List<RawRecord> records = new ArrayList<>();
    fleet.finish(
        upload -> {
          if (!upload.repeat()) {
            once.add(upload.batch());
          }
          records.add(History.record(upload.batch(), upload.sendMillis(), records.size()));
        });
    once.sort(
        Comparator.comparingLong(TelemetryBatch::newestEventTimeMillis)
            .thenComparing(batch -> batch.asset().key())
            .thenComparing(TelemetryBatch::bootId)
            .thenComparingLong(TelemetryBatch::sequence));
    Map<String, String> models = new HashMap<>();
    once.forEach(batch -> models.put(batch.asset().key(), batch.asset().assetClass() + "-100"));
    return new Arrival(new History(once, models), records);
  }
}
