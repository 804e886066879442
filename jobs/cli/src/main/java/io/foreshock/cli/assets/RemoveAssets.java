package io.foreshock.cli.assets;

import io.foreshock.cli.CliFailure;
import io.foreshock.proto.asset.v1.AssetDefinition;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock assets remove}. */
@Command(
    name = "remove",
    description = {
      "Removes assets from the registry: their messages pass as they are from then on.",
      ""
    },
    mixinStandardHelpOptions = true)
final class RemoveAssets implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AssetsOnTopic topic;

  @Parameters(arity = "1..*", paramLabel = "TENANT/ASSET", description = "Keys, as `list` shows.")
  private List<String> keys;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Optional<AssetDefinition>> published = topic.read();
    List<String> unknown = keys.stream().filter(key -> !published.containsKey(key)).toList();
    if (!unknown.isEmpty()) {
      throw CliFailure.wrongInput(
          "Nothing was removed: "
              + String.join(", ", unknown)
              + " not published. `foreshock assets list` shows what is.");
    }
    Map<String, Optional<AssetDefinition>> removed = new TreeMap<>();
    keys.forEach(key -> removed.put(key, Optional.empty()));
    topic.write(removed);
    removed.keySet().forEach(key -> out.println(key + " removed"));
    out.flush();
    return 0;
  }
}
