package io.foreshock.backtest.data.gearbox;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.history.CsvFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One file: samples of each accelerometer at equal distances in time.
 *
 * @param name of the file
 * @param sensors the samples of each accelerometer, all of one length
 */
record Vibration(String name, float[][] sensors) {
  static final List<String> SENSORS = List.of("a1", "a2", "a3", "a4");

  /** Samples of a block: 0.32 s, which tells lines that are 9.4 Hz apart. */
  static final int BLOCK = 4_096;

  /** Blocks overlap by half, as is usual with Hann windows (Welch 1967). */
  static final int STEP = BLOCK / 2;

  /**
   * @throws BacktestException when the file is missing, cannot be understood or is too short to be
   *     judged
   */
  static Vibration read(Path folder, String name) {
    float[][] sensors = new float[SENSORS.size()][1 << 16];
    int[] size = {0};
    CsvFile.require(folder, name, "gearbox")
        .read(
            SENSORS,
            row -> {
              for (int s = 0; s < sensors.length; s++) {
                if (size[0] == sensors[s].length) {
                  sensors[s] = Arrays.copyOf(sensors[s], 2 * size[0]);
                }
                sensors[s][size[0]] = (float) row.number(s);
              }
              size[0]++;
            });
    for (int s = 0; s < sensors.length; s++) {
      sensors[s] = Arrays.copyOf(sensors[s], size[0]);
    }
    Vibration vibration = new Vibration(name, sensors);
    if (vibration.blocks() < 42) {
      throw BacktestException.wrongInput(
          "%s holds %d samples, but 88064 or more are needed to learn from one half and judge the other."
              .formatted(name, size[0]));
    }
    return vibration;
  }

  /** How many whole blocks there are. */
  int blocks() {
    return (sensors[0].length - BLOCK) / STEP + 1;
  }

  /** Samples of a block. */
  float[] block(int sensor, int index) {
    return Arrays.copyOfRange(sensors[sensor], index * STEP, index * STEP + BLOCK);
  }
}
