package io.foreshock.patterns.live;

import io.foreshock.model.PatternDocument;
import io.foreshock.state.Fields;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State form of {@link LivePattern}. */
public final class LivePatternSerializer extends VersionedSerializer<LivePattern> {
  private static final long serialVersionUID = 1L;

  static final LivePatternSerializer INSTANCE = new LivePatternSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(LivePattern value, DataOutputView out) throws IOException {
    PatternDocument document = value.document();
    Fields.writeText(document.tenant(), out);
    Fields.writeText(document.name(), out);
    Fields.writeVarInt(document.version(), out);
    Fields.writeText(document.yaml(), out);
    out.writeBoolean(document.paused());
    out.writeLong(document.publishedAtMillis());
    Fields.writeText(document.publishedBy(), out);
    out.writeLong(value.generation());
    out.writeLong(value.retiredAtMillis());
  }

  @Override
  protected LivePattern read(int version, DataInputView in) throws IOException {
    PatternDocument document =
        new PatternDocument(
            Fields.readText(in),
            Fields.readText(in),
            Fields.readVarInt(in),
            Fields.readText(in),
            in.readBoolean(),
            in.readLong(),
            Fields.readText(in));
    return new LivePattern(document, in.readLong(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<LivePattern> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<LivePattern> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
