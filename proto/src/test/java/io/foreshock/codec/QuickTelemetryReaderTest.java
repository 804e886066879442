package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import io.foreshock.state.PassedBatchSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class QuickTelemetryReaderTest {
  private static final String TENANT = "acme";
  private static final long NOW = 1_767_600_100_000L;
  private static final ChannelRegistry CHANNELS =
      new ChannelRegistry(List.of(new Channel("a", "", -90, 200, "bounded")));

  private final QuickTelemetryReader reader = new QuickTelemetryReader(CHANNELS);
  private final QuickTelemetryReader passing = new QuickTelemetryReader(CHANNELS, false);
  private final CleanTelemetryEncoder encoder = new CleanTelemetryEncoder();

  @Test
  void readsWhatTheGeneratedClassesReadAndPassesOnTheRest(TestReporter reporter) {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    reporter.publishEntry("foreshock.seed", Long.toString(seed));
    Random random = new Random(seed);
    RandomMessages messages = new RandomMessages(random);
    int cases = Integer.getInteger("foreshock.rules.cases", 20_000);
    int read = 0;
    int readDamaged = 0;
    for (int i = 0; i < cases; i++) {
      byte[] bytes = plain(messages.next(), random).toByteArray();
      read += agrees(bytes, seed) ? 1 : 0;
      byte[] damaged = bytes.clone();
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        readDamaged += agrees(damaged, seed) ? 1 : 0;
        agrees(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)), seed);
      }
    }
    assertThat(read).isBetween(cases / 10, cases * 9 / 10);
    assertThat(readDamaged).isBetween(cases / 100, cases * 9 / 10);
  }

  @Test
  void readsTheMessageOfAHealthyDevice() {
    Readings readings = Readings.of(Assets.PUMP).device("gateway-7").sequence(12);
    readings.at("08:00:00").reading("speed_rpm", 1480).reading("bearing_temperature_c", 71.2);
    readings.at("08:00:01").reading("bearing_temperature_c", 71.3).reading("speed_rpm", 1481);
    TelemetryBatch batch = readings.batch();

    assertThat(
            reader.read(
                TelemetryCodec.encode(batch),
                batch.asset().tenant(),
                batch.appendTimeMillis(),
                batch.appendTimeMillis(),
                0))
        .isEqualTo(batch);
  }

  @Test
  void keepsTheBytesOfReadingsThatWouldBeWrittenTheSame() {
    Readings two = Readings.of(Assets.PUMP);
    two.at("08:00:00").reading("a", 1).reading("b", 0);
    byte[] canonical = TelemetryCodec.encode(two.batch());
    assertThat(measurements(canonical)).isInstanceOf(EncodedMeasurements.class);

    Readings swapped = Readings.of(Assets.PUMP);
    swapped.at("08:00:00").reading("a", 1);
    TelemetryMessage message = TelemetryCodec.toMessage(swapped.batch());
    byte[] one = message.getMeasurements(0).toByteArray();
    assertThat(measurements(with(message, one))).isInstanceOf(EncodedMeasurements.class);
    // The value first; the channel twice; a padded number.
    byte[] turned = new byte[one.length];
    System.arraycopy(one, one.length - 9, turned, 0, 9);
    System.arraycopy(one, 0, turned, 9, one.length - 9);
    byte[] twice = concat(new byte[] {10, 1, 'b'}, one);
    byte[] padded = concat(new byte[] {10, (byte) 0x81, 0}, Arrays.copyOfRange(one, 2, one.length));
    for (byte[] other : List.of(turned, twice, padded)) {
      assertThat(measurements(with(message, other)))
          .isNotInstanceOf(EncodedMeasurements.class)
          .isEqualTo(swapped.batch().measurements());
    }
  }

  private List<io.foreshock.model.Measurement> measurements(byte[] message) {
    return reader
        .read(message, Assets.TENANT, Long.MAX_VALUE / 2, Long.MAX_VALUE, 0)
        .measurements();
  }

  /** The message with these bytes as its one reading. */
  private static byte[] with(TelemetryMessage message, byte[] reading) {
    byte[] head = message.toBuilder().clearMeasurements().build().toByteArray();
    return concat(head, new byte[] {9 << 3 | 2, (byte) reading.length}, reading);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void leavesWhatIsDatedAheadOrNotWhole() {
    byte[] bytes = TelemetryCodec.encode(Readings.of(Assets.PUMP).reading("a", 1).batch());
    String tenant = Assets.PUMP.tenant();
    long time = Readings.time("08:00:00");

    assertThat(reader.read(bytes, tenant, time, time, time).backlog()).isFalse();
    assertThat(reader.read(bytes, tenant, time, time, time + 1).backlog()).isTrue();
    assertThat(reader.read(bytes, tenant, time, time - 1, 0)).isNull();
    assertThat(reader.read(bytes, "other", time, time, 0)).isNull();
    assertThat(reader.read(new byte[0], tenant, time, time, 0)).isNull();
  }

  /** Whether the quick way took it; then it must be what the other way makes of it. */
  private boolean agrees(byte[] bytes, long seed) {
    TelemetryBatch quick = reader.read(bytes, TENANT, NOW, Long.MAX_VALUE, 0);
    assertThat(passing.read(bytes, TENANT, NOW, Long.MAX_VALUE, 0))
        .as("read without making readings, -Dforeshock.seed=" + seed)
        .isEqualTo(quick);
    if (quick == null) {
      return false;
    }
    TelemetryMessage message;
    try {
      message = TelemetryCodec.parse(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("read what is no message, -Dforeshock.seed=" + seed, e);
    }
    assertThat(TelemetryRules.accepts(message))
        .as("accepted, -Dforeshock.seed=%d, %s", seed, message)
        .isTrue();
    assertThat(message.getTenant()).isIn("", TENANT);
    assertThat(message.getMeasurementsList())
        .allMatch(item -> !item.getChannel().equals("a") || item.getValue() <= 200)
        .allMatch(item -> !item.getChannel().equals("a") || item.getValue() >= -90);
    assertThat(quick)
        .as("-Dforeshock.seed=%d, %s", seed, message)
        .isEqualTo(TelemetryCodec.toBatch(message, TENANT, NOW, false));
    // Nor does anything get lost on the way out.
    assertThat(TelemetryCodec.encode(quick))
        .as("-Dforeshock.seed=%d, %s", seed, message)
        .isEqualTo(TelemetryCodec.toMessage(quick).toByteArray());
    assertThat(passedOn(quick)).as("-Dforeshock.seed=%d, %s", seed, message).isEqualTo(quick);
    return true;
  }

  /** Through the network form; its readings are made from their bytes, where it has them. */
  private TelemetryBatch passedOn(TelemetryBatch batch) {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TelemetryBatch read;
    try {
      PassedBatchSerializer.INSTANCE.serialize(batch, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      read = PassedBatchSerializer.INSTANCE.deserialize(in);
      assertThat(in.available()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(read.oldestEventTimeMillis()).isEqualTo(batch.oldestEventTimeMillis());
    assertThat(read.newestEventTimeMillis()).isEqualTo(batch.newestEventTimeMillis());
    assertThat(read.measurements().getClass()).isEqualTo(batch.measurements().getClass());
    assertThat(TelemetryCodec.encodeClean(read, false))
        .isEqualTo(TelemetryCodec.encodeClean(batch, false));
    for (boolean backfill : new boolean[] {false, true}) {
      assertThat(encoder.encode(read, backfill))
          .isEqualTo(TelemetryCodec.encodeClean(batch, backfill));
    }
    assertThat(encoder.key(read))
        .isEqualTo(batch.asset().assetId().getBytes(StandardCharsets.UTF_8));
    return read;
  }

  /** Mostly of the form that the quick way reads. */
  private static TelemetryMessage plain(TelemetryMessage message, Random random) {
    TelemetryMessage.Builder plain = message.toBuilder();
    if (random.nextInt(10) > 0) {
      plain
          .clearFaultCodes()
          .clearMaintenanceEvents()
          .clearOperatingStateChanges()
          .clearPositions();
    }
    if (random.nextInt(3) > 0) {
      plain.setTenant(TENANT);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      plain.addMeasurements(
          Measurement.newBuilder()
              .setChannel(random.nextBoolean() ? "a" : "b_c")
              .setEventTimeEpochMillis(NOW - random.nextInt(3))
              .setValue(random.nextInt(100)));
    }
    return plain.build();
  }
}
