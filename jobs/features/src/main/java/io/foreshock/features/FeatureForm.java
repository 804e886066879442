package io.foreshock.features;

import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.avro.FeatureRecord;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.runtime.avro.AvroRecordForm;
import io.foreshock.runtime.kafka.TopicPerTenant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * A row on {@code <tenant>.features.<set>}: keyed by the asset, so that one partition holds an
 * asset in its order, revisions after what they revise. Its timestamp is when it was written, not
 * the time of the row: retention would delete rows of replayed history at once.
 */
final class FeatureForm implements AvroRecordForm<FeatureRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<FeatureSet> sets;
  private transient Map<String, FeatureRecord> records;
  private transient Map<String, TopicPerTenant> topics;

  FeatureForm(List<FeatureSet> sets) {
    this.sets = new ArrayList<>(sets);
  }

  @Override
  public String tenant(FeatureRow row) {
    return row.asset().tenant();
  }

  @Override
  public TopicPerTenant topic(FeatureRow row) {
    if (topics == null) {
      topics = new HashMap<>();
      sets.forEach(set -> topics.put(set.name(), FeaturesTopics.topic(set.name())));
    }
    return topics.get(row.featureSet());
  }

  @Override
  public byte[] key(FeatureRow row) {
    return row.asset().assetId().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public IndexedRecord fields(FeatureRow row) {
    if (records == null) {
      records = new HashMap<>();
      sets.forEach(set -> records.put(set.name(), new FeatureRecord(set)));
    }
    return records.get(row.featureSet()).of(row);
  }
}
