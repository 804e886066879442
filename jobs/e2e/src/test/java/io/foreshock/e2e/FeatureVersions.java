package io.foreshock.e2e;

import io.foreshock.model.AssetRef;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.avro.FeatureRecord;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;

/** Two versions of a small feature set, one feature added and one removed, and rows of both. */
final class FeatureVersions {
  static final FeatureSet FIRST = set(1, "[mean, max]");
  static final FeatureSet SECOND = set(2, "[mean, std]");
  static final String MEAN = "rms_mean_1h";
  static final String MAX = "rms_max_1h";
  static final String STD = "rms_std_1h";

  private FeatureVersions() {}

  private static FeatureSet set(int version, String aggregates) {
    String text =
        """
        featureSet: bearing
        version: %d
        description: Bearing of a pump
        every: 10 min
        features:
          rms:
            channel: vibration_rms_mm_s
            unit: mm/s
            aggregates: %s
            windows: [1h]
            description: Vibration of the housing
        """
            .formatted(version, aggregates);
    return new FeatureLanguage(new ChannelRegistry(List.of()))
        .parse("bearing.yaml", text)
        .orThrow()
        .get(0);
  }

  /** A row of {@code pump-1} of tenant {@code acme}, as a record of its own. */
  static IndexedRecord row(FeatureSet set, long eventTimeMillis, double... values) {
    return new FeatureRecord(set)
        .of(
            new FeatureRow(
                new AssetRef("acme", "pump-1", "pump"),
                set.name(),
                set.version(),
                eventTimeMillis,
                eventTimeMillis + 1_000,
                0,
                FeatureRow.Kind.LIVE,
                values));
  }
}
