package io.foreshock.precursors;

import io.foreshock.codec.NearMissCodec;
import io.foreshock.model.NearMiss;
import io.foreshock.runtime.kafka.RecordForm;
import java.nio.charset.StandardCharsets;

/** A near miss on {@code <tenant>.near-misses}: key is the asset. */
final class NearMissForm implements RecordForm<NearMiss> {
  private static final long serialVersionUID = 1L;

  @Override
  public String tenant(NearMiss miss) {
    return miss.asset().tenant();
  }

  @Override
  public byte[] key(NearMiss miss) {
    return miss.asset().assetId().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] value(NearMiss miss) {
    return NearMissCodec.encode(miss);
  }
}
