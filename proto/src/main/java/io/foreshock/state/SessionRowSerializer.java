package io.foreshock.state;

import io.foreshock.model.AssetRef;
import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionRow;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link SessionRow}. */
public final class SessionRowSerializer extends VersionedSerializer<SessionRow> {
  private static final long serialVersionUID = 1L;

  public static final SessionRowSerializer INSTANCE = new SessionRowSerializer();

  private static final SessionRow.Kind[] KINDS = SessionRow.Kind.values();
  private static final SessionRow.ClosedBy[] CLOSED_BY = SessionRow.ClosedBy.values();
  private static final SessionFigures.DistanceSource[] SOURCES =
      SessionFigures.DistanceSource.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(SessionRow row, DataOutputView out) throws IOException {
    Fields.writeAsset(row.asset(), out);
    out.writeByte(row.kind().ordinal());
    out.writeLong(row.startMillis());
    out.writeLong(row.endMillis());
    Fields.writeVarInt(row.revision(), out);
    out.writeBoolean(row.deleted());
    out.writeLong(row.sessionStartMillis());
    out.writeByte(row.closedBy().ordinal());
    out.writeLong(row.computedAtMillis());
    out.writeBoolean(row.backlog());
    out.writeBoolean(row.approximate());
    Fields.writeList(row.supersedes(), (start, view) -> view.writeLong(start), out);
    writeFigures(row.figures(), out);
  }

  @Override
  protected SessionRow read(int version, DataInputView in) throws IOException {
    AssetRef asset = Fields.readAsset(in);
    return new SessionRow(
        asset,
        KINDS[in.readUnsignedByte()],
        in.readLong(),
        in.readLong(),
        Fields.readVarInt(in),
        in.readBoolean(),
        in.readLong(),
        CLOSED_BY[in.readUnsignedByte()],
        in.readLong(),
        in.readBoolean(),
        in.readBoolean(),
        Fields.readList(DataInputView::readLong, in),
        readFigures(in));
  }

  private static void writeFigures(SessionFigures figures, DataOutputView out) throws IOException {
    Fields.writeSignedVarLong(figures.readings(), out);
    out.writeDouble(figures.loadMean());
    out.writeDouble(figures.loadMax());
    out.writeDouble(figures.energyKilowattHours());
    out.writeDouble(figures.fuelLitres());
    out.writeDouble(figures.distanceMetres());
    out.writeByte(figures.distanceSource().ordinal());
    out.writeDouble(figures.averageSpeedKmH());
    out.writeDouble(figures.maxSpeedKmH());
    Fields.writeSignedVarLong(figures.idlingCount(), out);
    Fields.writeSignedVarLong(figures.idlingMillis(), out);
    Fields.writeSignedVarLong(figures.harshBrakings(), out);
    Fields.writeSignedVarLong(figures.rejectedPositions(), out);
    Fields.writeSignedVarLong(figures.starts(), out);
    Fields.writeSignedVarLong(figures.operatingMillis(), out);
  }

  private static SessionFigures readFigures(DataInputView in) throws IOException {
    return new SessionFigures(
        Fields.readSignedVarLong(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        SOURCES[in.readUnsignedByte()],
        in.readDouble(),
        in.readDouble(),
        (int) Fields.readSignedVarLong(in),
        Fields.readSignedVarLong(in),
        (int) Fields.readSignedVarLong(in),
        (int) Fields.readSignedVarLong(in),
        (int) Fields.readSignedVarLong(in),
        Fields.readSignedVarLong(in));
  }

  @Override
  public TypeSerializerSnapshot<SessionRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SessionRow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<SessionRow> {
    @Override
    public TypeInformation<SessionRow> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(SessionRow.class, INSTANCE);
    }
  }
}
