package io.foreshock.codec.avro;

import java.io.Serializable;
import org.apache.avro.Schema;

/** Ids that a schema registry gave. */
public interface SchemaIds extends Serializable {

  /**
   * Id by which readers find the schema.
   *
   * @param subject e.g. {@code acme.sessions-value}
   * @throws RuntimeException when there is none; its message says what to do
   */
  int idOf(String subject, Schema schema);
}
