package io.foreshock.backtest.data.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.azure.AzurePdmData.Telemetry;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzurePdmDataTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeEvents() throws IOException {
    write(
        "PdM_errors.csv",
        "datetime,machineID,errorID\n2015-01-03 07:00:00,1,error1\n2015-01-01 06:00:00,2,error4\n");
    zip(
        "PdM_failures.csv.gz",
        "datetime,machineID,failure\n2015-01-05 06:00:00,1,comp4\n2015-01-02 03:00:00,1,comp2\n");
    write("PdM_maint.csv", "datetime,machineID,comp\n2015-01-03 07:00:00,1,comp4\n");
  }

  @Test
  void readsPlainAndZippedFilesAndLeavesOutTheSeedBatch() {
    AzurePdmData data = AzurePdmData.read(folder, Telemetry.ALL);

    assertThat(data.machines()).containsExactly(1, 2);
    assertThat(data.errors())
        .extracting(AzurePdmData.ErrorCode::code)
        .containsExactly("error4", "error1");
    assertThat(data.failures()).extracting(ComponentEvent::component).containsExactly("comp4");
    assertThat(data.hasTelemetry()).isFalse();
    assertThatThrownBy(() -> AzurePdmData.read(folder, Telemetry.CONTIGUOUS))
        .isInstanceOf(BacktestException.class)
        .hasMessageContaining("telemetry_contiguous_2015Q1.csv");
  }

  @Test
  void countsAReadingOfTwoFilesOnceAndReadsTheTimesOfTheFirstPublication() throws IOException {
    write(
        "telemetry_contiguous_2015Q1.csv",
        "datetime,machineID,volt,rotate,pressure,vibration\n2015-01-01 06:00:00,1,176,418,113,45\n");
    write(
        "PdM_telemetry.csv",
        "\"datetime\",\"machineID\",\"volt\",\"rotate\",\"pressure\",\"vibration\"\n"
            + "1/1/2015 6:00:00 AM,1,176,418,113,45\n1/1/2015 12:00:00 PM,1,177,418,113,45\n");

    AzurePdmData data = AzurePdmData.read(folder, Telemetry.ALL);

    assertThat(data.telemetry().get(1)).hasSize(2);
    assertThat(AzurePdmData.read(folder, Telemetry.NONE).hasTelemetry()).isFalse();
    assertThat(AzurePdmData.read(folder, Telemetry.CONTIGUOUS).telemetry().get(1)).hasSize(1);
  }

  @Test
  void sendsOneMessagePerMachineAndHourWithEverythingOfThatHour() throws IOException {
    write(
        "telemetry_contiguous_2015Q1.csv",
        "datetime,machineID,volt,rotate,pressure,vibration\n2015-01-03 07:00:00,1,176,418,113,45\n"
            + "2015-01-03 08:00:00,1,177,419,114,46\n");
    List<RawRecord> records = new ArrayList<>();
    long written =
        new AzurePdmImport(AzurePdmData.read(folder, Telemetry.ALL)).writeTo(records::add);

    assertThat(written).isEqualTo(3);
    assertThat(records).extracting(RawRecord::appendTimeMillis).isSorted();
    assertThat(records).extracting(RawRecord::offset).containsExactly(0L, 1L, 2L);
    RawRecord record = records.get(1);
    TelemetryBatch batch =
        TelemetryCodec.toBatch(
            TelemetryCodec.parse(record.value()),
            record.tenant(),
            record.appendTimeMillis(),
            false);
    assertThat(batch.asset().assetId()).isEqualTo("machine-1");
    assertThat(batch.asset().assetClass()).isEqualTo("azure-pdm-machine");
    assertThat(batch.isSequenced()).isTrue();
    assertThat(batch.measurements())
        .extracting(Measurement::value)
        .containsExactlyInAnyOrder(176.0, 418.0, 113.0, 45.0);
    assertThat(batch.faultCodes()).singleElement().matches(c -> c.code().equals("error1"));
    assertThat(batch.maintenanceEvents())
        .singleElement()
        .matches(m -> m.component().equals("comp4"));
  }

  @Test
  void namesFileLineAndColumnOfWhatItCannotRead() throws IOException {
    write("PdM_errors.csv", "datetime,machineID,errorID\n2015-01-03 07:00:00,one,error1\n");

    assertThatThrownBy(() -> AzurePdmData.read(folder, Telemetry.ALL))
        .isInstanceOf(BacktestException.class)
        .hasMessage(
            folder.resolve("PdM_errors.csv")
                + ", line 2: machineID is \"one\", not a whole number.");
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThatThrownBy(() -> AzurePdmData.read(folder.resolve("nowhere"), Telemetry.ALL))
        .hasMessage(
            "There is no folder "
                + folder.resolve("nowhere")
                + ". Give one that holds PdM_errors.csv and PdM_failures.csv.");
    assertThat(folder.resolve("PdM_errors.csv").toFile().delete()).isTrue();
    assertThatThrownBy(() -> AzurePdmData.read(folder, Telemetry.ALL))
        .hasMessage(
            "The folder "
                + folder
                + " holds neither PdM_errors.csv nor PdM_errors.csv.gz. Is it laid out as the azure-pdm set?");
  }

  @Test
  void readsListsOfMachines() {
    TreeSet<Integer> known = new TreeSet<>(List.of(1, 2, 3, 5, 21, 22));

    assertThat(MachineList.parse("1-3, 21", known)).containsExactly(1, 2, 3, 21);
    assertThat(MachineList.parse("2-10", known)).containsExactly(2, 3, 5);
    assertThat(MachineList.describe(known)).isEqualTo("1-3,5,21-22");
    assertThatThrownBy(() -> MachineList.parse("1-3,x", known))
        .hasMessage("--machines takes numbers and ranges like 1-10,21, but \"x\" is neither.");
    assertThatThrownBy(() -> MachineList.parse("99", known))
        .hasMessage("--machines asks for 99, but the data hold 1-3,5,21-22.");
    assertThatThrownBy(() -> MachineList.parse("3-1", known)).isInstanceOf(BacktestException.class);
    assertThatThrownBy(() -> MachineList.parse("", known)).isInstanceOf(BacktestException.class);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void zip(String name, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
