package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import io.foreshock.state.Fields;
import io.foreshock.state.SignalSerializer;
import io.foreshock.state.TelemetryBatchSerializer;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an event gains in a later release: state that holds events without the new field restores,
 * and old and new ones lie side by side until they are rewritten. The serializers of the two
 * releases are one class, as they are in life.
 */
class StateEvolutionTest {
  /** Release that is deployed: the second one knows the firmware of the device. */
  private static int release = 1;

  @AfterEach
  void deployTheFirst() {
    release = 1;
  }

  /**
   * A batch, its signal, and what the second release adds to them.
   *
   * @param firmware {@code unknown} in values of the first release
   */
  record Event(TelemetryBatch batch, Signal signal, String firmware) {}

  static final class EventSerializer extends VersionedSerializer<Event> {
    private static final long serialVersionUID = 1L;
    static final EventSerializer INSTANCE = new EventSerializer();

    @Override
    protected int version() {
      return release;
    }

    @Override
    protected void write(Event value, DataOutputView out) throws IOException {
      TelemetryBatchSerializer.INSTANCE.serialize(value.batch(), out);
      SignalSerializer.INSTANCE.serialize(value.signal(), out);
      if (release >= 2) {
        Fields.writeText(value.firmware(), out);
      }
    }

    @Override
    protected Event read(int version, DataInputView in) throws IOException {
      return new Event(
          TelemetryBatchSerializer.INSTANCE.deserialize(in),
          SignalSerializer.INSTANCE.deserialize(in),
          version >= 2 ? Fields.readText(in) : "unknown");
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
      return new Snapshot();
    }

    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
      public Snapshot() {
        super(() -> INSTANCE);
      }
    }
  }

  /** Keeps events as order-telemetry keeps those that wait, and gives back all it has. */
  private static final class Keep extends KeyedProcessFunction<String, Event, Event> {
    private static final long serialVersionUID = 1L;
    private transient MapState<Long, Event> pending;

    @Override
    public void open(OpenContext context) {
      pending =
          getRuntimeContext()
              .getMapState(
                  new MapStateDescriptor<>(
                      "pending", LongSerializer.INSTANCE, EventSerializer.INSTANCE));
    }

    @Override
    public void processElement(Event event, Context context, Collector<Event> out)
        throws Exception {
      pending.put(event.batch().appendTimeMillis(), event);
      for (Event each : pending.values()) {
        out.collect(each);
      }
    }
  }

  private static Event event(int minute, String firmware) {
    Readings readings =
        Readings.of(Assets.PUMP)
            .at("08:0" + minute + ":00")
            .reading("vibration_rms_mm_s", minute)
            .fault("E42");
    TelemetryBatch batch = readings.batch();
    return new Event(
        batch, Signal.faultCode(Assets.PUMP, batch.faultCodes().get(0), true), firmware);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness(
      String backend) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Keep()),
            event -> event.batch().asset().key(),
            Types.STRING);
    StateBackend stateBackend =
        backend.equals("rocksdb")
            ? new EmbeddedRocksDBStateBackend(false)
            : new HashMapStateBackend();
    harness.setStateBackend(stateBackend);
    harness.setup(EventSerializer.INSTANCE);
    return harness;
  }

  private static OperatorSubtaskState kept(String backend, Event event) throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness = harness(backend)) {
      harness.open();
      harness.processElement(event, 0);
      return harness.snapshot(1, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void eventsInStateGainAField(String backend) throws Exception {
    OperatorSubtaskState first = kept(backend, event(1, "not written"));

    release = 2;
    OperatorSubtaskState second;
    try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness = harness(backend)) {
      harness.initializeState(first);
      harness.open();
      harness.processElement(event(2, "7.1"), 0);
      assertThat(harness.extractOutputValues())
          .containsExactlyInAnyOrder(event(1, "unknown"), event(2, "7.1"));
      second = harness.snapshot(2, 2);
    }
    try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness = harness(backend)) {
      harness.initializeState(second);
      harness.open();
      harness.processElement(event(3, "7.2"), 0);
      assertThat(harness.extractOutputValues())
          .containsExactlyInAnyOrder(event(1, "unknown"), event(2, "7.1"), event(3, "7.2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void stateOfTheLaterReleaseIsRefusedByTheEarlier(String backend) throws Exception {
    release = 2;
    OperatorSubtaskState second = kept(backend, event(1, "7.1"));

    release = 1;
    try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness = harness(backend)) {
      assertThatThrownBy(
              () -> {
                harness.initializeState(second);
                harness.open();
                harness.processElement(event(2, ""), 0);
              })
          .rootCause()
          .hasMessage(
              "EventSerializer reads versions 1 to 1, but the value has version 2. State of a newer release cannot be"
                  + " read by this one: deploy that release again, or restore an older savepoint.");
    }
  }
}
