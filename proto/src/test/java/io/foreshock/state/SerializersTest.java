package io.foreshock.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import io.foreshock.state.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {
  /** Bytes that earlier versions wrote, as hexadecimal text: {@code <type>-v<version>.hex}. */
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static Stream<String> types() {
    return Samples.all().keySet().stream();
  }

  static byte[] bytes(TypeSerializer<?> serializer, Object value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    @SuppressWarnings("unchecked")
    TypeSerializer<Object> typed = (TypeSerializer<Object>) serializer;
    typed.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    T value = serializer.deserialize(in);
    assertThat(in.available()).as("bytes left").isZero();
    return value;
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsBackWhatItWrote(String type) throws Exception {
    Sample<?> sample = Samples.all().get(type);

    assertSame(read(sample.serializer(), bytes(sample.serializer(), sample.value())), sample);
  }

  @ParameterizedTest
  @MethodSource("types")
  void copiesBytesOfOneValueOnly(String type) throws Exception {
    Sample<?> sample = Samples.all().get(type);
    byte[] once = bytes(sample.serializer(), sample.value());
    byte[] twice = new byte[once.length * 2];
    System.arraycopy(once, 0, twice, 0, once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    DataOutputSerializer out = new DataOutputSerializer(64);

    sample.serializer().copy(new DataInputDeserializer(twice), out);

    assertThat(out.getCopyOfBuffer()).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("types")
  void isNeverKryo(String type) {
    Sample<?> sample = Samples.all().get(type);
    SerializerConfigImpl config =
        new SerializerConfigImpl(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    // With generic types off, Kryo is refused where a serializer is made: watch it happen.
    assertThatThrownBy(() -> TypeInformation.of(Object.class).createSerializer(config))
        .isInstanceOf(UnsupportedOperationException.class);

    TypeInformation<?> information = TypeInformation.of(sample.type());

    assertThat(information).isInstanceOf(VersionedTypeInfo.class);
    assertThat(information.createSerializer(config)).isSameAs(sample.serializer());
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsWhatEarlierVersionsWrote(String type) throws Exception {
    Sample<?> sample = Samples.all().get(type);
    for (int version = 1; version <= sample.serializer().version(); version++) {
      byte[] golden =
          HexFormat.of().parseHex(Files.readString(golden(type, version)).replaceAll("\\s", ""));
      assertSame(read(sample.serializer(), golden), sample);
    }
    assertThat(
            HexFormat.of()
                .parseHex(
                    Files.readString(golden(type, sample.serializer().version()))
                        .replaceAll("\\s", "")))
        .as(
            "The format changed without a new version. Raise version(), keep reading the old form and run with -Dforeshock.golden=write.")
        .isEqualTo(bytes(sample.serializer(), sample.value()));
  }

  private static Path golden(String type, int version) throws IOException {
    Path file = GOLDEN.resolve(type + "-v" + version + ".hex");
    if ("write".equals(System.getProperty("foreshock.golden")) && !Files.exists(file)) {
      Sample<?> sample = Samples.all().get(type);
      Files.createDirectories(GOLDEN);
      String hex = HexFormat.of().formatHex(bytes(sample.serializer(), sample.value()));
      Files.writeString(file, hex.replaceAll("(.{96})", "$1\n") + "\n");
    }
    return file;
  }

  @ParameterizedTest
  @MethodSource("types")
  void restoresThroughItsSnapshot(String type) throws Exception {
    assertRestores(Samples.all().get(type));
  }

  private static <T> void assertRestores(Sample<T> sample) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, sample.serializer().snapshotConfiguration());

    TypeSerializerSnapshot<T> restored =
        TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()),
            SerializersTest.class.getClassLoader());

    assertThat(
            sample
                .serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    assertThat(restored.restoreSerializer()).isEqualTo(sample.serializer());
  }

  @ParameterizedTest
  @MethodSource("types")
  void refusesAValueOfANewerVersion(String type) throws Exception {
    Sample<?> sample = Samples.all().get(type);
    byte[] bytes = bytes(sample.serializer(), sample.value());
    bytes[0] = 2;

    assertThatThrownBy(() -> sample.serializer().deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            sample.serializer().getClass().getSimpleName()
                + " reads versions 1 to 1, but the value has version 2. State of a newer release cannot be read by"
                + " this one: deploy that release again, or restore an older savepoint.");
  }

  @Test
  void keepsTextOfAnyLengthAndContent() throws Exception {
    Random random = new Random(1);
    StringBuilder wild = new StringBuilder();
    for (int i = 0; i < 70_000; i++) {
      wild.append((char) random.nextInt(0x10000));
    }
    for (String text :
        new String[] {
          "", "a", "ü°", "温度", "x".repeat(200_000), "温".repeat(70_000), wild.toString()
        }) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      Fields.writeText(text, out);
      assertThat(Fields.readText(new DataInputDeserializer(out.getCopyOfBuffer()))).isEqualTo(text);
    }
  }

  @Test
  void keepsNumbersOfAnySize() throws Exception {
    for (long number :
        new long[] {0, 1, -1, 127, 128, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53}) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      Fields.writeVarLong(number, out);
      Fields.writeSignedVarLong(number, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      assertThat(Fields.readVarLong(in)).isEqualTo(number);
      assertThat(Fields.readSignedVarLong(in)).isEqualTo(number);
    }
  }

  @Test
  void writesManyChannelsAndManyReadings() throws Exception {
    Readings readings = Readings.of(Assets.PUMP);
    for (int i = 0; i < 1_000; i++) {
      readings.at(1 + i / 200).reading("channel_" + i % 150, i);
    }
    TelemetryBatch batch = readings.batch();

    assertThat(
            read(
                TelemetryBatchSerializer.INSTANCE, bytes(TelemetryBatchSerializer.INSTANCE, batch)))
        .isEqualTo(batch);
  }

  @Test
  void takesTenBytesForAReadingAfterTheFirst() throws Exception {
    Readings readings = Readings.of(Assets.PUMP);
    for (int i = 0; i < 100; i++) {
      readings.at(Readings.time("08:00:00") + i * 50).reading("vibration_rms_mm_s", i);
    }
    TelemetryBatch batch = readings.batch();
    for (Measurement measurement : batch.measurements()) {
      assertThat(measurement.value()).isFinite();
    }

    assertThat(bytes(TelemetryBatchSerializer.INSTANCE, batch).length).isLessThan(100 * 10 + 80);
  }

  private static void assertSame(Object read, Sample<?> sample) {
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .withEqualsForType(AssetRef::equals, AssetRef.class)
        .isEqualTo(sample.value());
  }
}
