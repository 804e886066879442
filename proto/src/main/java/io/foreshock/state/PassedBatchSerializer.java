package io.foreshock.state;

import io.foreshock.codec.EncodedMeasurements;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Network form of a {@link TelemetryBatch} whose readings are passed on as they came, mostly: their
 * bytes, where the batch still has them. Larger than the state form, and nearly free to write, to
 * read and to encode again. For a job that looks at the readings, the state form is cheaper.
 */
public final class PassedBatchSerializer extends VersionedSerializer<TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  public static final PassedBatchSerializer INSTANCE = new PassedBatchSerializer();

  /** Shared by the tasks of a process. */
  private static final Origins ORIGINS = new Origins();

  /** Type of a stream whose network form is this one. */
  public static TypeInformation<TelemetryBatch> type() {
    return new VersionedTypeInfo<>(TelemetryBatch.class, INSTANCE);
  }

  @Override
  protected int version() {
    return 2;
  }

  @Override
  protected void write(TelemetryBatch value, DataOutputView out) throws IOException {
    ORIGINS.write(value.asset(), value.deviceId(), value.bootId(), out);
    TelemetryBatchSerializer.writePlace(value, out);
    if (value.measurements() instanceof EncodedMeasurements encoded) {
      Fields.writeVarInt(encoded.length(), out);
      out.write(encoded.bytes(), encoded.from(), encoded.length());
      Fields.writeVarInt(encoded.size(), out);
      out.writeLong(encoded.oldestEventTimeMillis());
      out.writeLong(encoded.newestEventTimeMillis());
    } else {
      Fields.writeVarInt(0, out);
      TelemetryBatchSerializer.writeMeasurements(
          value.measurements(), value.appendTimeMillis(), out);
    }
    TelemetryBatchSerializer.writeTail(value, out);
  }

  @Override
  protected TelemetryBatch read(int version, DataInputView in) throws IOException {
    if (version == 1) {
      return TelemetryBatchSerializer.read(PassedBatchSerializer::readMeasurements, in);
    }
    Origins.Origin origin = ORIGINS.read(in);
    return TelemetryBatchSerializer.read(
        origin.asset(),
        origin.deviceId(),
        origin.bootId(),
        PassedBatchSerializer::readMeasurements,
        in);
  }

  private static List<Measurement> readMeasurements(long appendTimeMillis, DataInputView in)
      throws IOException {
    byte[] bytes = Fields.readBytes(in);
    return bytes.length == 0
        ? TelemetryBatchSerializer.readMeasurements(appendTimeMillis, in)
        : EncodedMeasurements.of(bytes, Fields.readVarInt(in), in.readLong(), in.readLong());
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
}
