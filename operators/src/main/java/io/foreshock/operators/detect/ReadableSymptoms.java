package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import io.foreshock.state.ReadableState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * What is kept of an asset's detectors, for people. Detectors are named by a hash of their id, for
 * their state names them so.
 */
public final class ReadableSymptoms implements ReadableState {

  @Override
  public String stateName() {
    return DetectSymptomsFunction.STATE_NAME;
  }

  @Override
  public Map<String, Object> read(byte[] value) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(value);
    AssetState.checkVersion(in.readUnsignedByte(), AssetState.VERSION, "asset");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("assetClass", Fields.readText(in));
    fields.put("lastBatchIngestTimeMillis", in.readLong());
    fields.put("timerMillis", in.readLong());
    List<Map<String, Object>> detectors = new ArrayList<>();
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      Map<String, Object> detector = new LinkedHashMap<>();
      detector.put("detector", Long.toHexString(in.readLong()));
      detector.put("version", in.readUnsignedByte());
      int length = in.readUnsignedShort();
      detector.put("bytes", length);
      in.skipBytesToRead(length);
      detectors.add(detector);
    }
    fields.put("detectors", detectors);
    return fields;
  }
}
