package io.foreshock.backtest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.KnownFailures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final String WIDE =
      """
      tenant: acme
      tables:
        - files: t.csv
          asset: machine
          assetClass: {value: pump}
          time: {column: time, zone: UTC}
          channels: {temp: {channel: bearing_temperature_c, unit: °F}, vib: vibration_rms_mm_s}
      """;

  private static final String FAILURES =
      """
      tables:
        - {files: f.csv, asset: m, time: {column: t, zone: UTC}, failure: {component: part}}
      """;

  @TempDir private Path folder;

  @Test
  void makesOneMessageOfEachRowInTheUnitsOfTheChannels() throws IOException {
    write("t.csv", "time,machine,temp,vib,other\n2026-01-05 06:00:00,pump-1,212,1.5,x\n");

    List<TelemetryBatch> messages = messages(open(WIDE));

    assertThat(messages).hasSize(1);
    TelemetryBatch message = messages.get(0);
    assertThat(message.asset().key()).isEqualTo("acme/pump-1");
    assertThat(message.asset().assetClass()).isEqualTo("pump");
    assertThat(message.measurements())
        .extracting(Measurement::channel)
        .containsExactly("bearing_temperature_c", "vibration_rms_mm_s");
    assertThat(message.measurements().get(0).value()).isCloseTo(100, within(1e-9));
    assertThat(message.measurements().get(1))
        .isEqualTo(new Measurement("vibration_rms_mm_s", at("2026-01-05T06:00:00Z"), 1.5));
  }

  @Test
  void bringsFilesInAnyOrderIntoTheOrderOfTimeAndNumbersTheMessagesOfEachAsset()
      throws IOException {
    write(
        "t.csv",
        "time,machine,temp,vib\n"
            + "2026-01-05 07:00:00,pump-1,,2\n2026-01-05 06:00:00,pump-1,,1\n"
            + "2026-01-05 06:00:00,pump-2,,3\n");

    List<TelemetryBatch> messages = messages(open(WIDE));

    assertThat(messages)
        .extracting(m -> m.asset().assetId() + " " + m.sequence() + " " + value(m))
        .containsExactly("pump-1 0 1.0", "pump-2 0 3.0", "pump-1 1 2.0");
    assertThat(messages).extracting(TelemetryBatch::appendTimeMillis).isSorted();
  }

  @Test
  void readsDecimalCommasSemicolonsOtherEncodingsAndMissingValues() throws IOException {
    Files.write(
        Files.createDirectories(folder.resolve("data")).resolve("t.csv"),
        "Zeit;Gerät;Temp\n05.01.2026 07:00;Pumpe Süd;1.234,5\n05.01.2026 08:00;Pumpe Süd;98,6\n05.01.2026 09:00;Pumpe Süd;k.A.\n"
            .getBytes(Charset.forName("windows-1252")));
    Recording history =
        open(
            """
            tables:
              - files: t.csv
                separator: ";"
                decimal: ","
                encoding: windows-1252
                missing: [k.A.]
                asset: Gerät
                time: {column: Zeit, format: dd.MM.yyyy HH:mm, zone: Europe/Berlin}
                channels: {Temp: {channel: bearing_temperature_c, unit: °C}}
            """);

    List<TelemetryBatch> messages = messages(history);

    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).asset().key()).isEqualTo("history/Pumpe Süd");
    assertThat(messages.get(0).measurements())
        .containsExactly(
            new Measurement("bearing_temperature_c", at("2026-01-05T07:00:00Z"), 98.6));
    assertThat(history.input().orElseThrow().lines())
        .containsExactly(
            "3 rows: 1 readings of 1 assets, 0 failures; 1 missing values; 1 bad:",
            "  1 × not a number",
            "    t.csv, line 2: Temp is \"1.234,5\", not a number with \",\" before its fraction.");
  }

  @Test
  void countsBadRowsAndShowsTheFirstOfEachReasonWithFileAndLine() throws IOException {
    StringBuilder rows = new StringBuilder("time,machine,temp,vib\n");
    for (int i = 0; i < 5; i++) {
      rows.append("yesterday,pump-1,1,1\n");
    }
    rows.append("2026-01-05 06:00:00,,1,1\n2026-01-05 06:00:00,pump-1,hot,0x1\n")
        .append("2026-01-05 06:00:00,pump-1,1,1,1\n,pump-1,1,1\n");
    write("t.csv", rows.toString());
    Recording history = open(WIDE);

    assertThat(messages(history)).isEmpty();
    assertThat(history.input().orElseThrow().lines())
        .containsExactly(
            "9 rows: 0 readings of 0 assets, 0 failures; 0 missing values; 10 bad:",
            "  5 × not a time",
            "    t.csv, line 2: time is \"yesterday\", not a time like 2026-01-31T06:00:00Z.",
            "    t.csv, line 3: time is \"yesterday\", not a time like 2026-01-31T06:00:00Z.",
            "    t.csv, line 4: time is \"yesterday\", not a time like 2026-01-31T06:00:00Z.",
            "    …",
            "  1 × no asset",
            "    t.csv, line 7: machine is empty.",
            "  2 × not a number",
            "    t.csv, line 8: temp is \"hot\", not a number with \".\" before its fraction.",
            "    t.csv, line 8: vib is \"0x1\", not a number with \".\" before its fraction.",
            "  1 × more cells than columns",
            "    t.csv, line 9: the row has 5 cells, but there are 4 columns.",
            "  1 × no time",
            "    t.csv, line 10: time is empty.");
    assertThat(history.input().orElseThrow().json().get("bad").asInt()).isEqualTo(10);
  }

  @Test
  void readsLongRowsAndCountsChannelsThatTheMappingLeavesOut() throws IOException {
    write(
        "long.csv",
        "t,sensor,v\n1767592800,A,1500\n1767592800,B,20\n1767592800,C,1\n1767592800,A,1600\n");
    Recording history =
        open(
            """
            tables:
              - files: long.csv
                asset: {value: motor-1}
                time: {column: t, format: epoch-s}
                readings:
                  channel: sensor
                  value: v
                  names: {A: {channel: motor_current_a, unit: mA}, B: bearing_temperature_c}
            """);

    List<TelemetryBatch> messages = messages(history);

    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).measurements())
        .extracting(m -> m.channel() + "=" + m.value())
        .containsExactly("bearing_temperature_c=20.0", "motor_current_a=1.5");
    assertThat(history.input().orElseThrow().lines())
        .contains(
            "1 readings stood there twice (same asset, channel and time): the first counts.",
            "Left out, because the mapping does not name them: {C=1}");
  }

  @Test
  void readsCodesMaintenanceAndFailuresOfTheSameOrOtherFiles() throws IOException {
    write(
        "pump-1.csv",
        "time,code,level,work,kind,broken,vib\n"
            + "2026-01-05T06:00:00Z,E1,Warning,,,,1\n2026-01-05T07:00:00Z,,,seal,replaced,,2\n"
            + "2026-01-05T08:00:00Z,,,,,bearing,3\n2026-01-05T09:00:00Z,E2,loud,,,,4\n");
    zip("more.csv.gz", "when,asset,part\n2026-01-06T00:00:00Z,pump-2,motor\n");
    Recording history =
        open(
            """
            tables:
              - files: pump-*.csv
                asset: {file: '(.+)\\.csv'}
                time: time
                channels: {vib: vibration_rms_mm_s}
                fault: {code: code, severity: level}
                maintenance: {component: work, kind: kind}
                failure: {component: broken}
              - files: more.csv.gz
                asset: asset
                time: when
                failure: {component: part}
            """);

    List<TelemetryBatch> messages = messages(history);

    assertThat(messages).extracting(HistoryTest::value).containsExactly("1.0", "2.0", "3.0");
    assertThat(messages.get(0).faultCodes())
        .containsExactly(
            new FaultCode("E1", at("2026-01-05T06:00:00Z"), "", FaultCode.Severity.WARNING));
    assertThat(messages.get(1).maintenanceEvents())
        .containsExactly(
            new MaintenanceEvent(
                "seal", at("2026-01-05T07:00:00Z"), MaintenanceEvent.Kind.REPLACED));
    assertThat(history.truth().failures())
        .containsExactly(
            new ComponentEvent("pump-1", "bearing", at("2026-01-05T08:00:00Z")),
            new ComponentEvent("pump-2", "motor", at("2026-01-06T00:00:00Z")));
    assertThat(history.truth().maintenance()).hasSize(1);
    assertThat(history.truth().observation().machineHours()).isEqualTo(3);
    assertThat(history.input().orElseThrow().lines())
        .contains(
            "    pump-1.csv, line 5: \"loud\" is no severity; known: [unspecified, info, warning, error].");
  }

  @Test
  void tellsMissingFilesAndColumnsTogetherWithWhatIsWrongInTheMapping() throws IOException {
    write("t.csv", "time,machine,temperature,vib\n");
    assertThatThrownBy(
            () ->
                open(
                    WIDE
                        + "  - {files: errors.csv, asset: m, time: t, fault: {code: c}, nonsense: 1}\n"))
        .isInstanceOf(BacktestException.class)
        .hasMessage(
            "The mapping cannot be used:\n"
                + "  mapping.yaml:7: t.csv has no column \"temp\". Did you mean \"temperature\"?\n"
                + "  mapping.yaml:8: Unknown key \"tables[1].nonsense\". Known: files, channels, readings, fault, maintenance, state, failure, asset, assetClass, time, separator, encoding and 2 more.\n"
                + "  mapping.yaml:8: files \"errors.csv\" matches nothing in "
                + folder.resolve("data")
                + ". Known: t.csv.");
    assertThatThrownBy(
            () ->
                History.mapped(
                    folder.resolve("nowhere"),
                    mapping(WIDE),
                    ChannelCatalogue.load(),
                    Progress.NONE))
        .hasMessage(
            "There is neither a file nor a folder "
                + folder.resolve("nowhere")
                + ". Name the history with --data.");
  }

  @Test
  void countsATimeBefore1970AsABadRow() throws IOException {
    write(
        "t.csv",
        "time,machine,temp,vib\n1900-01-01 00:00:00,pump-1,1,1\n2026-01-05 06:00:00,pump-1,,1\n");
    Recording history = open(WIDE);

    assertThat(messages(history)).hasSize(1);
    assertThat(history.input().orElseThrow().lines()).contains("  1 × time before 1970");
  }

  @Test
  void countsAFailureThatStandsTwiceOnce() throws IOException {
    write("f.csv", "t,m,part\n2026-01-05,a,motor\n2026-01-05,a,motor\n2026-01-06,a,motor\n");
    Recording history = open(FAILURES);

    messages(history);

    assertThat(history.truth().failures()).hasSize(2);
    assertThat(history.input().orElseThrow().lines())
        .containsExactly(
            "3 rows: 0 readings of 0 assets, 2 failures; 0 missing values; nothing bad",
            "1 failures stood there twice (same asset, component and time): each counts once.");
  }

  @Test
  void tellsBadRowsOfFailuresThatAreAddedToAnotherRecording() throws IOException {
    write("f.csv", "t,m,part\n2026-01-05,a,motor\nsoon,a,motor\n");

    KnownFailures known =
        History.failures(
            History.read(folder.resolve("data"), mapping(FAILURES), ChannelCatalogue.load()));

    assertThat(known.failures()).hasSize(1);
    assertThat(known.input().orElseThrow().lines())
        .contains("    f.csv, line 3: t is \"soon\", not a time like 2026-01-31T06:00:00Z.");
  }

  @Test
  void tellsThePassesOfARepeatedHourApartWhenALaterFileIsReadFirst() throws IOException {
    write("1-nov.csv", "t,m,v\n2026-11-01 00:00,a,9\n2026-11-30 00:00,a,9\n");
    write(
        "2-oct.csv",
        "t,m,v\n2026-10-25 01:30,a,1\n2026-10-25 02:00,a,2\n2026-10-25 02:30,a,3\n"
            + "2026-10-25 02:00,a,4\n2026-10-25 02:30,a,5\n2026-10-25 03:00,a,6\n");

    List<TelemetryBatch> messages =
        messages(
            open(
                """
                tables:
                  - files: "*.csv"
                    asset: m
                    time: {column: t, format: uuuu-MM-dd HH:mm, zone: Europe/Berlin}
                    channels: {v: vibration_rms_mm_s}
                """));

    assertThat(messages)
        .extracting(HistoryTest::value)
        .containsExactly("1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "9.0", "9.0");
    assertThat(messages.get(1).measurements().get(0).eventTimeMillis())
        .isEqualTo(at("2026-10-25T00:00:00Z"));
  }

  @Test
  void writesTheSameEachTime() throws IOException {
    write("t.csv", "time,machine,temp,vib\n2026-01-05 06:00:00,pump-1,212,1.5\n");
    Recording history = open(WIDE);
    assertThat(messages(history)).isEqualTo(messages(history));
  }

  private Recording open(String mapping) throws IOException {
    return History.mapped(
        folder.resolve("data"), mapping(mapping), ChannelCatalogue.load(), Progress.NONE);
  }

  private Path mapping(String text) throws IOException {
    return Files.writeString(folder.resolve("mapping.yaml"), text);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data").resolve(name), text);
  }

  private void zip(String name, String text) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("data").resolve(name)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  static List<TelemetryBatch> messages(Recording history) throws IOException {
    List<TelemetryBatch> messages = new ArrayList<>();
    history.writeTo(
        record ->
            messages.add(
                TelemetryCodec.toBatch(
                    TelemetryCodec.parse(record.value()),
                    record.tenant(),
                    record.appendTimeMillis(),
                    false)));
    return messages;
  }

  private static String value(TelemetryBatch message) {
    return String.valueOf(message.measurements().get(0).value());
  }

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
