package io.foreshock.cli.assets;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFileTest {
  @TempDir private Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("assets.yaml"), yaml);
  }

  private List<String> problems(String yaml) throws IOException {
    List<String> problems = new ArrayList<>();
    AssetFile.read(file(yaml), ChannelCatalogue.load(), problems);
    return problems.stream().map(line -> line.replace(folder + "/", "")).toList();
  }

  @Test
  void readsWhatTheReadmeShows() throws IOException {
    List<String> problems = new ArrayList<>();
    Map<String, AssetDefinition> assets =
        AssetFile.read(
            file(
                """
                assets:
                  - tenant: acme
                    asset: pump-7
                    class: pump
                    model: KSB Etanorm 80-200
                    site: vienna
                    timeZone: Europe/Vienna
                    devices: [gateway-3]
                    channels:
                      - {from: temp1, channel: bearing_temperature_c, unit: °F}
                      - {from: vib, channel: vibration_rms_mm_s, unit: in/s, device: gateway-3}
                """),
            ChannelCatalogue.load(),
            problems);

    assertThat(problems).isEmpty();
    AssetDefinition pump = assets.get("acme/pump-7");
    assertThat(pump.getModel()).isEqualTo("KSB Etanorm 80-200");
    assertThat(pump.getDeviceIdsList()).containsExactly("gateway-3");
    assertThat(pump.getChannelsList()).hasSize(2);
    assertThat(pump.getChannels(1).getDeviceId()).isEqualTo("gateway-3");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() throws IOException {
    assertThat(
            problems(
                """
                assets:
                  - tenant: Acme
                    asset: pump-7
                    clas: pump
                    timeZone: Vienna
                    channels:
                      - {from: temp1, channel: bearing_temperature_c, unit: psi}
                  - tenant: acme
                    asset: pump 8
                    channels: none
                """))
        .containsExactly(
            "assets.yaml: pump-7: \"clas\" is not known; known are asset, channels, class, devices, model, parent, site,"
                + " tenant, timeZone",
            "assets.yaml: pump-7: tenant must be lower case letters, digits and dashes, but is \"Acme\"",
            "assets.yaml: pump-7: timeZone must be a name such as Europe/Vienna, but is \"Vienna\"",
            "assets.yaml: pump-7: channel \"temp1\": unit \"psi\" measures pressure, but \"°C\" measures temperature",
            "assets.yaml: pump 8: asset must be letters, digits and ._:- (at most 128), but is \"pump 8\"",
            "assets.yaml: pump 8: channels must be a list");
  }

  @Test
  void refusesAFileThatHoldsNoAssets() throws IOException {
    assertThat(problems("pumps: []\n"))
        .containsExactly("assets.yaml: must hold the list `assets` and nothing else");
    assertThat(problems("assets: [\n")).singleElement().asString().startsWith("assets.yaml:");
  }

  @Test
  void publishesNothingOfAWrongFile() throws IOException {
    TestConsole console = new TestConsole();
    int code =
        console.execute(
            List.of("assets", "publish", "--check", file("assets: [{tenant: acme}]").toString()));

    assertThat(code).isEqualTo(2);
    assertThat(console.errors()).contains("Nothing was published.", "asset must be letters");
  }
}
