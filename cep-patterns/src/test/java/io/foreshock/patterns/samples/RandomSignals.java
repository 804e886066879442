package io.foreshock.patterns.samples;

import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Signal;
import java.util.List;
import java.util.Random;

/** Signals of all kinds, from few names, so that conditions hit often. */
public final class RandomSignals {
  public static final List<String> DETECTORS = List.of("threshold-aa", "drift-bb", "foreign-cc");
  public static final List<String> CODES = List.of("error1", "error2", "P0217");
  public static final List<String> COMPONENTS = List.of("", "bearing", "seal");
  public static final List<String> CHANNELS = List.of("oil_pressure_bar", "flow_m3_h");
  public static final List<Double> NUMBERS = List.of(-1.0, 0.0, 4.5, 5.0, 7.1, Double.NaN);

  private final Random random;

  public RandomSignals(Random random) {
    this.random = random;
  }

  public <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  public Signal next(long minute) {
    long millis = Signals.at(minute);
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          Signal.symptom(
              Signals.ASSET,
              random.nextBoolean(),
              pick(DETECTORS),
              "channel",
              millis,
              pick(NUMBERS),
              pick(NUMBERS),
              pick(NUMBERS),
              false);
      case 2 ->
          Signals.fault(
              pick(CODES), pick(COMPONENTS), pick(List.of(FaultCode.Severity.values())), minute);
      case 3 ->
          Signal.maintenance(
              Signals.ASSET,
              new MaintenanceEvent(
                  pick(COMPONENTS.subList(1, 3)),
                  millis,
                  pick(List.of(MaintenanceEvent.Kind.values()))),
              false);
      case 4 -> Signals.state(pick(List.of(OperatingStateChange.State.values())), minute);
      default -> Signals.reading(pick(CHANNELS), pick(NUMBERS), minute);
    };
  }
}
