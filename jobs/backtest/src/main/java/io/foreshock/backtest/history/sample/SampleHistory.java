package io.foreshock.backtest.history.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a simulated history as CSV files with their mapping: machines like those of the Azure
 * predictive-maintenance set (four channels with its means and deviations), each with a failure
 * every two months on average that is announced for two days by its channel and by its codes.
 *
 * <p>Memory does not grow with its length. The same seed gives the same files.
 *
 * @param machines number of machines
 * @param length of the history
 * @param step between two rows of a machine
 * @param seed of the random numbers
 */
public record SampleHistory(int machines, Duration length, Duration step, long seed) {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long HOUR = 3_600_000L;
  private static final long WARNING = 48 * HOUR;
  private static final double[] MEANS = {170.8, 446.6, 100.9, 40.4};
  private static final double[] DEVIATIONS = {15.5, 52.7, 11.0, 5.4};

  /** How far a channel is off its mean before its component fails. */
  private static final double[] STEPS = {20, -60, 25, 10};

  /** Codes that announce the failure of each component, an hour apart from none to a few. */
  private static final String[][] CODES = {
    {"error1"}, {"error2", "error3"}, {"error4"}, {"error5"}
  };

  private static final double FAILURES_PER_MILLI = 1.0 / Duration.ofDays(60).toMillis();

  private static final String MAPPING =
      """
      # Written by `foreshock backtest write-sample`.
      tenant: sample
      asset: machine
      assetClass: {value: azure-pdm-machine}
      time: time
      tables:
        - files: telemetry.csv
          channels: {volt: volt, rotate: rotate, pressure: pressure, vibration: vibration}
        - files: codes.csv
          fault: {code: code, severity: {value: warning}}
        - files: maintenance.csv
          maintenance: {component: component, kind: {value: replaced}}
        - files: failures.csv
          failure: {component: component}
      """;

  /** A machine's next failure. */
  private static final class Machine {
    final String name;
    final Random random;
    int component;
    long failure;
    boolean told;

    Machine(String name, Random random, long now) {
      this.name = name;
      this.random = random;
      plan(now);
    }

    void plan(long now) {
      component = random.nextInt(MEANS.length);
      double wait = -Math.log(1 - random.nextDouble()) / FAILURES_PER_MILLI;
      // To the hour, as the set has them; never so soon that nothing could announce it.
      failure = now + 2 * WARNING + Math.round(wait / HOUR) * HOUR;
      told = false;
    }
  }

  /**
   * Writes telemetry, codes, maintenance, failures and {@code mapping.yaml}.
   *
   * @return number of readings
   */
  public long writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
    Random seeds = new Random(seed);
    long now = BEGIN.toEpochMilli();
    long end = now + length.toMillis();
    List<Machine> all = new ArrayList<>();
    for (int i = 1; i <= machines; i++) {
      all.add(new Machine("machine-" + i, new Random(seeds.nextLong()), now));
    }
    long readings = 0;
    try (BufferedWriter telemetry =
            open(folder, "telemetry", "time,machine,volt,rotate,pressure,vibration");
        BufferedWriter codes = open(folder, "codes", "time,machine,code");
        BufferedWriter maintenance = open(folder, "maintenance", "time,machine,component");
        BufferedWriter failures = open(folder, "failures", "time,machine,component")) {
      for (; now < end; now += step.toMillis()) {
        String time = Instant.ofEpochMilli(now).toString();
        for (Machine machine : all) {
          events(machine, now, time, codes, maintenance, failures);
          row(machine, now, time, telemetry);
          readings += MEANS.length;
        }
      }
    }
    return readings;
  }

  private static void events(
      Machine machine,
      long now,
      String time,
      BufferedWriter codes,
      BufferedWriter maintenance,
      BufferedWriter failures)
      throws IOException {
    if (now >= machine.failure) {
      String row = time + ',' + machine.name + ",comp" + (machine.component + 1) + '\n';
      failures.write(row);
      maintenance.write(row);
      machine.plan(now);
    } else if (!machine.told && now >= machine.failure - 24 * HOUR) {
      machine.told = true;
      for (String code : CODES[machine.component]) {
        codes.write(time + ',' + machine.name + ',' + code + '\n');
      }
    }
  }

  private static void row(Machine machine, long now, String time, BufferedWriter telemetry)
      throws IOException {
    boolean off = now >= machine.failure - WARNING;
    StringBuilder row = new StringBuilder(80).append(time).append(',').append(machine.name);
    for (int channel = 0; channel < MEANS.length; channel++) {
      double value =
          MEANS[channel]
              + DEVIATIONS[channel] * machine.random.nextGaussian()
              + (off && channel == machine.component ? STEPS[channel] : 0);
      row.append(',').append(Math.round(value * 1000) / 1000.0);
    }
    telemetry.append(row.append('\n'));
  }

  private static BufferedWriter open(Path folder, String name, String header) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(folder.resolve(name + ".csv"));
    writer.write(header + "\n");
    return writer;
  }

  /** What it is, in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%,d machines for %d days, a row every %s", machines, length.toDays(), step);
  }
}
