package io.foreshock.operators.features.avro;

import io.foreshock.operators.features.avro.SchemaChange.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a new version of a feature set means to those who read rows: can everybody decode (Avro's
 * own rules, in both directions), and does every name still mean the same, which Avro cannot tell.
 */
public final class SchemaChanges {
  /** Properties that change the meaning of a value, with their words. */
  private static final Map<String, String> MEANING = new LinkedHashMap<>();

  static {
    MEANING.put(FeatureSchema.UNIT, "unit");
    MEANING.put(FeatureSchema.SOURCE, "source");
    MEANING.put(FeatureSchema.AGGREGATE, "aggregate");
    MEANING.put(FeatureSchema.WINDOW, "window");
    MEANING.put(FeatureSchema.GAP, "gap");
  }

  private final Schema before;
  private final Schema after;
  private final List<SchemaChange> changes = new ArrayList<>();

  private SchemaChanges(Schema before, Schema after) {
    this.before = before;
    this.after = after;
  }

  /** Every difference, the worst first; empty when the schemas are the same. */
  public static List<SchemaChange> between(Schema before, Schema after) {
    SchemaChanges found = new SchemaChanges(before, after);
    found.decoding();
    found.features();
    found.rhythm();
    found.version();
    List<SchemaChange> sorted = new ArrayList<>(found.changes);
    sorted.sort((one, other) -> other.kind().compareTo(one.kind()));
    return sorted;
  }

  private void add(Kind kind, String field, String text) {
    changes.add(new SchemaChange(kind, field, text));
  }

  private void decoding() {
    decoding(before, after, "readers of the old version cannot read new rows");
    decoding(after, before, "readers of the new version cannot read old rows");
  }

  private void decoding(Schema reader, Schema writer, String consequence) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      for (Incompatibility reason : result.getIncompatibilities()) {
        add(
            Kind.BREAKS,
            fieldOf(reader, reason.getLocation()),
            "%s: %s (%s at %s)"
                .formatted(
                    consequence, reason.getMessage(), reason.getType(), reason.getLocation()));
      }
    }
  }

  /** Name of the field at a location such as {@code /fields/3/type}; empty for none. */
  private static String fieldOf(Schema reader, String location) {
    String[] parts = location.split("/");
    if (parts.length > 2 && parts[1].equals("fields") && parts[2].matches("\\d+")) {
      int index = Integer.parseInt(parts[2]);
      return index < reader.getFields().size() ? reader.getFields().get(index).name() : "";
    }
    return "";
  }

  private void features() {
    for (Field old : before.getFields()) {
      Field now = after.getField(old.name());
      if (now == null) {
        add(
            Kind.NOTICED,
            old.name(),
            "is removed: readers that know it find null in new rows, so models that use it must not be fed any more");
      } else {
        meaning(old, now);
      }
    }
    for (Field field : after.getFields()) {
      if (before.getField(field.name()) == null) {
        add(
            Kind.COMPATIBLE,
            field.name(),
            "is added: readers of the old version do not see it, and it is null in old rows");
      }
    }
  }

  private void meaning(Field old, Field now) {
    int before = changes.size();
    MEANING.forEach(
        (property, word) -> {
          String was = text(old.getObjectProp(property));
          String is = text(now.getObjectProp(property));
          if (!was.equals(is)) {
            add(
                Kind.BREAKS,
                old.name(),
                "has another %s, %s instead of %s: every reader would take new values for old ones. Give the feature a new name"
                    .formatted(word, quoted(is), quoted(was)));
          }
        });
    if (changes.size() == before && !text(old.doc()).equals(text(now.doc()))) {
      add(Kind.COMPATIBLE, old.name(), "is described otherwise");
    }
  }

  private void rhythm() {
    noticed(FeatureSchema.EVERY, "rows come every %s instead of %s");
    noticed(FeatureSchema.SLICE, "windows begin at multiples of %s instead of %s");
    noticed(FeatureSchema.CORRECTIONS, "rows are corrected for %s instead of %s");
    noticed(FeatureSchema.MINIMUM_PEERS, "a machine needs %s others instead of %s to be compared");
    noticed(FeatureSchema.WAIT, "rows wait %s for other machines instead of %s");
    noticed(FeatureSchema.REMEMBER, "rows of a time are compared for %s instead of %s");
  }

  private void noticed(String property, String text) {
    String was = text(before.getObjectProp(property));
    String is = text(after.getObjectProp(property));
    if (!was.equals(is)) {
      add(Kind.NOTICED, "", text.formatted(is, was));
    }
  }

  private void version() {
    int was = number(before.getObjectProp(FeatureSchema.VERSION));
    int is = number(after.getObjectProp(FeatureSchema.VERSION));
    if (is < was || is == was && !changes.isEmpty()) {
      add(
          Kind.BREAKS,
          "",
          "version must be raised above %d with a change, but is %d: rows of both would carry the same number. Use %d"
              .formatted(was, is, was + 1));
    } else if (is > was && changes.isEmpty()) {
      add(Kind.COMPATIBLE, "", "version goes from %d to %d, nothing else".formatted(was, is));
    }
  }

  private static int number(Object property) {
    return property instanceof Number number ? number.intValue() : 0;
  }

  private static String text(Object property) {
    return property == null ? "" : property.toString();
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "none" : '"' + text + '"';
  }
}
