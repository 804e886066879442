package io.foreshock.state;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link TelemetryBatch}; see {@link PassedBatchSerializer} as well. */
public final class TelemetryBatchSerializer extends VersionedSerializer<TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  public static final TelemetryBatchSerializer INSTANCE = new TelemetryBatchSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(TelemetryBatch value, DataOutputView out) throws IOException {
    Fields.writeAsset(value.asset(), out);
    Fields.writeText(value.deviceId(), out);
    Fields.writeText(value.bootId(), out);
    writePlace(value, out);
    writeMeasurements(value.measurements(), value.appendTimeMillis(), out);
    writeTail(value, out);
  }

  /** What stands between the batch's origin and its readings: its place among others. */
  static void writePlace(TelemetryBatch value, DataOutputView out) throws IOException {
    Fields.writeVarLong(value.sequence(), out);
    Fields.writeText(value.messageId(), out);
    out.writeLong(value.appendTimeMillis());
    out.writeBoolean(value.backlog());
  }

  /** What stands behind the readings. */
  static void writeTail(TelemetryBatch value, DataOutputView out) throws IOException {
    Fields.writeList(value.faultCodes(), TelemetryBatchSerializer::writeFault, out);
    Fields.writeList(value.maintenanceEvents(), TelemetryBatchSerializer::writeMaintenance, out);
    Fields.writeList(value.operatingStateChanges(), TelemetryBatchSerializer::writeState, out);
    Fields.writeList(value.positions(), TelemetryBatchSerializer::writePosition, out);
  }

  @Override
  protected TelemetryBatch read(int version, DataInputView in) throws IOException {
    return read(TelemetryBatchSerializer::readMeasurements, in);
  }

  /** Reads the readings of a batch, given when it was appended. */
  @FunctionalInterface
  interface MeasurementsReader {
    List<Measurement> read(long appendTimeMillis, DataInputView in) throws IOException;
  }

  static TelemetryBatch read(MeasurementsReader measurements, DataInputView in) throws IOException {
    return read(Fields.readAsset(in), Fields.readText(in), Fields.readText(in), measurements, in);
  }

  /** Reads what stands behind the batch's origin. */
  static TelemetryBatch read(
      AssetRef asset,
      String deviceId,
      String bootId,
      MeasurementsReader measurements,
      DataInputView in)
      throws IOException {
    long sequence = Fields.readVarLong(in);
    String messageId = Fields.readText(in);
    long appendTimeMillis = in.readLong();
    return new TelemetryBatch(
        asset,
        deviceId,
        bootId,
        sequence,
        messageId,
        appendTimeMillis,
        in.readBoolean(),
        measurements.read(appendTimeMillis, in),
        Fields.readList(TelemetryBatchSerializer::readFault, in),
        Fields.readList(TelemetryBatchSerializer::readMaintenance, in),
        Fields.readList(TelemetryBatchSerializer::readState, in),
        Fields.readList(TelemetryBatchSerializer::readPosition, in));
  }

  private static final FaultCode.Severity[] SEVERITIES = FaultCode.Severity.values();
  private static final MaintenanceEvent.Kind[] MAINTENANCE_KINDS = MaintenanceEvent.Kind.values();
  private static final OperatingStateChange.State[] STATES = OperatingStateChange.State.values();

  private static final Measurement[] NONE = {};

  /** Channels are written once, times as the difference to the reading before. */
  static void writeMeasurements(
      List<Measurement> measurements, long appendTimeMillis, DataOutputView out)
      throws IOException {
    // One copy of references in place of a call through two wrappers for each reading.
    Measurement[] items = measurements.toArray(NONE);
    Fields.writeVarInt(items.length, out);
    if (items.length == 0) {
      return;
    }
    RepeatedTexts channels = new RepeatedTexts();
    long previous = appendTimeMillis;
    for (Measurement measurement : items) {
      channels.write(measurement.channel(), out);
      Fields.writeSignedVarLong(measurement.eventTimeMillis() - previous, out);
      previous = measurement.eventTimeMillis();
      out.writeDouble(measurement.value());
    }
  }

  static List<Measurement> readMeasurements(long appendTimeMillis, DataInputView in)
      throws IOException {
    int size = Fields.readVarInt(in);
    if (size == 0) {
      return List.of();
    }
    List<Measurement> measurements = new ArrayList<>(size);
    RepeatedTexts channels = new RepeatedTexts();
    long eventTimeMillis = appendTimeMillis;
    for (int i = 0; i < size; i++) {
      String channel = channels.read(in);
      eventTimeMillis += Fields.readSignedVarLong(in);
      measurements.add(new Measurement(channel, eventTimeMillis, in.readDouble()));
    }
    return Collections.unmodifiableList(measurements);
  }

  private static void writeFault(FaultCode value, DataOutputView out) throws IOException {
    Fields.writeText(value.code(), out);
    out.writeLong(value.eventTimeMillis());
    Fields.writeText(value.component(), out);
    out.writeByte(value.severity().ordinal());
  }

  private static FaultCode readFault(DataInputView in) throws IOException {
    return new FaultCode(
        Fields.readText(in), in.readLong(), Fields.readText(in), SEVERITIES[in.readUnsignedByte()]);
  }

  private static void writeMaintenance(MaintenanceEvent value, DataOutputView out)
      throws IOException {
    Fields.writeText(value.component(), out);
    out.writeLong(value.eventTimeMillis());
    out.writeByte(value.kind().ordinal());
  }

  private static MaintenanceEvent readMaintenance(DataInputView in) throws IOException {
    return new MaintenanceEvent(
        Fields.readText(in), in.readLong(), MAINTENANCE_KINDS[in.readUnsignedByte()]);
  }

  private static void writeState(OperatingStateChange value, DataOutputView out)
      throws IOException {
    out.writeByte(value.state().ordinal());
    out.writeLong(value.eventTimeMillis());
  }

  private static OperatingStateChange readState(DataInputView in) throws IOException {
    return new OperatingStateChange(STATES[in.readUnsignedByte()], in.readLong());
  }

  private static void writePosition(Position value, DataOutputView out) throws IOException {
    out.writeLong(value.eventTimeMillis());
    out.writeDouble(value.latitudeDegrees());
    out.writeDouble(value.longitudeDegrees());
    out.writeDouble(value.speedMetresPerSecond());
    out.writeDouble(value.headingDegrees());
    out.writeDouble(value.accuracyMetres());
  }

  private static Position readPosition(DataInputView in) throws IOException {
    return new Position(
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  @Override
  public TypeSerializerSnapshot<TelemetryBatch> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TelemetryBatch> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<TelemetryBatch> {
    @Override
    public TypeInformation<TelemetryBatch> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(TelemetryBatch.class, INSTANCE);
    }
  }
}
