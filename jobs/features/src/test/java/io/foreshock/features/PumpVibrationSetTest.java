package io.foreshock.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Features of waveforms are features of the channels that waveforms become. */
class PumpVibrationSetTest {

  @Test
  void itsSchemaHasTheUnitsOfTheIndicators() {
    List<FeatureSet> sets = FeatureCatalogue.pumpVibration(ChannelCatalogue.load()).orThrow();

    assertThat(sets).singleElement().extracting(FeatureSet::name).isEqualTo("pump-vibration");
    Schema schema = FeatureSchema.of(sets.get(0));
    assertThat(unit(schema, "velocity_mean_1d")).isEqualTo("mm/s");
    assertThat(unit(schema, "velocity_slope_1d")).isEqualTo("mm/s/h");
    assertThat(unit(schema, "outer_race_max_7d")).isEqualTo("g");
    assertThat(unit(schema, "kurtosis_p95_1d")).isEmpty();
    assertThat(schema.getField("outer_race_max_7d").doc())
        .contains("Envelope lines of the outer race");
  }

  private static String unit(Schema schema, String field) {
    assertThat(schema.getField(field)).as(field).isNotNull();
    return schema.getField(field).getProp(FeatureSchema.UNIT);
  }
}
