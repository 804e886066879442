package io.foreshock.patterns.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.PatternLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README tells of every pattern there is, and of no other. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Pattern HEADING = Pattern.compile("(?m)^#### (.+)$");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void hasOneEntryForEachPattern() throws IOException {
    Set<String> expected = new TreeSet<>();
    PatternCatalogue.production().forEach(definition -> expected.add(definition.name()));
    for (String set : PatternCatalogue.referenceSets()) {
      PatternCatalogue.reference(set).forEach(definition -> expected.add(definition.name()));
    }
    List<String> described = new ArrayList<>();
    Matcher heading = HEADING.matcher(Files.readString(README));
    while (heading.find()) {
      described.addAll(List.of(heading.group(1).split(", ")));
    }

    assertThat(described).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyEntryTellsWhenItFiresStaysSilentAndMisses() throws IOException {
    String[] entries = Files.readString(README).split("(?m)^#### ");
    for (int i = 1; i < entries.length; i++) {
      assertThat(entries[i]).contains("**Fires when**", "**Stays silent when**");
      assertThat(entries[i]).contains("**Misses**", "**Limits:**");
    }
  }

  @Test
  void itsExamplesAreSound() throws IOException {
    PatternLanguage language = PatternLanguage.of(ChannelCatalogue.load());
    List<PatternDefinition> examples = new ArrayList<>();
    Matcher yaml = YAML.matcher(Files.readString(README));
    while (yaml.find()) {
      examples.addAll(language.parse("README.md", yaml.group(1)).orThrow());
    }

    assertThat(examples).isNotEmpty();
  }
}
