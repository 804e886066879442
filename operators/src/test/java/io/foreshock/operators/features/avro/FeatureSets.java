package io.foreshock.operators.features.avro;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.List;

/** Versions of one small feature set. */
final class FeatureSets {
  static final String VIBRATION =
      """
        vibration:
          channel: vibration_rms_mm_s
          aggregates: [mean, time-above]
          above: 4.5 mm/s
          windows: [1h, 30d]
          group: vibration
          description: Vibration of the housing
      """;

  static final String STARTS =
      """
        starts:
          entered: running
          aggregates: [count]
          windows: [24h]
          description: Starts of the pump
      """;

  private FeatureSets() {}

  static FeatureSet set(int version, String... features) {
    return every("5 min", version, "mm/s", features);
  }

  static FeatureSet every(String every, int version, String unit, String... features) {
    ChannelRegistry channels =
        new ChannelRegistry(List.of(new Channel("vibration_rms_mm_s", unit, 0, 200, "Vibration.")));
    String text =
        """
        featureSet: pump-condition
        version: %d
        description: Condition of a pump
        appliesTo: {assetClass: pump}
        every: %s
        features:
        %s"""
            .formatted(version, every, String.join("", features).indent(0));
    return new FeatureLanguage(channels).parse("pump.yaml", text).orThrow().get(0);
  }
}
