package io.foreshock.operators.features.avro;

import static io.foreshock.operators.features.avro.FeatureSets.STARTS;
import static io.foreshock.operators.features.avro.FeatureSets.VIBRATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foreshock.codec.avro.SingleObjectDecoder;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.codec.avro.UnreadableValueException;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.avro.SchemaChange.Kind;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class SchemaChangesTest {

  @Test
  void theSameIsNoChange() {
    assertThat(changes(FeatureSets.set(1, VIBRATION), FeatureSets.set(1, VIBRATION))).isEmpty();
  }

  @Test
  void anAddedFeatureBreaksNobody() {
    assertThat(changes(FeatureSets.set(1, VIBRATION), FeatureSets.set(2, STARTS, VIBRATION)))
        .containsExactly(
            new SchemaChange(
                Kind.COMPATIBLE,
                "starts_count_1d",
                "is added: readers of the old version do not see it, and it is null in old rows"));
  }

  @Test
  void aRemovedFeatureIsNoticedByItsReaders() {
    assertThat(changes(FeatureSets.set(1, VIBRATION, STARTS), FeatureSets.set(2, VIBRATION)))
        .singleElement()
        .satisfies(change -> assertThat(change.kind()).isEqualTo(Kind.NOTICED))
        .satisfies(change -> assertThat(change.field()).isEqualTo("starts_count_1d"));
  }

  @Test
  void aNameThatMeansSomethingElseBreaksEverybody() {
    String stricter = VIBRATION.replace("4.5 mm/s", "7.1 mm/s");
    assertThat(changes(FeatureSets.set(1, VIBRATION), FeatureSets.set(2, stricter)))
        .extracting(SchemaChange::kind, SchemaChange::field)
        .containsExactly(
            tuple(Kind.BREAKS, "vibration_time_above_1h"),
            tuple(Kind.BREAKS, "vibration_time_above_30d"));

    String plain = VIBRATION.replace("4.5 mm/s", "4.5");
    assertThat(changes(FeatureSets.set(1, plain), FeatureSets.every("5 min", 2, "in/s", plain)))
        .filteredOn(change -> change.kind() == Kind.BREAKS)
        .extracting(SchemaChange::text)
        .contains(
            "has another unit, \"in/s\" instead of \"mm/s\": every reader would take new values for old ones. Give the feature a new name");
  }

  @Test
  void aChangeNeedsANewVersion() {
    assertThat(changes(FeatureSets.set(2, VIBRATION), FeatureSets.set(2, VIBRATION, STARTS)))
        .contains(
            new SchemaChange(
                Kind.BREAKS,
                "",
                "version must be raised above 2 with a change, but is 2: rows of both would carry the same number. Use 3"));
    assertThat(changes(FeatureSets.set(2, VIBRATION), FeatureSets.set(1, VIBRATION)))
        .extracting(SchemaChange::kind)
        .containsExactly(Kind.BREAKS);
    assertThat(
            changes(
                FeatureSets.set(1, VIBRATION), FeatureSets.every("10 min", 2, "mm/s", VIBRATION)))
        .extracting(SchemaChange::text)
        .contains("rows come every 10min instead of 5min");
  }

  @Test
  void namesWhoCannotReadWhat() {
    Schema before = SchemaBuilder.record("P").fields().requiredDouble("rms").endRecord();
    Schema after = SchemaBuilder.record("P").fields().requiredString("rms").endRecord();

    assertThat(SchemaChanges.between(before, after))
        .filteredOn(change -> change.kind() == Kind.BREAKS)
        .extracting(change -> change.field() + " " + change.text())
        .anyMatch(text -> text.startsWith("rms readers of the old version cannot read new rows: "))
        .anyMatch(text -> text.startsWith("rms readers of the new version cannot read old rows: "));
  }

  /** What the words "breaks nobody" promise, with rows. */
  @Test
  void oldAndNewReadersReadOldAndNewRows() throws UnreadableValueException {
    FeatureSet before = FeatureSets.set(1, VIBRATION);
    FeatureSet after =
        FeatureSets.set(2, STARTS, VIBRATION.replace("windows: [1h, 30d]", "windows: [1h]"));
    List<Schema> both = List.of(FeatureSchema.of(before), FeatureSchema.of(after));
    byte[] oldRow = write(before, 1, 2, 3, 4);
    byte[] newRow = write(after, 7, 1, 3);

    GenericRecord byOldReader = new SingleObjectDecoder(both.get(0), both).decode(newRow);
    assertThat(byOldReader.get("vibration_mean_1h")).isEqualTo(1.0);
    assertThat(byOldReader.get("vibration_mean_30d")).isNull();
    assertThat(byOldReader.get("vibration_time_above_1h")).isEqualTo(3.0);
    GenericRecord byNewReader = new SingleObjectDecoder(both.get(1), both).decode(oldRow);
    assertThat(byNewReader.get("starts_count_1d")).isNull();
    assertThat(byNewReader.get("vibration_mean_1h")).isEqualTo(1.0);
    assertThat(byNewReader.get("vibration_time_above_1h")).isEqualTo(3.0);
  }

  private static byte[] write(FeatureSet set, double... values) {
    return new SingleObjectEncoder()
        .encode(
            "t", new FeatureRecord(set).of(FeatureSchemaTest.row(FeatureRow.Kind.LIVE, values)));
  }

  private static List<SchemaChange> changes(FeatureSet before, FeatureSet after) {
    return SchemaChanges.between(FeatureSchema.of(before), FeatureSchema.of(after));
  }
}
