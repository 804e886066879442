package io.foreshock.backtest.data.gearbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Which block is sent when, by which measuring point of which machine.
 *
 * <p>There are two files and no more, so one half of the healthy one must say what is healthy. Both
 * machines begin with it: {@code healthy} goes on with the other half, {@code broken} with the
 * other file, as if the tooth had broken in between. The blocks next to the border, which share
 * samples with it, are not sent.
 *
 * <p>The files have no clock, and a block is a third of a second. Blocks are sent ten minutes
 * apart, as a sensor does that measures now and then.
 */
record GearboxPlan(Vibration healthy, Vibration broken) {
  static final String HEALTHY = "healthy";
  static final String BROKEN = "broken";
  static final long FIRST_MILLIS = 1_735_689_600_000L; // 2025-01-01T00:00:00Z
  static final long PERIOD_MILLIS = 600_000;

  /** What a block is for. */
  enum Part {
    /** Healthy, and known to be. */
    CALIBRATION,
    /** Healthy, to be judged. */
    HEALTHY,
    /** With a broken tooth, to be judged. */
    BROKEN
  }

  /**
   * A block of every sensor.
   *
   * @param machine that sends it
   * @param index number of the machine's block, from 0
   */
  record Block(String machine, int index, Part part, Vibration source, int sourceIndex) {
    long millis() {
      return FIRST_MILLIS + index * PERIOD_MILLIS;
    }
  }

  /** Blocks that say what is healthy: those that lie in the first half of the healthy file. */
  int calibration() {
    return healthy.blocks() / 2;
  }

  /** Every block, in the order in which they are sent. */
  List<Block> blocks() {
    int calibration = calibration();
    int judgedHealthy = healthy.blocks() - calibration - 1;
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < calibration + Math.max(judgedHealthy, broken.blocks()); i++) {
      int after = i - calibration;
      if (after < 0) {
        blocks.add(new Block(HEALTHY, i, Part.CALIBRATION, healthy, i));
        blocks.add(new Block(BROKEN, i, Part.CALIBRATION, healthy, i));
        continue;
      }
      if (after < judgedHealthy) {
        blocks.add(new Block(HEALTHY, i, Part.HEALTHY, healthy, i + 1));
      }
      if (after < broken.blocks()) {
        blocks.add(new Block(BROKEN, i, Part.BROKEN, broken, after));
      }
    }
    return blocks;
  }

  /** The measuring point of a machine: an asset of its own, as each has its own normal level. */
  static String point(String machine, int sensor) {
    return machine + "-" + Vibration.SENSORS.get(sensor);
  }
}
