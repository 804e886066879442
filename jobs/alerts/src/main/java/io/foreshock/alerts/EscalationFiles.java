package io.foreshock.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.foreshock.operators.alerts.EscalationPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The escalation policies of files, in their order. */
final class EscalationFiles {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private EscalationFiles() {}

  /**
   * Reads files; {@code default} is the policy that comes with Foreshock.
   *
   * @param problems receives everything that is wrong with any of them
   */
  static List<EscalationPolicy> read(List<String> sources, List<String> problems) {
    List<EscalationPolicy> policies = new ArrayList<>();
    for (String source : sources) {
      try {
        policies.addAll(
            parse(
                source,
                source.equals(AlertsOptions.DEFAULT_POLICY)
                    ? defaultPolicy()
                    : Files.readString(Path.of(source)),
                problems));
      } catch (NoSuchFileException e) {
        problems.add(
            "Escalation file "
                + source
                + " does not exist. Check escalation.policies, or use \"default\".");
      } catch (IOException e) {
        problems.add("Escalation file " + source + " cannot be read (" + e + ").");
      }
    }
    for (int i = 0; i < policies.size(); i++) {
      String name = policies.get(i).name();
      if (policies.subList(0, i).stream().anyMatch(other -> other.name().equals(name))) {
        problems.add("Two escalation policies are named \"" + name + "\". Rename one.");
      }
    }
    return policies;
  }

  /** Reads the text of one file. */
  static List<EscalationPolicy> parse(String file, String text, List<String> problems) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      problems.add(
          file
              + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr())
              + ": is no valid YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
      return List.of();
    }
    return new EscalationReader(file, problems).read(root);
  }

  private static String defaultPolicy() {
    try (InputStream in = EscalationFiles.class.getResourceAsStream("default-escalation.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
