package io.foreshock.backtest.history;

import io.foreshock.backtest.BacktestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Text files of a recording, plain or gzipped. */
public final class TextFile {

  private TextFile() {}

  /** The file {@code name + suffix}, or the same gzipped. */
  public static Optional<Path> find(Path folder, String name, String suffix) {
    for (String zipped : List.of("", ".gz")) {
      Path path = folder.resolve(name + suffix + zipped);
      if (Files.isRegularFile(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  public static Path require(Path folder, String name, String suffix, String set) {
    if (!Files.isDirectory(folder)) {
      throw BacktestException.wrongInput("There is no folder " + folder + ".");
    }
    return find(folder, name, suffix)
        .orElseThrow(
            () ->
                BacktestException.wrongInput(
                    "The folder %s holds neither %s%s nor %s%s.gz. Is it laid out as the %s set?"
                        .formatted(folder, name, suffix, name, suffix, set)));
  }

  public static BufferedReader open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    boolean zipped = path.toString().endsWith(".gz");
    return new BufferedReader(
        new InputStreamReader(
            zipped ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8));
  }
}
