package io.foreshock.backtest.data.skab;

import io.foreshock.backtest.history.CsvFile;
import io.foreshock.model.Measurement;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of the set.
 *
 * @param name folder and number, e.g. {@code valve1-0}
 * @param rows about one each second, in order of time
 */
record Experiment(String name, List<Row> rows) {
  private static final List<String> COLUMNS =
      List.of(
          "datetime",
          "Accelerometer1RMS",
          "Accelerometer2RMS",
          "Current",
          "Pressure",
          "Temperature",
          "Thermocouple",
          "Voltage",
          "Volume Flow RateRMS",
          "anomaly",
          "changepoint");

  /** Channels of the columns, in the same order. */
  private static final List<String> CHANNELS =
      List.of(
          "rig_vibration_1_g",
          "rig_vibration_2_g",
          "rig_motor_current_a",
          "rig_pressure_bar",
          "rig_motor_temperature_c",
          "rig_water_temperature_c",
          "rig_motor_voltage_v",
          "rig_flow_l_min");

  /**
   * One line of the file.
   *
   * @param values of the channels
   */
  record Row(long millis, double[] values, boolean anomaly, boolean changePoint) {

    List<Measurement> readings() {
      List<Measurement> readings = new ArrayList<>(values.length);
      for (int i = 0; i < values.length; i++) {
        readings.add(new Measurement(CHANNELS.get(i), millis, values[i]));
      }
      readings.sort((one, other) -> one.channel().compareTo(other.channel()));
      return readings;
    }
  }

  static Experiment read(String name, CsvFile file) {
    List<Row> rows = new ArrayList<>();
    int channels = CHANNELS.size();
    file.separatedBy(';')
        .read(
            COLUMNS,
            row -> {
              double[] values = new double[channels];
              for (int i = 0; i < channels; i++) {
                values[i] = row.number(i + 1);
              }
              rows.add(
                  new Row(
                      row.time(0),
                      values,
                      row.number(channels + 1) != 0,
                      row.number(channels + 2) != 0));
            });
    return new Experiment(name, List.copyOf(rows));
  }
}
