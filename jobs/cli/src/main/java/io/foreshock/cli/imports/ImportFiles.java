package io.foreshock.cli.imports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What {@code --out DIR} writes, one JSON object per line: {@code messages.jsonl}, {@code
 * late.jsonl} and {@code dead-letters.jsonl}. The order of devices among each other may differ
 * between two runs.
 */
final class ImportFiles implements AutoCloseable {
  private static final Map<ImportPipeline.Kind, String> NAMES =
      new EnumMap<>(
          Map.of(
              ImportPipeline.Kind.CLEAN, "messages.jsonl",
              ImportPipeline.Kind.LATE, "late.jsonl",
              ImportPipeline.Kind.REFUSED, "dead-letters.jsonl"));

  private final Map<ImportPipeline.Kind, BufferedWriter> writers =
      new EnumMap<>(ImportPipeline.Kind.class);

  /**
   * @param folder created when absent; null to write nothing
   */
  ImportFiles(Path folder) throws IOException {
    if (folder != null) {
      Files.createDirectories(folder);
      for (Map.Entry<ImportPipeline.Kind, String> name : NAMES.entrySet()) {
        writers.put(name.getKey(), Files.newBufferedWriter(folder.resolve(name.getValue())));
      }
    }
  }

  void write(ImportPipeline.Kind kind, String json) throws IOException {
    BufferedWriter writer = writers.get(kind);
    if (writer != null) {
      writer.write(json);
      writer.newLine();
    }
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter writer : writers.values()) {
      writer.close();
    }
  }
}
