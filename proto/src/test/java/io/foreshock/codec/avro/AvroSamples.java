package io.foreshock.codec.avro;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Three versions of one feature set: a field is added, then another is removed. */
final class AvroSamples {
  static final Schema FIRST = schema("rms_1h", "hot_1h");
  static final Schema ADDED = schema("rms_1h", "hot_1h", "rms_30d");
  static final Schema REMOVED = schema("rms_1h", "rms_30d");

  private AvroSamples() {}

  static Schema schema(String... features) {
    var fields =
        SchemaBuilder.record("Bearing")
            .namespace("io.foreshock.features")
            .fields()
            .requiredString("assetId")
            .requiredLong("eventTime");
    for (String feature : features) {
      fields = fields.name(feature).doc("unit: mm/s").type().optional().doubleType();
    }
    return fields.endRecord();
  }

  static GenericRecord row(Schema schema, String asset, Object... values) {
    GenericRecord row = new GenericData.Record(schema);
    row.put(0, asset);
    row.put(1, 1_700_000_000_000L);
    for (int i = 0; i < values.length; i++) {
      row.put(2 + i, values[i]);
    }
    return row;
  }
}
