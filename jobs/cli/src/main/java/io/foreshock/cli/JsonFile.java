package io.foreshock.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --json FILE} writes. */
public final class JsonFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFile() {}

  /**
   * Writes a document, indented; folders on the way are created.
   *
   * @throws CliFailure when the file cannot be written
   */
  public static void write(Path file, JsonNode document) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(
          file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    } catch (IOException e) {
      throw CliFailure.failed("Cannot write " + file + ": " + e, e);
    }
  }
}
