package io.foreshock.chaos.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.decode.DecodeTelemetryFunction;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.operators.order.OrderTelemetryFunction;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The truth about the devices against the operators themselves, undisturbed. */
class TruthTest {
  private static final Duration MAX_WAIT = Duration.ofSeconds(4);
  private static final Duration LIVE_MAX_AGE = Duration.ofMinutes(15);
  private static final long START = 1_800_000_000_000L;

  private final Map<String, Integer> seen = new TreeMap<>();
  private long now = START;

  @Test
  void isWhatDecodeAndOrderGiveWhenNothingFails() throws Exception {
    long seed = Long.getLong("foreshock.seed", 1);
    Truth truth = new Truth(MAX_WAIT, LIVE_MAX_AGE);
    // One message in fifty takes longer to the broker than anybody waits.
    List<RawRecord> raw = send(seed, truth, 30_000, 50);

    Found found = new Found();
    run(raw, found);

    Truth.Expected expected = truth.expected();
    assertThat(Comparison.of("clean", expected.clean(), found.clean).examples())
        .as("-Dforeshock.seed=" + seed)
        .isEmpty();
    assertThat(Comparison.of("behind", expected.behind(), found.behind).examples()).isEmpty();
    assertThat(Comparison.of("letters", expected.deadLetters(), found.letters).examples())
        .isEmpty();
    assertThat(Comparison.of("rows", expected.rows(), found.rows).examples()).isEmpty();
    assertThat(expected.clean().size()).isGreaterThan(28_000);
    assertThat(expected.rows().size()).isGreaterThan(50_000);
    assertThat(expected.behind().size()).isGreaterThan(50);
    assertThat(expected.deadLetters().size()).isGreaterThan(300);
    assertThat(expected.detections().size()).isGreaterThan(5_000);
    assertThat(truth.notStored()).isEmpty();
  }

  @Test
  void sendsTheSameRecordsForTheSameSeed() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    List<String> other = new ArrayList<>();
    describe(7, first);
    describe(7, second);
    describe(8, other);

    assertThat(first).isEqualTo(second).isNotEqualTo(other);
  }

  @Test
  void knowsWhatTheBrokerDoesNotHave() {
    Truth truth = new Truth(MAX_WAIT, LIVE_MAX_AGE);
    List<Outgoing> all = new ArrayList<>();
    Fleet fleet = new Fleet(1, List.of("acme"), 1, 0, () -> now);
    while (all.size() < 2) {
      fleet.next(all::add);
    }
    all.forEach(truth::sent);
    truth.stored(all.get(0).id(), "acme.telemetry.raw", 0, 0, START);

    assertThat(truth.notStored()).containsExactly(all.get(1));
    assertThat(truth.expected().clean().size()).isEqualTo(1);
  }

  private void describe(long seed, List<String> records) {
    now = START;
    Fleet fleet = new Fleet(seed, List.of("acme", "globex"), 10, 50, () -> now++);
    while (records.size() < 3_000) {
      fleet.next(
          record ->
              records.add(
                  record.id()
                      + record.tenant()
                      + record.device()
                      + List.of(record.value().length)));
    }
  }

  /** Hands out records as a broker would, on one partition. */
  private List<RawRecord> send(long seed, Truth truth, int atLeast, int slowEvery) {
    List<RawRecord> raw = new ArrayList<>();
    Fleet fleet = new Fleet(seed, List.of("acme", "globex"), 20, 200, () -> now);
    java.util.function.Consumer<Outgoing> broker =
        record -> {
          truth.sent(record);
          int count = seen.merge(record.device(), 1, Integer::sum);
          now += count % slowEvery == 0 ? 6_000 : 3;
          String topic = record.tenant() + ".telemetry.raw";
          int offset = raw.size();
          truth.stored(record.id(), topic, 0, offset, now);
          raw.add(
              new RawRecord(
                  record.tenant(),
                  topic,
                  0,
                  offset,
                  now,
                  record.device().getBytes(StandardCharsets.UTF_8),
                  record.value()));
        };
    while (raw.size() < atLeast) {
      fleet.next(broker);
      now += 2;
    }
    fleet.finish(broker);
    return raw;
  }

  private static final class Found {
    private final Lines clean = new Lines();
    private final Lines behind = new Lines();
    private final Lines letters = new Lines();
    private final Lines rows = Lines.unordered();

    private void addRows(TelemetryBatch batch) {
      String device = Lines.device(batch.asset().tenant(), batch.deviceId());
      boolean backlog = batch.backlog();
      long append = batch.appendTimeMillis();
      batch
          .measurements()
          .forEach(
              m ->
                  rows.add(
                      device,
                      Lines.reading(m.channel(), m.value(), m.eventTimeMillis(), backlog, append)));
      batch
          .faultCodes()
          .forEach(
              f ->
                  rows.add(
                      device, Lines.faultCode(f.code(), f.eventTimeMillis(), backlog, append)));
    }
  }

  private static void run(List<RawRecord> raw, Found found) throws Exception {
    ChannelRegistry channels =
        new ChannelRegistry(List.of(new Channel(DeviceScript.HEAT, "°C", -40, 250, "heat")));
    try (OneInputStreamOperatorTestHarness<RawRecord, TelemetryBatch> decode =
            new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(
                    new DecodeTelemetryFunction(
                        new DecodeRules(1 << 20, Duration.ofMinutes(5), LIVE_MAX_AGE), channels)));
        KeyedOneInputStreamOperatorTestHarness<String, TelemetryBatch, TelemetryBatch> order =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                    new OrderTelemetryFunction(OrderRules.DEFAULT.withMaxWait(MAX_WAIT))),
                batch -> batch.asset().key(),
                Types.STRING)) {
      decode.open();
      order.open();
      for (RawRecord record : raw) {
        decode.processElement(record, record.appendTimeMillis());
        for (TelemetryBatch batch : decode.extractOutputValues()) {
          order.processElement(batch, batch.appendTimeMillis());
        }
        decode.getOutput().clear();
        order.processWatermark(record.appendTimeMillis() - 1);
      }
      order.processWatermark(Long.MAX_VALUE);
      for (StreamRecord<DeadLetter> letter :
          decode.getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS)) {
        DeadLetter value = letter.getValue();
        found.letters.add(
            Lines.device(
                value.source().tenant(), new String(value.source().key(), StandardCharsets.UTF_8)),
            Lines.of(value));
      }
      for (TelemetryBatch batch : order.extractOutputValues()) {
        found.addRows(batch);
        found.clean.add(Lines.device(batch.asset().tenant(), batch.deviceId()), line(batch, false));
      }
      for (StreamRecord<TelemetryBatch> late : order.getSideOutput(OrderTelemetryFunction.LATE)) {
        TelemetryBatch batch = late.getValue();
        found.addRows(batch);
        found.behind.add(Lines.device(batch.asset().tenant(), batch.deviceId()), line(batch, true));
      }
    }
  }

  /** As ingest writes it, read as any consumer reads it. */
  private static String line(TelemetryBatch batch, boolean late)
      throws InvalidProtocolBufferException {
    return MessageLines.of(TelemetryMessage.parseFrom(TelemetryCodec.encodeClean(batch, late)));
  }
}
