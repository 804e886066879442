package io.foreshock.backtest.history.mapping;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.operators.documents.YamlReader;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.List;

/** Reads a mapping file and reports everything that is wrong with it. */
public final class MappingReader {
  private final Problems problems;
  private final ChannelRegistry channels;

  private MappingReader(Problems problems, ChannelRegistry channels) {
    this.problems = problems;
    this.channels = channels;
  }

  /**
   * @param text of the file
   * @param problems takes what is wrong
   * @param channels known channels with their units
   * @return what could be read; complete when there was no problem
   */
  public static Mapping read(String text, Problems problems, ChannelRegistry channels) {
    List<YamlNode> documents = YamlReader.read(text, problems);
    if (documents.size() == 1 && documents.get(0) instanceof YamlNode.Mapping mapping) {
      return new MappingReader(problems, channels).read(new Fields(mapping, "", problems));
    }
    if (problems.count() == 0) {
      problems.add(
          1,
          "A mapping file holds one document with the key \"tables\". See the README of jobs/backtest.");
    }
    return new Mapping("history", List.of());
  }

  private Mapping read(Fields document) {
    String tenant = document.text("tenant", "history");
    if (!TenantTopic.isTenant(tenant)) {
      document.problem(
          "tenant",
          "must be lower case letters, digits and dashes, but is \""
              + tenant
              + "\". Use e.g. \"acme\".");
    }
    TableDefaults defaults = TableDefaults.read(document);
    List<TableMapping> tables = new ArrayList<>();
    YamlNode node = document.node("tables");
    if (node instanceof YamlNode.Items items && !items.values().isEmpty()) {
      for (YamlNode item : items.values()) {
        if (item instanceof YamlNode.Mapping mapping) {
          Fields table = new Fields(mapping, "tables[" + tables.size() + "]", problems);
          tables.add(new TableReader(table, defaults, channels).read());
        } else {
          problems.add(item.line(), "A table must be a mapping, but is " + item.kind() + ".");
        }
      }
    } else if (node == null) {
      document.missing(
          "tables", "List what to read, e.g. \"tables: [{files: telemetry.csv, channels: …}]\".");
    } else {
      document.problem("tables", "must be a list with at least one table.");
    }
    document.noOthers();
    return new Mapping(tenant, tables);
  }
}
