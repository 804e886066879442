package io.foreshock.bench.features;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Machines that send a message every five minutes: four channels, fifteen readings of each.
 *
 * @param devices even number of machines
 * @param messages messages of each machine
 */
record FeatureLoad(int devices, int messages) implements Serializable {
  static final int CHANNELS = 4;
  static final int READINGS_OF_CHANNEL = 15;
  static final int READINGS = CHANNELS * READINGS_OF_CHANNEL;
  static final long PERIOD_MILLIS = 300_000L;
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final String TWENTY =
      "5 min, 10 min, 15 min, 30 min, 1h, 2h, 3h, 4h, 6h, 8h, 12h, 24h, 2d, 3d, 5d, 7d, 10d, 14d, 21d, 30d";

  /** Which windows are computed. */
  enum Windows {
    /** The longest alone. */
    ONE("30d", 1),
    /** The shortest alone; slices are kept for no more. */
    SHORTEST("5 min", 1),
    TWENTY(FeatureLoad.TWENTY, 20);

    private final String text;
    final int number;

    Windows(String text, int number) {
      this.text = text;
      this.number = number;
    }

    /** Mean, smallest, largest and deviation of each channel over each window. */
    FeatureSet set() {
      StringBuilder yaml = new StringBuilder();
      yaml.append("featureSet: bench\nversion: 1\ndescription: Bench\nevery: 5 min\n");
      yaml.append("slice: 1 min\nfeatures:\n");
      List<Channel> channels = new ArrayList<>();
      for (int i = 0; i < CHANNELS; i++) {
        yaml.append(
            "  f%d: {channel: %s, aggregates: [mean, min, max, std], "
                .formatted(i, FeatureLoad.channel(i)));
        yaml.append("windows: [%s], description: Channel}\n".formatted(text));
        channels.add(new Channel(FeatureLoad.channel(i), "", -1e9, 1e9, ""));
      }
      return new FeatureLanguage(new ChannelRegistry(channels))
          .parse("bench", yaml.toString())
          .orThrow()
          .get(0);
    }
  }

  private static final String[] NAMES =
      IntStream.range(0, CHANNELS).mapToObj(i -> "channel_" + i).toArray(String[]::new);

  static String channel(int channel) {
    return NAMES[channel];
  }

  long total() {
    return (long) devices * messages;
  }

  /** Numbers of messages; the last of each half is never asked for. */
  long numbers() {
    return total() + 2;
  }

  /** A message; the first half of the numbers belongs to the first half of the machines. */
  TelemetryBatch message(long number) {
    long half = numbers() / 2;
    int side = number < half ? 0 : 1;
    long inHalf = number - side * half;
    int device = side * (devices / 2) + (int) (inHalf % (devices / 2));
    long sequence = inHalf / (devices / 2);
    long begin = START + sequence * PERIOD_MILLIS;
    Measurement[] readings = new Measurement[READINGS];
    long random = number * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < READINGS; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      double value = Math.round((50 + device % 7 + (random >>> 40) * 0x1p-24 * 10) * 1000) / 1000.0;
      long time = begin + (i / CHANNELS) * (PERIOD_MILLIS / READINGS_OF_CHANNEL);
      readings[i] = new Measurement(NAMES[i % CHANNELS], time, value);
    }
    String id = "pump-" + device;
    return new TelemetryBatch(
        new AssetRef("bench", id, "pump"),
        id,
        "boot",
        sequence,
        "",
        begin + PERIOD_MILLIS,
        false,
        List.of(readings),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
