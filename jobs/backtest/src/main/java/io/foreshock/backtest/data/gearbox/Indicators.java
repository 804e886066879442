package io.foreshock.backtest.data.gearbox;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.gearbox.GearboxPlan.Block;
import io.foreshock.backtest.data.gearbox.GearboxPlan.Part;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.model.WaveformIndicator;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.decode.TelemetryDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indicators of each block, as the jobs' decoder computes them from the same records.
 *
 * @param names channels of the indicators that look at the spectrum, in the order of the registry
 * @param plain channels of those that do not
 */
record Indicators(
    List<String> names, List<String> plain, List<Map<Part, List<Map<String, Double>>>> bySensor) {

  static Indicators of(GearboxRecording recording, GearboxPlan plan, ChannelRegistry channels) {
    List<String> names = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (WaveformIndicator indicator :
        channels.findWaveform(GearboxRecording.WAVEFORM).indicators()) {
      (isSpectral(indicator) ? names : plain).add(indicator.channel().name());
    }
    List<Map<Part, List<Map<String, Double>>>> bySensor = new ArrayList<>();
    Vibration.SENSORS.forEach(sensor -> bySensor.add(new EnumMap<>(Part.class)));
    List<Block> blocks = plan.blocks();
    TelemetryDecoder decoder = new TelemetryDecoder(DecodeRules.DEFAULT, channels);
    int sensors = Vibration.SENSORS.size();
    try {
      recording.writeTo(
          record -> {
            Block block = blocks.get((int) (record.offset() / sensors));
            // Both machines send the same blocks for calibration: once is enough.
            if (block.part() == Part.CALIBRATION && block.machine().equals(GearboxPlan.BROKEN)) {
              return;
            }
            TelemetryBatch batch =
                decoder.decode(
                    record,
                    letter -> {
                      throw BacktestException.failed(
                          "A block was refused: " + letter.detail(), null);
                    });
            Map<String, Double> values = new HashMap<>();
            for (Measurement reading : batch.measurements()) {
              values.put(reading.channel(), reading.value());
            }
            bySensor
                .get((int) (record.offset() % sensors))
                .computeIfAbsent(block.part(), part -> new ArrayList<>())
                .add(values);
          });
    } catch (IOException e) {
      throw BacktestException.failed("The blocks cannot be decoded: " + e.getMessage(), e);
    }
    return new Indicators(names, plain, bySensor);
  }

  private static boolean isSpectral(WaveformIndicator indicator) {
    return switch (indicator.kind()) {
      case RMS, PEAK, CREST_FACTOR, KURTOSIS -> false;
      default -> true;
    };
  }

  /** Values of one indicator at one sensor, block by block. */
  double[] values(int sensor, Part part, String name) {
    return bySensor.get(sensor).get(part).stream().mapToDouble(block -> block.get(name)).toArray();
  }
}
