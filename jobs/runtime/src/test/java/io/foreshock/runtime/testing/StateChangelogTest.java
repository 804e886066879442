package io.foreshock.runtime.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateChangelogTest {
  private static final String CONTRACT = "# comment\njob ingest\nuid a\n";
  private static final String NAME = "`ingest " + StateChangelog.hash(CONTRACT) + "`";

  private static void check(String released, String entry) {
    StateChangelog.assertSpeaksOf(
        "ingest",
        CONTRACT,
        released,
        "# Changelog\n\n## Unreleased\n\n- First.\n" + entry + "\n## 0.1.0\n\n- State: " + NAME);
  }

  @Test
  void aContractOfTheLastReleaseNeedsNoEntry() {
    assertThatCode(() -> check("# another comment\njob ingest\nuid a\n", ""))
        .doesNotThrowAnyException();
  }

  @Test
  void aChangedContractNeedsAnEntryThatNamesIt() {
    assertThatThrownBy(() -> check("job ingest\n", "- State: compatible."))
        .hasMessageContaining("Say in CHANGELOG.md under \"Unreleased\"")
        .hasMessageContaining(NAME);
    assertThatCode(() -> check("job ingest\n", "- Much has changed.\n  State: compatible, " + NAME))
        .doesNotThrowAnyException();
  }

  @Test
  void anEntryOfAnEarlierReleaseOrWithoutStateDoesNotCount() {
    assertThatThrownBy(() -> check("job ingest\n", "- Changed " + NAME)).isNotNull();
    assertThatThrownBy(() -> check("", "")).isNotNull();
  }
}
