package io.foreshock.runtime.kafka;

import io.foreshock.codec.DeadLetterCodec;
import io.foreshock.model.DeadLetter;

/** A dead letter on {@code <tenant>.telemetry.dlq}: key as in the refused record. */
public final class DeadLetterForm implements RecordForm<DeadLetter> {
  private static final long serialVersionUID = 1L;

  @Override
  public String tenant(DeadLetter letter) {
    return letter.source().tenant();
  }

  @Override
  public byte[] key(DeadLetter letter) {
    byte[] key = letter.source().key();
    return key.length == 0 ? null : key;
  }

  @Override
  public byte[] value(DeadLetter letter) {
    return DeadLetterCodec.encode(letter);
  }
}
