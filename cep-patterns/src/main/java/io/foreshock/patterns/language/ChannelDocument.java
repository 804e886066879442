package io.foreshock.patterns.language;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.WaveformChannel;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.operators.documents.YamlReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads channels from YAML: a mapping {@code channels} of name to unit, range and description, and
 * a mapping {@code waveforms} of what is recorded in blocks.
 */
public final class ChannelDocument {

  private ChannelDocument() {}

  /**
   * Reads channels.
   *
   * @param file what to call the text in messages
   * @throws InvalidPatternException with everything that is wrong
   */
  public static ChannelRegistry parse(String file, String text) {
    Problems problems = new Problems(file);
    List<Channel> channels = new ArrayList<>();
    List<WaveformChannel> waveforms = new ArrayList<>();
    for (YamlNode node : YamlReader.read(text, problems)) {
      if (node instanceof YamlNode.Mapping mapping) {
        Fields document = new Fields(mapping, "", problems);
        Fields all = document.mapping("channels");
        Fields blocks = document.mapping("waveforms");
        if (all == null && blocks == null) {
          document.missing("channels", "List them by name.");
        }
        if (all != null) {
          all.keys().forEach(name -> channels.add(channel(name, all.mapping(name), all)));
        }
        if (blocks != null) {
          blocks.keys().forEach(name -> waveforms.add(WaveformReader.read(name, blocks)));
        }
        document.noOthers();
      } else {
        problems.add(node.line(), "Channels must be a mapping, but are " + node.kind() + ".");
      }
    }
    ChannelRegistry registry = ChannelRegistry.EMPTY;
    if (problems.count() == 0) {
      try {
        registry = new ChannelRegistry(channels, waveforms);
      } catch (IllegalArgumentException e) {
        problems.add(1, e.getMessage());
      }
    }
    if (problems.count() > 0) {
      throw new InvalidPatternException(problems.sorted());
    }
    return registry;
  }

  private static Channel channel(String name, Fields fields, Fields all) {
    if (fields == null) {
      return new Channel(name, "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");
    }
    Channel channel = plainChannel(name, fields, all);
    fields.noOthers();
    return channel;
  }

  /** A channel by its unit, range and description; other keys are for the caller to ask for. */
  static Channel plainChannel(String name, Fields fields, Fields all) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      all.problem(name, "must be in snake case with its unit at the end, e.g. oil_pressure_bar.");
    }
    List<String> range = fields.texts("range");
    double[] bounds = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int i = 0; i < range.size() && i < 2; i++) {
      Quantities.Number bound = Quantities.number(range.get(i));
      if (bound == null || !bound.unit().isEmpty()) {
        fields.problem("range", "must hold two numbers, but holds \"" + range.get(i) + "\".");
      } else {
        bounds[i] = bound.value();
      }
    }
    if (!range.isEmpty() && (range.size() != 2 || bounds[0] >= bounds[1])) {
      fields.problem("range", "must hold two numbers, the smaller one first.");
    }
    String unit = fields.node("unit") instanceof YamlNode.Text text ? text.value() : "";
    String description = fields.text("description", "");
    return new Channel(name, unit, bounds[0], bounds[1], description);
  }
}
