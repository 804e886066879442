package io.foreshock.codec.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes records behind some first bytes, with buffers that are used again. */
final class RecordBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final Map<Schema, Form> forms = new HashMap<>();

  private BinaryEncoder encoder;
  private Form last;

  /** How records of one schema are written. Equal only to itself. */
  static final class Form {
    private final Schema schema;
    private final GenericDatumWriter<IndexedRecord> writer;
    private byte[] front;

    private Form(Schema schema) {
      this.schema = schema;
      this.writer = new GenericDatumWriter<>(schema);
    }

    /** First bytes where they depend on the schema alone; null until they are set. */
    byte[] front() {
      return front;
    }

    void front(byte[] bytes) {
      front = bytes;
    }
  }

  Form formOf(Schema schema) {
    if (last == null || last.schema != schema) {
      last = forms.get(schema);
      if (last == null) {
        last = new Form(schema);
        forms.put(schema, last);
      }
    }
    return last;
  }

  byte[] write(byte[] front, Form form, IndexedRecord record) {
    out.reset();
    out.write(front, 0, front.length);
    BinaryEncoder used = EncoderFactory.get().binaryEncoder(out, encoder);
    // What an exception leaves in the encoder's buffer would be written in front of the next value.
    encoder = null;
    try {
      form.writer.write(record, used);
      used.flush();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "A record of "
              + form.schema.getFullName()
              + " does not fit its schema: "
              + e.getMessage()
              + ".",
          e);
    }
    encoder = used;
    return out.toByteArray();
  }
}
