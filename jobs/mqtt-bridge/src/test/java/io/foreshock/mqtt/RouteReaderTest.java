package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteReaderTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void readsARouteWithNamesForTenantAssetAndDevice() {
    Route route =
        route(
            Map.of(
                "topic", "plants/{tenant}/{asset}/{device}/telemetry", "tenants", "acme, globex"));

    assertThat(route.everyTenant()).containsExactlyInAnyOrder("acme", "globex");
    assertThat(route.tenantOf(Map.of("tenant", "acme"))).isEqualTo("acme");
    assertThat(route.tenantOf(Map.of("tenant", "evil"))).isNull();
    assertThat(route.asset().fill(Map.of("asset", "hall-2"))).isEqualTo("hall-2");
    assertThat(route.json()).isNotNull();
  }

  @Test
  void putsIdentitiesTogetherFromSeveralLevels() {
    Route route =
        route(
            Map.of(
                "topic",
                "{line}/{machine}/{device}",
                "tenant",
                "acme",
                "asset",
                "{line}-{machine}"));

    assertThat(route.asset().fill(Map.of("line", "l1", "machine", "$2"))).isEqualTo("l1-$2");
    assertThat(route.tenantOf(Map.of())).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource({
    "°F, temperature_c, 212, 100",
    "°F, temperature_c, -40, -40",
    "K, temperature_c, 273.15, 0",
    "°C, temperature_k, 0, 273.15",
    "psi, suction_pressure_bar, 14.5037738, 1",
    "mV, supply_voltage_v, 2950, 2.95",
    "in/s, vibration_rms_mm_s, 0.28, 7.112",
    "Hz, engine_speed_rpm, 50, 3000",
    "km/h, wind_m_s, 36, 10"
  })
  void convertsUnits(String unit, String channel, double sent, double meant) {
    Route route =
        route(
            Map.of(
                "topic", "{device}", "tenant", "acme", "measurements." + channel + ".unit", unit));

    assertThat(route.json().channels().get(0).conversion().apply(sent))
        .isCloseTo(meant, within(1e-6));
  }

  @Test
  void scalesBeforeItConverts() {
    Route route =
        route(
            Map.of(
                "topic", "{device}",
                "tenant", "acme",
                "measurements.temperature_c.field", "t",
                "measurements.temperature_c.scale", "0.1",
                "measurements.temperature_c.unit", "°F"));

    assertThat(route.json().channels().get(0).conversion().apply(2120))
        .isCloseTo(100, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tenant | acme | topic | a/{tenant}/{device} | the topic must not name {tenant}",
        "topic | a/{tenant}/{device} | asset-class | pump | tenants is required",
        "topic | a/{device} | asset-class | pump | tenant is required",
        "tenant | Acme | topic | {device} | must be lower case letters",
        "topic | a/b | tenant | acme | device needs {device}",
        "topic | {device} | tenants | acme | tenant is required",
        "tenant | acme | device | {device} | topic is required"
      })
  void refusesWhatIsIncomplete(
      String key, String value, String other, String otherValue, String problem) {
    RouteReader.read(Map.of("climate." + key, value, "climate." + other, otherValue), problems);

    assertThat(problems)
        .anySatisfy(text -> assertThat(text).startsWith("routes.climate.").contains(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tpic | x | tpic is unknown; known are",
        "payload | xml | must be json or protobuf",
        "time-unit | h | must be ms or s",
        "sequence | n | boot as well",
        "measurements.Temp | t | no name of a channel",
        "measurements.temperature_c.unit | V | cannot become °C",
        "measurements.temperature_c.unit | furlong | must be one of",
        "measurements.level.unit | V | ends with no known unit",
        "measurements.temperature_c.scale | x | must be a number",
        "measurements.temperature_c.factor | 2 | is unknown; known are field",
        "time | a..b | must be a path",
        "samples | .x | must be a path"
      })
  void refusesWhatIsWrong(String key, String value, String problem) {
    Map<String, String> options = new HashMap<>();
    options.put("climate.topic", "{device}");
    options.put("climate.tenant", "acme");
    options.put("climate." + key, value);
    RouteReader.read(options, problems);

    assertThat(problems).singleElement().asString().startsWith("routes.climate.").contains(problem);
  }

  @Test
  void refusesOptionsAboutJsonForProtobuf() {
    RouteReader.read(
        Map.of("a.topic", "{device}", "a.tenant", "acme", "a.payload", "protobuf", "a.time", "t"),
        problems);

    assertThat(problems)
        .containsExactly("routes.a.time is about JSON, but the payload is protobuf.");
  }

  @Test
  void refusesRoutesForTheSameTopic() {
    RouteReader.read(
        Map.of(
            "a.topic",
            "plants/{device}",
            "a.tenant",
            "acme",
            "b.topic",
            "+/{device}",
            "b.tenant",
            "globex"),
        problems);

    assertThat(problems)
        .containsExactly(
            "Routes \"a\" (plants/{device}) and \"b\" (+/{device}) can match the same topic. Make"
                + " their topics differ in a level.");
  }

  @Test
  void refusesABridgeWithoutRoutes() {
    RouteReader.read(Map.of(), problems);

    assertThat(problems).singleElement().asString().startsWith("There is no route");
  }

  private Route route(Map<String, String> options) {
    Map<String, String> all = new HashMap<>();
    options.forEach((key, value) -> all.put("climate." + key, value));
    List<Route> routes = RouteReader.read(all, problems);
    assertThat(problems).isEmpty();
    return routes.get(0);
  }
}
