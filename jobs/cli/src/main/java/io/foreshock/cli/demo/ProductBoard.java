package io.foreshock.cli.demo;

import io.foreshock.cli.demo.Products.Example;
import io.foreshock.cli.demo.Products.FeatureRows;
import io.foreshock.codec.avro.SessionRecords;
import io.foreshock.codec.avro.SingleObjectDecoder;
import io.foreshock.codec.avro.UnreadableValueException;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Keeps what a compacted topic of sessions would: the newest record of each key, none after a
 * tombstone. Of feature rows it counts all and keeps the newest of each set. Thread-safe.
 */
final class ProductBoard {
  /** Sessions that {@link Products#newest} holds. */
  private static final int NEWEST = 50;

  private final SingleObjectDecoder sessionDecoder =
      new SingleObjectDecoder(SessionRecords.SCHEMA, List.of());
  private final Map<String, Stretch> sessions = new HashMap<>();
  private final Map<String, Rows> features = new TreeMap<>();

  ProductBoard(Collection<FeatureSet> sets) {
    sets.forEach(set -> features.put(set.name(), new Rows(set)));
  }

  /**
   * @param key of the record, with its topic in front
   * @param value null for a tombstone
   */
  synchronized void session(String key, byte[] value) {
    if (value == null) {
      sessions.remove(key);
    } else {
      sessions.put(key, Stretch.of(decode(sessionDecoder, value)));
    }
  }

  synchronized void feature(String set, byte[] value) {
    Rows rows = features.get(set);
    rows.count++;
    rows.newest = value;
  }

  synchronized Products products() {
    List<FeatureRows> rows = new ArrayList<>();
    features.forEach((set, all) -> rows.add(new FeatureRows(set, all.count, all.example())));
    return Products.of(sessions.values(), rows, NEWEST);
  }

  private static GenericRecord decode(SingleObjectDecoder decoder, byte[] value) {
    try {
      return decoder.decode(value);
    } catch (UnreadableValueException e) {
      throw new IllegalStateException("A job wrote what its schema does not read.", e);
    }
  }

  /** Rows of one set; decoded only to be shown. */
  private static final class Rows {
    private final FeatureSet set;
    private final SingleObjectDecoder decoder;
    private long count;
    private byte[] newest;

    Rows(FeatureSet set) {
      this.set = set;
      Schema schema = FeatureSchema.of(set);
      decoder = new SingleObjectDecoder(schema, List.of());
    }

    /** The first feature of the newest row that is known and has a unit. */
    Example example() {
      if (newest == null) {
        return null;
      }
      GenericRecord row = decode(decoder, newest);
      for (FeatureColumn column : set.columns()) {
        if (!column.unit().isEmpty() && row.get(column.name()) instanceof Double value) {
          return new Example(
              row.get("tenant").toString(),
              row.get("asset_id").toString(),
              (Long) row.get("event_time"),
              column.name(),
              value,
              column.unit());
        }
      }
      return null;
    }
  }
}
