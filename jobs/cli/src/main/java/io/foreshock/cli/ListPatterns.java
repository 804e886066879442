package io.foreshock.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock patterns list}. */
@Command(
    name = "list",
    description = {
      "Lists the patterns that come with Foreshock; with --bootstrap-servers, those that are published, and what"
          + " became of them.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ListPatterns implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PatternTopicOptions topic;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write what is published here.")
  private Path json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (topic.given()) {
      published(out);
    } else if (json != null) {
      throw CliFailure.wrongInput("--json needs --bootstrap-servers.");
    } else {
      catalogue(out);
    }
    out.flush();
    return 0;
  }

  private void published(PrintWriter out) {
    PatternsOnTopic published = topic.open();
    Map<String, PatternDocument> documents = new TreeMap<>(published.documents());
    if (!topic.tenant().isEmpty()) {
      documents.values().removeIf(document -> !document.tenant().equals(topic.tenant()));
    }
    Map<String, PatternStatus> statuses = published.statuses();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    documents.forEach(
        (key, document) -> {
          PatternStatus status = statuses.get(key);
          boolean answered =
              status != null && status.publishedAtMillis() == document.publishedAtMillis();
          String state = answered ? word(status.state()) : "unanswered";
          out.printf(
              Locale.ROOT,
              "%-40s v%-4d %-10s %s %s%n",
              key,
              document.version(),
              state,
              Instant.ofEpochMilli(document.publishedAtMillis()),
              document.publishedBy());
          ObjectNode node = all.addObject();
          node.put("key", key).put("version", document.version()).put("state", state);
          node.put("paused", document.paused());
          node.put("publishedAt", Instant.ofEpochMilli(document.publishedAtMillis()).toString());
          node.put("publishedBy", document.publishedBy());
          ArrayNode reasons = node.putArray("reasons");
          if (answered) {
            status.reasons().forEach(reason -> out.println("    " + reason));
            status.reasons().forEach(reasons::add);
          }
        });
    ArrayNode traced = JsonNodeFactory.instance.arrayNode();
    published
        .traces()
        .values()
        .forEach(
            trace -> {
              if (topic.tenant().isEmpty() || topic.tenant().equals(trace.tenant())) {
                out.printf(
                    "near misses of %s asked for %s %s%n",
                    TracePattern.describe(trace),
                    Instant.ofEpochMilli(trace.publishedAtMillis()),
                    trace.publishedBy());
                ObjectNode node = traced.addObject();
                node.put("pattern", trace.name()).put("tenant", trace.tenant());
                trace.assets().forEach(node.putArray("assets")::add);
              }
            });
    if (documents.isEmpty()) {
      out.println("Nothing is published.");
    }
    if (json != null) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.set("patterns", all);
      root.set("traces", traced);
      JsonFile.write(json, root);
    }
  }

  static String word(PatternStatus.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static void catalogue(PrintWriter out) {
    for (PatternDefinition pattern : PatternCatalogue.production()) {
      String classes = String.join(", ", pattern.scope().assetClasses());
      out.printf(
          Locale.ROOT,
          "%-30s v%d  %-9s %s%n%s  (%s)%n",
          pattern.name(),
          pattern.version(),
          pattern.detection().severity().name().toLowerCase(Locale.ROOT),
          pattern.description(),
          " ".repeat(33),
          classes.isEmpty() ? "every asset" : classes);
    }
  }
}
