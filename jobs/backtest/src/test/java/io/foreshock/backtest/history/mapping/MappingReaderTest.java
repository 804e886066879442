package io.foreshock.backtest.history.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Problems;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MappingReaderTest {
  private final Problems problems = new Problems("mapping.yaml");

  @Test
  void readsTablesWithWhatTheTopSaysForAll() {
    Mapping mapping =
        read(
            """
            tenant: acme
            asset: machine
            assetClass: {value: pump}
            separator: ";"
            decimal: ","
            missing: [NA, "-9999"]
            time: {column: [day, clock], format: dd.MM.yyyy HH:mm, zone: Europe/Berlin, repeated: second, skipped: shift}
            tables:
              - files: telemetry-*.csv
                channels:
                  T1: {channel: bearing_temperature_c, unit: °F}
                  V1: vibration_rms_mm_s
              - files: long.parquet
                asset: {file: 'pump-(\\d+)\\.csv'}
                time: at
                readings: {channel: sensor, value: v, names: {A: {channel: motor_current_a, unit: mA}}}
                fault: {code: alarm, severity: level}
                maintenance: {component: {value: bearing}}
                failure: {component: part}
            """);

    assertThat(problems.sorted()).isEmpty();
    assertThat(mapping.tenant()).isEqualTo("acme");
    TableMapping wide = mapping.tables().get(0);
    assertThat(wide.form().separator()).isEqualTo(';');
    assertThat(wide.decimal()).isEqualTo(',');
    assertThat(wide.missing()).containsExactlyInAnyOrder("NA", "-9999");
    assertThat(wide.asset().column()).isEqualTo("machine");
    assertThat(wide.assetClass().value()).isEqualTo("pump");
    assertThat(wide.time().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(wide.time().repeated()).isEqualTo(TimeColumns.Repeated.SECOND);
    assertThat(wide.time().skipped()).isEqualTo(TimeColumns.Skipped.SHIFT);
    assertThat(wide.columnLines().keySet()).containsExactly("machine", "day", "clock", "T1", "V1");
    assertThat(wide.channels().get(0).convert(212)).isCloseTo(100, within(1e-9));
    assertThat(wide.channels().get(1).convert(4.5)).isEqualTo(4.5);
    TableMapping tall = mapping.tables().get(1);
    assertThat(tall.asset().file().pattern()).isEqualTo("pump-(\\d+)\\.csv");
    assertThat(tall.time().columns()).containsExactly("at");
    assertThat(tall.readings().names().get("A").convert(1500)).isCloseTo(1.5, within(1e-12));
    assertThat(tall.events())
        .extracting(EventColumns::kind)
        .containsExactly(
            EventColumns.Kind.FAULT, EventColumns.Kind.MAINTENANCE, EventColumns.Kind.FAILURE);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnceWithLineValueRuleAndWayOut() {
    read(
        """
        tenant: Acme Corp
        decimal: ","
        tables:
          - files: a.csv
            time: {column: t, format: yyyy-MM-dd HH:mm, repeated: twice}
            channels:
              T1: {channel: bearing_temperatur_c}
              V1: {channel: vibration_rms_mm_s, unit: °C}
              K1: {channel: vibration_kurtosis, unit: mm}
              V2: vibration_rms_mm_s
              V3: vibration_rms_mm_s
          - asset: m
            time: {column: t, zone: Europe/Berlim, format: bad-QQQQQQQQ}
            encoding: utf-99
            separator: "||"
          - files: c.csv
            asset: {file: 'pump-'}
            time: {column: t, format: epoch-s, zone: UTC}
            fault: {severity: s}
            separater: ";"
        """);

    assertThat(problems.sorted().stream().map(Problem::toString))
        .containsExactlyInAnyOrder(
            "mapping.yaml:1: tenant must be lower case letters, digits and dashes, but is \"Acme Corp\". Use e.g. \"acme\".",
            "mapping.yaml:4: tables[0]: \"asset\" is missing. Name its column, or {value: pump-1} for all rows, or {file: '(.+)\\.csv'} for a part of the file's name.",
            "mapping.yaml:4: tables[0].decimal is the separator too (\",\"). Set \"separator\", e.g. \";\".",
            "mapping.yaml:5: tables[0].time: \"zone\" is missing. The format \"yyyy-MM-dd HH:mm\" has no offset. Name the zone of the clock, e.g. Europe/Berlin or UTC.",
            "mapping.yaml:5: tables[0].time.repeated must be one of in-order, first, second, refuse, but is \"twice\".",
            "mapping.yaml:7: tables[0].channels.T1 names an unknown channel \"bearing_temperatur_c\". Did you mean \"bearing_temperature_c\"? Or describe it in a file for --channels.",
            "mapping.yaml:8: tables[0].channels.V1 is in \"°C\", which cannot be converted to \"mm/s\" of channel vibration_rms_mm_s. Understood: in/s, ips, km/h, m/s, mm/s, mph.",
            "mapping.yaml:9: tables[0].channels.K1 is in \"mm\", which cannot be converted to \"\" of channel vibration_kurtosis. It has no unit: leave it out.",
            "mapping.yaml:11: tables[0].channels.V3 is channel vibration_rms_mm_s, but so is \"V2\". Map one column to each channel.",
            "mapping.yaml:12: tables[1]: \"files\" is missing. Name the file, or several with * and ?, e.g. \"telemetry-*.csv\".",
            "mapping.yaml:12: tables[1]: \"channels\" is missing. Say what the rows hold: channels, readings, fault, maintenance, state or failure.",
            "mapping.yaml:13: tables[1].time.zone must be a zone such as Europe/Berlin, UTC or +01:00, but is \"Europe/Berlim\". Did you mean \"Europe/Berlin\"?",
            "mapping.yaml:13: tables[1].time.format must be iso, epoch-s, epoch-ms or a pattern of Java's DateTimeFormatter, but is \"bad-QQQQQQQQ\" (Unknown pattern letter: b). Use e.g. \"dd.MM.yyyy HH:mm:ss\".",
            "mapping.yaml:14: tables[1].encoding is unknown: \"utf-99\". Use e.g. UTF-8, ISO-8859-1, windows-1252.",
            "mapping.yaml:15: tables[1].separator must be one character, or tab, but is \"||\".",
            "mapping.yaml:16: tables[2].decimal is the separator too (\",\"). Set \"separator\", e.g. \";\".",
            "mapping.yaml:17: tables[2].asset.file must have a group (…) around the part that counts, but is \"pump-\".",
            "mapping.yaml:17: tables[2].asset must be one of: a column, {column: …}, {value: …}, {file: …}.",
            "mapping.yaml:18: tables[2].time.zone has no meaning for epoch-s, which counts in UTC. Remove it.",
            "mapping.yaml:19: tables[2].fault: \"code\" is missing. Name its column, or {value: …} when it is the same for all rows of the table.",
            "mapping.yaml:20: Unknown key \"tables[2].separater\". Did you mean \"separator\"?");
  }

  @Test
  void convertsUnitsOfTheSameQuantityOnly() {
    assertThat(convert(32, "°F", "°C")).isCloseTo(0, within(1e-9));
    assertThat(convert(273.15, "K", "°C")).isCloseTo(0, within(1e-9));
    assertThat(convert(100, "°C", "°F")).isCloseTo(212, within(1e-9));
    assertThat(convert(14.503773773, "psi", "bar")).isCloseTo(1, within(1e-9));
    assertThat(convert(1, "in/s", "mm/s")).isCloseTo(25.4, within(1e-9));
    assertThat(convert(9.80665, "m/s²", "g")).isCloseTo(1, within(1e-12));
    assertThat(convert(1, "hp", "kW")).isCloseTo(0.74569987158, within(1e-9));
    assertThat(convert(1, "gpm", "l/min")).isCloseTo(3.785411784, within(1e-9));
    assertThat(convert(25, "Hz", "rpm")).isCloseTo(1500, within(1e-9));
    assertThat(Units.between("°C", "bar")).isNull();
    assertThat(Units.between("furlong", "m")).isNull();
    assertThat(Units.between("furlong", "furlong")).isEqualTo(Units.Conversion.NONE);
  }

  @Test
  void saysWhatAMappingFileIsWhenThereIsNone() {
    read("- a\n- b\n");
    read("{}");
    assertThat(problems.sorted())
        .extracting(Problem::text)
        .containsExactly(
            "A mapping file holds one document with the key \"tables\". See the README of jobs/backtest.",
            "\"tables\" is missing. List what to read, e.g. \"tables: [{files: telemetry.csv, channels: …}]\".");
  }

  private static double convert(double value, String from, String to) {
    Units.Conversion conversion = Units.between(from, to);
    return new ChannelColumn("", "", conversion.factor(), conversion.offset()).convert(value);
  }

  private Mapping read(String text) {
    return MappingReader.read(text, problems, ChannelCatalogue.load());
  }
}
