package io.foreshock.operators.features.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.codec.avro.SingleObjectDecoder;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.codec.avro.UnreadableValueException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class FeatureSchemaTest {

  @Test
  void everyFieldSaysWhatItIsAndFeaturesTheirUnit() {
    Schema schema = FeatureSchema.of(FeatureSets.set(1, FeatureSets.VIBRATION, FeatureSets.STARTS));

    assertThat(schema.getFullName()).isEqualTo("io.foreshock.features.PumpCondition");
    assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    assertThat(FeatureSchema.features(schema))
        .containsExactly(
            "vibration_mean_1h",
            "vibration_mean_30d",
            "vibration_time_above_1h",
            "vibration_time_above_30d",
            "starts_count_1d");
    Field above = schema.getField("vibration_time_above_30d");
    assertThat(above.doc())
        .isEqualTo("Vibration of the housing: time above 4.5 mm/s over 30d. Unit: s.");
    assertThat(above.schema().toString()).isEqualTo("[\"null\",\"double\"]");
    assertThat(above.hasDefaultValue()).isTrue();
    assertThat(above.getObjectProps())
        .containsEntry("unit", "s")
        .containsEntry("group", "vibration")
        .containsEntry("source", "channel vibration_rms_mm_s")
        .containsEntry("aggregate", "time-above 4.5")
        .containsEntry("window", "30d");
    assertThat(schema.getField("vibration_mean_1h").getProp("unit")).isEqualTo("mm/s");
    assertThat(schema.getField("starts_count_1d").doc()).endsWith("Unit: none.");
  }

  @Test
  void theSameDocumentAlwaysGivesTheSameText() {
    String text = FeatureSchema.of(FeatureSets.set(3, FeatureSets.VIBRATION)).toString(true);

    assertThat(FeatureSchema.of(FeatureSets.set(3, FeatureSets.VIBRATION)).toString(true))
        .isEqualTo(text);
    assertThat(new Schema.Parser().parse(text).toString(true)).isEqualTo(text);
  }

  /** A property is no part of what the fingerprint is computed of, so it can hold it. */
  @Test
  void schemasHoldTheirOwnFingerprint() {
    FeatureRecord record = new FeatureRecord(FeatureSets.set(1, FeatureSets.STARTS));
    byte[] value = new SingleObjectEncoder().encode("t", record.of(row(FeatureRow.Kind.LIVE, 1)));

    assertThat(HexFormat.of().formatHex(value, 2, 10))
        .isEqualTo(record.getSchema().getProp(FeatureSchema.FINGERPRINT))
        .isEqualTo(SingleObjectEncoder.fingerprint(record.getSchema()));
  }

  @Test
  void rowsAreWhatTheyWereAfterTheWay() throws UnreadableValueException {
    FeatureSet set = FeatureSets.set(1, FeatureSets.VIBRATION, FeatureSets.STARTS);
    FeatureRecord record = new FeatureRecord(set);
    SingleObjectEncoder encoder = new SingleObjectEncoder();
    SingleObjectDecoder decoder = new SingleObjectDecoder(record.getSchema(), List.of());
    for (FeatureRow.Kind kind : FeatureRow.Kind.values()) {
      FeatureRow row = row(kind, 2.5, Double.NaN, -0.0, Double.MIN_VALUE, 3);
      GenericRecord read = decoder.decode(encoder.encode("t", record.of(row)));

      assertThat(read.get("tenant")).hasToString("acme");
      assertThat(read.get("asset_id")).hasToString("pump-1");
      assertThat(read.get("asset_class")).hasToString("pump");
      assertThat(read.get("event_time")).isEqualTo(600_000L);
      assertThat(read.get("computed_at")).isEqualTo(601_000L);
      assertThat(read.get("feature_set_version")).isEqualTo(1);
      assertThat(read.get("revision")).isEqualTo(4);
      assertThat(read.get("kind")).hasToString(kind.name());
      assertThat(read.get("vibration_mean_1h")).isEqualTo(2.5);
      assertThat(read.get("vibration_mean_30d")).isNull();
      assertThat(read.get("vibration_time_above_1h")).isEqualTo(-0.0);
      assertThat(read.get("vibration_time_above_30d")).isEqualTo(Double.MIN_VALUE);
      assertThat(read.get("starts_count_1d")).isEqualTo(3.0);
    }
  }

  @Test
  void aRowOfAnotherVersionIsNotWritten() {
    FeatureRecord record = new FeatureRecord(FeatureSets.set(2, FeatureSets.STARTS));

    assertThatThrownBy(() -> record.of(row(FeatureRow.Kind.LIVE, 1, 2)))
        .hasMessage(
            "A row of pump-condition version 1 has 2 values, but the set pump-condition version 2 has 1 columns.");
  }

  static FeatureRow row(FeatureRow.Kind kind, double... values) {
    return new FeatureRow(
        new AssetRef("acme", "pump-1", "pump"),
        "pump-condition",
        1,
        600_000L,
        601_000L,
        4,
        kind,
        values);
  }
}
