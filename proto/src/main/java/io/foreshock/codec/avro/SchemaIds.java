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
  Id idOf(String subject, Schema schema);

  /**
   * An id.
   *
   * @param number what stands in front of values
   * @param settled false when the subject has not got the schema yet: readers find it by this id
   *     all the same, but the next value shall ask again
   */
  record Id(int number, boolean settled) {}
}
