package io.foreshock.codec.avro;

import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro's single-object encoding: {@code C3 01}, the CRC-64-AVRO fingerprint of the schema's parsing
 * canonical form (8 bytes, least significant first), the value. Needs no registry: who has the
 * {@code .avsc} file can read it.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro
 *     specification, "Single-object encoding"</a>
 */
public final class SingleObjectEncoder implements AvroValueEncoder {
  private static final long serialVersionUID = 1L;

  private transient RecordBytes bytes;

  /** Fingerprint of a schema as it stands in values, in hexadecimal: 16 digits. */
  public static String fingerprint(Schema schema) {
    return HexFormat.of().formatHex(SingleObject.front(schema), 2, SingleObject.FRONT_BYTES);
  }

  @Override
  public byte[] encode(String topic, IndexedRecord record) {
    if (bytes == null) {
      bytes = new RecordBytes();
    }
    RecordBytes.Form form = bytes.formOf(record.getSchema());
    if (form.front() == null) {
      form.front(SingleObject.front(record.getSchema()));
    }
    return bytes.write(form.front(), form, record);
  }
}
