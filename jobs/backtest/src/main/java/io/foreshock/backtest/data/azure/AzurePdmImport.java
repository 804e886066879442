package io.foreshock.backtest.data.azure;

import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.data.azure.AzurePdmData.Reading;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns a recording into the messages its machines would have sent: one for each machine and hour
 * in which it had something to say, through the real codec.
 *
 * <p>Records come in order of time, then machine; the broker's clock is the event time. A message
 * says nothing about failures: a part that failed and one replaced by plan look alike.
 */
final class AzurePdmImport implements RecordFile.Content {
  static final String TENANT = "azure";
  static final String ASSET_CLASS = "azure-pdm-machine";

  private final AzurePdmData data;
  private final Map<Integer, Map<Long, List<FaultCode>>> codes = new TreeMap<>();
  private final Map<Integer, Map<Long, List<MaintenanceEvent>>> replacements = new TreeMap<>();

  AzurePdmImport(AzurePdmData data) {
    this.data = data;
    for (AzurePdmData.ErrorCode e : data.errors()) {
      add(codes, e.machine(), e.millis())
          .add(new FaultCode(e.code(), e.millis(), "", FaultCode.Severity.WARNING));
    }
    for (ComponentEvent r : data.replacements()) {
      add(replacements, machine(r.asset()), r.millis())
          .add(new MaintenanceEvent(r.component(), r.millis(), MaintenanceEvent.Kind.REPLACED));
    }
  }

  /** Asset id of a machine. */
  static String assetId(int machine) {
    return "machine-" + machine;
  }

  /** Number of the machine with that asset id. */
  static int machine(String assetId) {
    return Integer.parseInt(assetId.substring("machine-".length()));
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    SortedSet<Long> times = new TreeSet<>();
    data.telemetry().values().forEach(readings -> times.addAll(readings.keySet()));
    codes.values().forEach(byTime -> times.addAll(byTime.keySet()));
    replacements.values().forEach(byTime -> times.addAll(byTime.keySet()));
    Messages messages = new Messages(TENANT, ASSET_CLASS, target);
    for (long time : times) {
      for (int machine : data.machines()) {
        List<Measurement> readings = readings(machine, time);
        List<FaultCode> raised =
            codes.getOrDefault(machine, Map.of()).getOrDefault(time, List.of());
        List<MaintenanceEvent> replaced =
            replacements.getOrDefault(machine, Map.of()).getOrDefault(time, List.of());
        if (!readings.isEmpty() || !raised.isEmpty() || !replaced.isEmpty()) {
          messages.send(assetId(machine), time, readings, raised, replaced);
        }
      }
    }
    return messages.written();
  }

  private List<Measurement> readings(int machine, long millis) {
    SortedMap<Long, Reading> ofMachine = data.telemetry().get(machine);
    Reading reading = ofMachine == null ? null : ofMachine.get(millis);
    return reading == null
        ? List.of()
        : List.of(
            new Measurement("pressure", millis, reading.pressure()),
            new Measurement("rotate", millis, reading.rotate()),
            new Measurement("vibration", millis, reading.vibration()),
            new Measurement("volt", millis, reading.volt()));
  }

  private static <T> List<T> add(Map<Integer, Map<Long, List<T>>> to, int machine, long millis) {
    return to.computeIfAbsent(machine, m -> new TreeMap<>())
        .computeIfAbsent(millis, t -> new ArrayList<>(1));
  }
}
