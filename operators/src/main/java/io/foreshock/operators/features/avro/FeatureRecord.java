package io.foreshock.operators.features.avro;

import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * Shows a row as an Avro record. One object per set is enough: it is filled again for each row, and
 * holds no copy.
 */
public final class FeatureRecord implements IndexedRecord {
  private final Schema schema;
  private final GenericData.EnumSymbol[] kinds;
  private final int keys = FeatureSchema.KEYS.size();

  private FeatureRow row;

  public FeatureRecord(FeatureSet set) {
    schema = FeatureSchema.of(set);
    Schema kind = schema.getField("kind").schema();
    kinds = new GenericData.EnumSymbol[FeatureRow.Kind.values().length];
    for (FeatureRow.Kind known : FeatureRow.Kind.values()) {
      kinds[known.ordinal()] = new GenericData.EnumSymbol(kind, known.name());
    }
  }

  /**
   * Shows this row from now on.
   *
   * @throws IllegalArgumentException when it has not as many values as the set has columns
   */
  public FeatureRecord of(FeatureRow shown) {
    if (keys + shown.values().length != schema.getFields().size()) {
      throw new IllegalArgumentException(
          "A row of "
              + shown.featureSet()
              + " version "
              + shown.featureSetVersion()
              + " has "
              + shown.values().length
              + " values, but the set "
              + schema.getProp(FeatureSchema.SET)
              + " version "
              + schema.getObjectProp(FeatureSchema.VERSION)
              + " has "
              + (schema.getFields().size() - keys)
              + " columns.");
    }
    row = shown;
    return this;
  }

  @Override
  public Schema getSchema() {
    return schema;
  }

  @Override
  public Object get(int field) {
    return switch (field) {
      case 0 -> row.asset().tenant();
      case 1 -> row.asset().assetId();
      case 2 -> row.asset().assetClass();
      case 3 -> row.eventTimeMillis();
      case 4 -> row.computedAtMillis();
      case 5 -> row.featureSetVersion();
      case 6 -> row.revision();
      case 7 -> kinds[row.kind().ordinal()];
      default -> value(row.values()[field - keys]);
    };
  }

  /** An absent value is null, as tables have it; NaN would be a value to most of them. */
  private static Object value(double value) {
    return Double.isNaN(value) ? null : value;
  }

  @Override
  public void put(int field, Object value) {
    throw new UnsupportedOperationException("Shows a row; give it another one with of().");
  }
}
