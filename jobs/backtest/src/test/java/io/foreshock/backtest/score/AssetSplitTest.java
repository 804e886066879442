package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AssetSplitTest {
  private static final SortedSet<String> KNOWN =
      new TreeSet<>(List.of("machine-1", "machine-2", "machine-10", "pump-007", "fan"));

  @Test
  void understandsIdsRangesAndGlobs() {
    assertThat(AssetList.parse("--train", "machine-10,fan", KNOWN))
        .containsExactly("fan", "machine-10");
    assertThat(AssetList.parse("--train", "1-9", KNOWN))
        .containsExactly("machine-1", "machine-2", "pump-007");
    assertThat(AssetList.parse("--train", "7", KNOWN)).containsExactly("pump-007");
    assertThat(AssetList.parse("--train", "machine-*, p???-007", KNOWN))
        .containsExactly("machine-1", "machine-2", "machine-10", "pump-007");
  }

  @Test
  void saysWhatThereIsWhenAPartFitsNothing() {
    assertThatThrownBy(() -> AssetSplit.parse("1-2", "20-30", KNOWN))
        .hasMessage(
            "--test asks for \"20-30\", but the data hold fan, machine-1, machine-2, machine-10,"
                + " pump-007. Use ids, patterns like pump-*, or ranges of the number at the end"
                + " like 1-25.");
  }

  @Test
  void refusesToJudgeWhatWasTunedOn() {
    assertThatThrownBy(() -> AssetSplit.parse("1-2", "2-10", KNOWN))
        .hasMessageStartingWith("--train and --test both hold machine-2.");
  }
}
