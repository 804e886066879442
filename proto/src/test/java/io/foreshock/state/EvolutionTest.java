package io.foreshock.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.junit.jupiter.api.Test;

/** How a format changes: a type gains a field, old values stay readable. */
class EvolutionTest {

  record Health(String asset, double index, String reason) {}

  /** The release before: no reason yet. */
  static class HealthSerializerV1 extends VersionedSerializer<Health> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
      return 1;
    }

    @Override
    protected void write(Health value, DataOutputView out) throws IOException {
      Fields.writeText(value.asset(), out);
      out.writeDouble(value.index());
    }

    @Override
    protected Health read(int version, DataInputView in) throws IOException {
      return new Health(Fields.readText(in), in.readDouble(), "");
    }

    @Override
    public TypeSerializerSnapshot<Health> snapshotConfiguration() {
      return new Snapshot();
    }

    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Health> {
      public Snapshot() {
        super(HealthSerializerV1::new);
      }
    }
  }

  /** This release. */
  static final class HealthSerializerV2 extends HealthSerializerV1 {
    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
      return 2;
    }

    @Override
    protected void write(Health value, DataOutputView out) throws IOException {
      super.write(value, out);
      Fields.writeText(value.reason(), out);
    }

    @Override
    protected Health read(int version, DataInputView in) throws IOException {
      return new Health(
          Fields.readText(in), in.readDouble(), version >= 2 ? Fields.readText(in) : "unknown");
    }
  }

  @Test
  void readsTheOldFormAndWritesTheNew() throws Exception {
    byte[] old = SerializersTest.bytes(new HealthSerializerV1(), new Health("pump-1", 0.5, "hot"));

    Health read = SerializersTest.read(new HealthSerializerV2(), old);
    assertThat(read).isEqualTo(new Health("pump-1", 0.5, "unknown"));

    byte[] rewritten = SerializersTest.bytes(new HealthSerializerV2(), read);
    assertThat(rewritten[0]).isEqualTo((byte) 2);
    assertThat(SerializersTest.read(new HealthSerializerV2(), rewritten)).isEqualTo(read);
  }

  @Test
  void refusesToGoBack() throws Exception {
    byte[] newer =
        SerializersTest.bytes(new HealthSerializerV2(), new Health("pump-1", 0.5, "hot"));

    assertThatThrownBy(() -> SerializersTest.read(new HealthSerializerV1(), newer))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "HealthSerializerV1 reads versions 1 to 1, but the value has version 2.");
  }
}
