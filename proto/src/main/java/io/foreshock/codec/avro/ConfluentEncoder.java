package io.foreshock.codec.avro;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * Confluent's wire format: a zero byte, the id of the schema at a registry (4 bytes, most
 * significant first), the value. The subject is {@code <topic>-value}. An id is asked for once for
 * each topic and schema.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Confluent,
 *     "Wire format"</a>
 */
public final class ConfluentEncoder implements AvroValueEncoder {
  private static final long serialVersionUID = 1L;

  private final SchemaIds ids;

  private transient RecordBytes bytes;
  private transient Map<String, Map<RecordBytes.Form, byte[]>> fronts;

  /**
   * @param ids decides what becomes of a value whose schema has no id
   */
  public ConfluentEncoder(SchemaIds ids) {
    this.ids = ids;
  }

  /** Subject of the values of a topic. */
  public static String subject(String topic) {
    return topic + "-value";
  }

  @Override
  public byte[] encode(String topic, IndexedRecord record) {
    if (bytes == null) {
      bytes = new RecordBytes();
      fronts = new HashMap<>();
    }
    RecordBytes.Form form = bytes.formOf(record.getSchema());
    Map<RecordBytes.Form, byte[]> ofTopic = fronts.get(topic);
    if (ofTopic == null) {
      ofTopic = new HashMap<>();
      fronts.put(topic, ofTopic);
    }
    byte[] front = ofTopic.get(form);
    if (front == null) {
      SchemaIds.Id id = ids.idOf(subject(topic), record.getSchema());
      front = Confluent.front(id.number());
      if (id.settled()) {
        ofTopic.put(form, front);
      }
    }
    return bytes.write(front, form, record);
  }
}
