package io.foreshock.operators.features.avro;

import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.features.definition.Aggregate;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.FeatureSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * The Avro schema of the rows of a feature set.
 *
 * <p>First what names a row, then the features in the order of their document. Each feature is a
 * double or null with the default null: so a feature may be added or removed, and old readers read
 * new rows as well as new readers old rows. What Avro does not tell apart (unit, source, aggregate,
 * window) stands beside each field as properties, for people and for {@link SchemaChanges}.
 */
public final class FeatureSchema {
  /** Namespace of every schema of features. */
  public static final String NAMESPACE = "io.foreshock.features";

  /** Properties of the record. */
  public static final String SET = "featureSet";

  public static final String VERSION = "featureSetVersion";

  /**
   * Fingerprint in front of values in single-object encoding, in hexadecimal and in the order of
   * its bytes there: who reads looks the schema up by it and need not know how it is computed.
   */
  public static final String FINGERPRINT = "fingerprint";

  static final String EVERY = "every";
  static final String CORRECTIONS = "corrections";
  static final String SLICE = "slice";
  static final String MINIMUM_PEERS = "minimumPeers";
  static final String WAIT = "wait";
  static final String REMEMBER = "remember";

  /** Properties of a field that is a feature. */
  public static final String UNIT = "unit";

  public static final String GROUP = "group";
  static final String SOURCE = "source";
  static final String AGGREGATE = "aggregate";
  static final String WINDOW = "window";
  static final String GAP = "gap";

  /** Fields in front of the features, with what they are. */
  static final List<String> KEYS =
      List.of(
          "tenant",
          "asset_id",
          "asset_class",
          "event_time",
          "computed_at",
          "feature_set_version",
          "revision",
          "kind");

  private static final List<String> KEY_DOCS =
      List.of(
          "Tenant of the asset, as in the topic's name.",
          "Identity of the asset within the tenant.",
          "Kind of asset, e.g. pump; empty when unknown.",
          "Time of the row on the asset's clock: computed of what was measured before.",
          "From then on the row could be known, on the ingest clock. Join labels by it, not by event_time alone.",
          "Version of the feature set that computed the row.",
          "0 when first given, then counting up; of the rows of one asset and event_time the highest holds.",
          "LIVE: in its place, of young readings; BACKLOG: in its place, of readings that were old when they arrived;"
              + " CORRECTED: given again or after its time because readings came late; UNKNOWN: newer than this schema.");

  private FeatureSchema() {}

  /** Schema of a set. The same set always gives the same text. */
  public static Schema of(FeatureSet set) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < KEYS.size(); i++) {
      fields.add(new Field(KEYS.get(i), keyType(i), KEY_DOCS.get(i)));
    }
    set.columns().forEach(column -> fields.add(field(column)));
    Schema schema =
        Schema.createRecord(recordName(set.name()), set.description() + ".", NAMESPACE, false);
    schema.setFields(fields);
    schema.addProp(SET, set.name());
    schema.addProp(VERSION, set.version());
    schema.addProp(EVERY, Quantities.text(set.every()));
    schema.addProp(SLICE, Quantities.text(set.slice()));
    schema.addProp(CORRECTIONS, Quantities.text(set.corrections()));
    if (set.isOfFleet()) {
      schema.addProp(MINIMUM_PEERS, set.fleet().minimumPeers());
      schema.addProp(WAIT, Quantities.text(set.fleet().patience()));
      schema.addProp(REMEMBER, Quantities.text(set.fleet().remember()));
    }
    schema.addProp(FINGERPRINT, SingleObjectEncoder.fingerprint(schema));
    return schema;
  }

  /** Names of the features of a schema, in order. */
  public static List<String> features(Schema schema) {
    return schema.getFields().stream().map(Field::name).skip(KEYS.size()).toList();
  }

  private static Schema keyType(int key) {
    return switch (KEYS.get(key)) {
      case "event_time", "computed_at" ->
          LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
      case "feature_set_version", "revision" -> Schema.create(Schema.Type.INT);
      case "kind" -> kindType();
      default -> Schema.create(Schema.Type.STRING);
    };
  }

  /** With a default, so that a kind to come is no error to those who read with this schema. */
  private static Schema kindType() {
    List<String> kinds =
        Stream.concat(Stream.of("UNKNOWN"), Arrays.stream(FeatureRow.Kind.values()).map(Enum::name))
            .toList();
    return Schema.createEnum("RowKind", null, NAMESPACE, kinds, "UNKNOWN");
  }

  private static Field field(FeatureColumn column) {
    Schema nullable =
        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.DOUBLE));
    String unit = column.unit().isEmpty() ? "none" : column.unit();
    Field field =
        new Field(
            column.name(),
            nullable,
            column.description() + ". Unit: " + unit + ".",
            JsonProperties.NULL_VALUE);
    field.addProp(UNIT, column.unit());
    if (!column.group().isEmpty()) {
      field.addProp(GROUP, column.group());
    }
    field.addProp(SOURCE, source(column.source()));
    field.addProp(AGGREGATE, aggregate(column.aggregate()));
    if (!column.window().isZero()) {
      field.addProp(WINDOW, Quantities.text(column.window()));
    }
    if (!column.aggregate().gap().isZero()) {
      field.addProp(GAP, Quantities.text(column.aggregate().gap()));
    }
    return field;
  }

  private static String source(FeatureSource source) {
    return word(source.kind()) + ' ' + (source.name().isEmpty() ? "any" : source.name());
  }

  /** Kind and, where there is one, parameter, e.g. {@code time-above 4.5}. */
  private static String aggregate(Aggregate aggregate) {
    return Double.isNaN(aggregate.parameter())
        ? word(aggregate.kind())
        : word(aggregate.kind()) + ' ' + Quantities.text(aggregate.parameter());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code pump-condition} as {@code PumpCondition}. */
  static String recordName(String set) {
    StringBuilder name = new StringBuilder();
    for (String part : set.split("-")) {
      name.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
    }
    return Character.isDigit(name.charAt(0)) ? "Set" + name : name.toString();
  }
}
