package io.foreshock.operators.alerts;

import io.foreshock.codec.AlertCodec;
import io.foreshock.codec.CommandCodec;
import io.foreshock.codec.NotificationCodec;
import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.Detection;
import io.foreshock.model.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** Both operators of alerts with a clock, and no more of Flink. */
final class AlertsHarness implements AutoCloseable {
  private static final int MAX_PARALLELISM = 240;

  /** What both operators keep. */
  record State(OperatorSubtaskState track, OperatorSubtaskState tell) {}

  final KeyedTwoInputStreamOperatorTestHarness<String, AlertInput, Command, AlertRecord> track;
  final KeyedOneInputStreamOperatorTestHarness<String, Notice, AlertRecord> tell;
  final List<Alert> revisions = new ArrayList<>();
  final Map<String, Alert> alerts = new TreeMap<>();
  final List<Notification> messages = new ArrayList<>();
  final List<CommandAnswer> answers = new ArrayList<>();
  Placement place = Placement.UNKNOWN;

  private AlertsHarness(AlertRules rules, int subtask, int subtasks, boolean rocks, long now)
      throws Exception {
    track =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new TrackAlertsOperator(rules),
            AlertInput::assetKey,
            command -> "",
            Types.STRING,
            MAX_PARALLELISM,
            subtasks,
            subtask);
    tell =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TellPeopleFunction(rules)),
            Notice::tenant,
            Types.STRING,
            MAX_PARALLELISM,
            1,
            0);
    for (AbstractStreamOperatorTestHarness<?> harness : List.of(track, tell)) {
      harness.setStateBackend(
          rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
      harness.getExecutionConfig().enableObjectReuse();
      harness.setup();
      harness.setProcessingTime(now);
    }
  }

  static AlertsHarness start(AlertRules rules) throws Exception {
    return start(rules, false);
  }

  static AlertsHarness start(AlertRules rules, boolean rocks) throws Exception {
    AlertsHarness harness = new AlertsHarness(rules, 0, 1, rocks, MachineDriver.START);
    harness.track.open();
    harness.tell.open();
    return harness;
  }

  /** One of several tasks that take over from others. */
  static AlertsHarness restore(
      AlertRules rules, State state, int before, int subtask, int subtasks, boolean rocks, long now)
      throws Exception {
    AlertsHarness harness = new AlertsHarness(rules, subtask, subtasks, rocks, now);
    harness.track.initializeState(
        AbstractStreamOperatorTestHarness.repartitionOperatorState(
            state.track(), MAX_PARALLELISM, before, subtasks, subtask));
    harness.tell.initializeState(state.tell());
    harness.track.open();
    harness.tell.open();
    return harness;
  }

  State snapshot() throws Exception {
    return new State(track.snapshot(1, 1), tell.snapshot(1, 1));
  }

  void send(Detection detection) throws Exception {
    send(detection, track.getProcessingTime());
  }

  void send(Detection detection, long arrived) throws Exception {
    track.processElement1(AlertInput.of(detection, place, arrived), 0);
    drain();
  }

  void send(Command command) throws Exception {
    if (command.isAboutGroup()) {
      track.processElement2(command, 0);
    } else {
      track.processElement1(AlertInput.of(command, track.getProcessingTime()), 0);
    }
    drain();
  }

  /** Lets the clock run, a second at a time. */
  void until(long millis) throws Exception {
    while (track.getProcessingTime() < millis) {
      at(Math.min(millis, track.getProcessingTime() + 1000));
    }
  }

  /** Sets the clock. */
  void at(long millis) throws Exception {
    track.setProcessingTime(millis);
    drain();
    tell.setProcessingTime(millis);
    drain();
  }

  private void drain() throws Exception {
    var notices = track.getSideOutput(TrackAlertsOperator.NOTICES);
    if (notices != null) {
      while (!notices.isEmpty()) {
        tell.processElement(notices.poll().getValue(), 0);
      }
    }
    take(track.extractOutputValues());
    track.getOutput().clear();
    take(tell.extractOutputValues());
    tell.getOutput().clear();
  }

  private void take(List<AlertRecord> records) throws Exception {
    for (AlertRecord record : records) {
      switch (record.kind()) {
        case ALERT -> {
          if (record.value().length == 0) {
            alerts.remove(record.key());
          } else {
            revisions.add(AlertCodec.decode(record.value()));
            alerts.put(record.key(), AlertCodec.decode(record.value()));
          }
        }
        case NOTIFICATION -> messages.add(NotificationCodec.decode(record.value()));
        case ANSWER -> answers.add(CommandCodec.decodeAnswer(record.tenant(), record.value()));
      }
    }
  }

  List<Notification> messages(Notification.Kind kind) {
    return messages.stream().filter(message -> message.kind() == kind).toList();
  }

  int keptStates() {
    return track.numKeyedStateEntries() + tell.numKeyedStateEntries();
  }

  int timers() {
    return track.numProcessingTimeTimers() + tell.numProcessingTimeTimers();
  }

  @Override
  public void close() throws Exception {
    track.close();
    tell.close();
  }
}
