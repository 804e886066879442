package io.foreshock.backtest.history;

import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Makes one message of all rows of an asset at a time, and remembers what can be judged: the hours
 * with readings, and maintenance.
 */
final class HistoryMessages implements TimeSorter.Taker {
  private static final Comparator<Measurement> BY_CHANNEL =
      Comparator.comparing(Measurement::channel);

  private final HistoryIntake intake;
  private final Messages messages;
  private final BitSet described = new BitSet();
  private final List<ComponentEvent> maintenance = new ArrayList<>();
  private final List<Measurement> readings = new ArrayList<>();
  private final List<FaultCode> codes = new ArrayList<>();
  private final List<MaintenanceEvent> work = new ArrayList<>();
  private final List<OperatingStateChange> states = new ArrayList<>();
  private AssetHours hours;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;
  private long duplicates;
  private boolean measured;
  private int asset = -1;
  private long millis;

  HistoryMessages(String tenant, HistoryIntake intake, RecordFile.Target target) {
    this.intake = intake;
    this.messages = new Messages(tenant, "", target);
  }

  @Override
  public void take(HistoryRow row) throws IOException {
    if (row.asset() != asset || row.millis() != millis) {
      flush();
      asset = row.asset();
      millis = row.millis();
    }
    for (int i = 0; i < row.channels().length; i++) {
      readings.add(
          new Measurement(intake.channels().name(row.channels()[i]), millis, row.values()[i]));
    }
    for (HistoryRow.Event event : row.events()) {
      add(event);
    }
  }

  /** Sends what is left; to be called last. */
  void flush() throws IOException {
    if (readings.isEmpty() && codes.isEmpty() && work.isEmpty() && states.isEmpty()) {
      return;
    }
    String id = intake.assets().name(asset);
    if (!described.get(asset)) {
      described.set(asset);
      messages.describe(id, intake.classOf(asset));
    }
    note(id);
    readings.sort(BY_CHANNEL);
    for (int i = readings.size() - 1; i > 0; i--) {
      if (readings.get(i).channel().equals(readings.get(i - 1).channel())) {
        // The sort is stable: the first row's reading stays.
        readings.remove(i);
        duplicates++;
      }
    }
    messages.send(
        id,
        millis,
        List.copyOf(readings),
        List.copyOf(codes),
        List.copyOf(work),
        List.copyOf(states));
    readings.clear();
    codes.clear();
    work.clear();
    states.clear();
  }

  private void note(String id) {
    if (hours == null) {
      hours = new AssetHours(millis);
    }
    if (!readings.isEmpty()) {
      measured = true;
      hours.add(id, millis);
    }
    firstMillis = Math.min(firstMillis, millis);
    lastMillis = Math.max(lastMillis, millis);
  }

  private void add(HistoryRow.Event event) {
    switch (event.kind()) {
      case FAULT ->
          codes.add(
              new FaultCode(
                  event.what(),
                  millis,
                  event.component(),
                  event.grade().isEmpty()
                      ? FaultCode.Severity.UNSPECIFIED
                      : FaultCode.Severity.valueOf(event.grade())));
      case MAINTENANCE -> {
        work.add(
            new MaintenanceEvent(
                event.what(),
                millis,
                event.grade().isEmpty()
                    ? MaintenanceEvent.Kind.UNSPECIFIED
                    : MaintenanceEvent.Kind.valueOf(event.grade())));
        maintenance.add(new ComponentEvent(intake.assets().name(asset), event.what(), millis));
      }
      case STATE ->
          states.add(
              new OperatingStateChange(OperatingStateChange.State.valueOf(event.what()), millis));
      case FAILURE -> throw new IllegalArgumentException("Failures are never sent.");
    }
  }

  long written() {
    return messages.written();
  }

  /** Readings that came a second time for the same asset, channel and time. */
  long duplicates() {
    return duplicates;
  }

  List<ComponentEvent> maintenance() {
    return maintenance;
  }

  /** Whether there was any reading. */
  boolean measured() {
    return measured;
  }

  /** Hours with readings; null before the first message. */
  AssetHours hours() {
    return hours;
  }

  long firstMillis() {
    return firstMillis;
  }

  long lastMillis() {
    return lastMillis;
  }
}
