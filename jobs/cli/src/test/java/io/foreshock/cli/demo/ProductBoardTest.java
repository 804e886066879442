package io.foreshock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.codec.avro.SessionRecords;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ProductBoardTest {
  private static final long START = DemoSettings.of(1, 200, 3, 0).fleet().startMillis();
  private static final long HOUR = 3_600_000L;
  private static final List<FeatureSet> SETS =
      FeatureCatalogue.load(ChannelCatalogue.load()).sets();

  private final ProductBoard board = new ProductBoard(SETS);

  @Test
  void knowsNothingAtFirst() {
    Products products = board.products();

    assertThat(products.trips().sessions()).isZero();
    assertThat(products.featureRows()).isZero();
    assertThat(ProductText.line(products))
        .isEqualTo("trips 0 (0 km)  operations 0  feature rows 0");
  }

  @Test
  void keepsTheNewestRevisionOfASessionAndForgetsOneThatWasTakenBack() throws Exception {
    board.session("a", trip("van-1", START, 10_000, 60));
    board.session("a", trip("van-1", START, 31_600, 420));
    board.session("b", trip("van-2", START + HOUR, 5_000, 0));
    board.session("b", null);
    board.session("c", trip("van-2", START + 2 * HOUR, 8_400, 0));

    Products products = board.products();

    assertThat(products.trips()).isEqualTo(new Products.Totals(2, 2, 2, 40, 7));
    assertThat(ProductText.line(products))
        .isEqualTo(
            "trips 2 (40 km)  operations 0  feature rows 0  last trip Mon 07:00  van-2 acme  8.4 km in 60 min,"
                + " idling 0 min");
  }

  @Test
  void tellsTripsFromOperationsAndLeavesOutWhatIsPartOfThem() throws Exception {
    GenericRecord operation = session("OPERATION", "pump-7", START);
    operation.put("load_mean", 33.25);
    board.session("o", encoded(operation));
    board.session("i", encoded(session("IDLING", "van-1", START)));
    board.session("d", encoded(session("DAY", "van-1", START)));

    Products products = board.products();

    assertThat(products.trips().sessions()).isZero();
    assertThat(products.operations()).isEqualTo(new Products.Totals(1, 1, 1, 0, 0));
    assertThat(products.newest())
        .extracting(ProductText::session)
        .containsExactly("Mon 05:00  pump-7 acme  ran 1.0 h, mean load 33.3 A");
  }

  @Test
  void countsFeatureRowsAndShowsAKnownValueOfTheNewest() throws Exception {
    FeatureSet pumps = set("pump-condition");
    board.feature("pump-condition", row(pumps, "pump-1", "vibration_mean_10min", 1));
    board.feature("pump-condition", row(pumps, "pump-2", "bearing_temperature_max_1h", 61.25));

    Products products = board.products();

    assertThat(products.featureRows()).isEqualTo(2);
    assertThat(products.features())
        .extracting(ProductText::features)
        .contains(
            "pump-condition 2 rows, e.g. Mon 05:00  pump-2 acme  bearing_temperature_max_1h 61.25 °C",
            "vehicle-condition 0 rows");
  }

  @Test
  void writesTheSummaryForPeopleAndPrograms() throws Exception {
    board.session("a", trip("van-1", START, 31_600, 420));
    ProductSummary summary = new ProductSummary(board.products(), false, "features is FAILED: x");

    StringBuilder text = new StringBuilder();
    summary.appendTo(text);
    ObjectNode json = new ObjectMapper().createObjectNode();
    summary.putInto(json);

    assertThat(text.toString())
        .startsWith("  trips            1 of 1 vehicles, 32 km in 1 h, 7 min of it idling\n")
        .contains("Mon 05:00  van-1 acme  31.6 km in 60 min, idling 7 min")
        .contains("  not running      features is FAILED: x");
    assertThat(json.at("/companions/complete").asBoolean()).isFalse();
    assertThat(json.at("/companions/trips/kilometres").asDouble()).isCloseTo(31.6, within(1e-9));
    assertThat(json.at("/companions/featureRows/pump-condition").asLong(-1)).isZero();
  }

  private static FeatureSet set(String name) {
    return SETS.stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
  }

  private static byte[] trip(String asset, long start, double metres, double idlingSeconds) {
    GenericRecord trip = session("TRIP", asset, start);
    trip.put("distance_m", metres);
    trip.put("idling_s", idlingSeconds);
    return encoded(trip);
  }

  private static GenericRecord session(String kind, String asset, long start) {
    GenericRecord row = record(SessionRecords.SCHEMA, "kind", kind, asset);
    row.put("key", asset);
    row.put("session_key", asset);
    row.put("revision", 1);
    row.put("start_time", start);
    row.put("end_time", start + HOUR);
    row.put("computed_at", start + HOUR);
    row.put("closed_by", symbol(SessionRecords.SCHEMA, "closed_by", "ASSET_CLOCK"));
    row.put("backlog", false);
    row.put("approximate", false);
    row.put("supersedes", List.of());
    return row;
  }

  private static byte[] row(FeatureSet set, String asset, String feature, double value) {
    GenericRecord row = record(FeatureSchema.of(set), "kind", "LIVE", asset);
    row.put("asset_class", "pump");
    row.put("event_time", START);
    row.put("computed_at", START);
    row.put("feature_set_version", set.version());
    row.put("revision", 0);
    row.put(feature, value);
    return encoded(row);
  }

  private static GenericRecord record(Schema schema, String field, String symbol, String asset) {
    GenericRecord row = new GenericData.Record(schema);
    row.put("tenant", "acme");
    row.put("asset_id", asset);
    row.put(field, symbol(schema, field, symbol));
    return row;
  }

  private static GenericData.EnumSymbol symbol(Schema schema, String field, String symbol) {
    return new GenericData.EnumSymbol(schema.getField(field).schema(), symbol);
  }

  private static byte[] encoded(GenericRecord row) {
    return new SingleObjectEncoder().encode("", row);
  }
}
