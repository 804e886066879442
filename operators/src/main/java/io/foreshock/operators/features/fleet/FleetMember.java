package io.foreshock.operators.features.fleet;

import io.foreshock.model.FeatureRow;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * One machine among those that are compared: its last row, and what was said of it.
 *
 * <p>State form: version (1 byte), class, set's version, kind, values, times a row was given, hash
 * of its values.
 */
final class FleetMember {
  private static final int VERSION = 1;
  private static final FeatureRow.Kind[] KINDS = FeatureRow.Kind.values();

  String assetClass = "";
  int setVersion;
  FeatureRow.Kind kind = FeatureRow.Kind.LIVE;
  double[] values;

  /** How often a row was given. */
  int given;

  /** Of the values of the row that was given last. */
  long givenHash;

  /** Takes another row of the machine; the later one holds. */
  void take(FeatureRow row) {
    assetClass = row.asset().assetClass();
    setVersion = row.featureSetVersion();
    kind = row.kind();
    values = row.values();
  }

  byte[] write(DataOutputSerializer out) throws IOException {
    out.clear();
    out.writeByte(VERSION);
    Fields.writeText(assetClass, out);
    Fields.writeVarInt(setVersion, out);
    out.writeByte(kind.ordinal());
    Fields.writeVarInt(values.length, out);
    for (double value : values) {
      out.writeDouble(value);
    }
    Fields.writeVarInt(given, out);
    out.writeLong(givenHash);
    return out.getCopyOfBuffer();
  }

  static FleetMember read(byte[] stored) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(stored);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "Fleet state has version "
              + version
              + ", but this build reads version "
              + VERSION
              + ". Deploy the newer release again, or restore an older savepoint.");
    }
    FleetMember member = new FleetMember();
    member.assetClass = Fields.readText(in);
    member.setVersion = Fields.readVarInt(in);
    member.kind = KINDS[in.readUnsignedByte()];
    member.values = new double[Fields.readVarInt(in)];
    for (int i = 0; i < member.values.length; i++) {
      member.values[i] = in.readDouble();
    }
    member.given = Fields.readVarInt(in);
    member.givenHash = in.readLong();
    return member;
  }
}
