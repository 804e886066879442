package io.foreshock.cli.assets;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock assets publish}. */
@Command(
    name = "publish",
    description = {
      "Checks files of assets and publishes what differs from what is published. Other assets are left alone.",
      ""
    },
    mixinStandardHelpOptions = true)
final class PublishAssets implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AssetsOnTopic topic;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML files with a list `assets`.")
  private List<Path> files;

  @Option(
      names = "--channels",
      paramLabel = "FILE",
      description = "Channels beside those of the catalogue, as the job has them.")
  private List<Path> channelFiles = List.of();

  @Option(names = "--check", description = "Check the files only; asks no Kafka.")
  private boolean check;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, AssetDefinition> assets = read();
    if (check) {
      out.println(assets.size() + " asset(s), no problem");
      return 0;
    }
    Map<String, Optional<AssetDefinition>> before = topic.read();
    Map<String, Optional<AssetDefinition>> changed = new TreeMap<>();
    assets.forEach(
        (key, asset) -> {
          if (!Optional.of(asset).equals(before.get(key))) {
            changed.put(key, Optional.of(asset));
          }
        });
    topic.write(changed);
    changed
        .keySet()
        .forEach(key -> out.println(key + (before.containsKey(key) ? " changed" : " published")));
    if (assets.size() > changed.size()) {
      out.println((assets.size() - changed.size()) + " asset(s) published already");
    }
    out.flush();
    return 0;
  }

  private Map<String, AssetDefinition> read() {
    List<String> problems = new ArrayList<>();
    List<String> sources = new ArrayList<>(List.of(ChannelCatalogue.NAME));
    channelFiles.forEach(file -> sources.add(file.toString()));
    ChannelRegistry channels = ChannelCatalogue.load(sources, problems);
    Map<String, AssetDefinition> assets = new TreeMap<>();
    for (Path file : files) {
      AssetFile.read(file, channels, problems)
          .forEach(
              (key, asset) -> {
                if (assets.put(key, asset) != null) {
                  problems.add(file + ": " + key + " stands in another file, too");
                }
              });
    }
    if (!problems.isEmpty()) {
      throw CliFailure.wrongInput("Nothing was published.\n  " + String.join("\n  ", problems));
    }
    return assets;
  }
}
