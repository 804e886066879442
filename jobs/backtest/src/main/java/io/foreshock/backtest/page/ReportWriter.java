package io.foreshock.backtest.page;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a report: one HTML file with its script, style and data inside, which opens from a disk,
 * asks no network for anything and runs no script but its own.
 */
public final class ReportWriter {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)\\}\\}");

  private final Report report;
  private final Tracks tracks;

  /** A writer of one report. */
  public ReportWriter(Report report, Tracks tracks) {
    this.report = report;
    this.tracks = tracks;
  }

  /**
   * Writes the report; folders on the way are created, and a file that is there is replaced when
   * the new one is complete.
   *
   * @return size of the file in bytes
   * @throws ReportException when it cannot be written, or this build holds no plotting library
   */
  public long write(Path file) {
    Path target = file.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path unfinished = Files.createTempFile(target.getParent(), target.getFileName() + ".", "");
      try {
        try (BufferedWriter out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
          write(out);
        }
        readableLikeOthers(unfinished);
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      return Files.size(target);
    } catch (IOException e) {
      throw new ReportException("Cannot write the report " + file + ": " + e, e);
    }
  }

  /** The page: everything that stands for itself, and data where the template asks for them. */
  void write(Writer out) throws IOException {
    String style = PageParts.style();
    String plotting = PageParts.plotting();
    String script = PageParts.script();
    String policy =
        "default-src 'none'; script-src "
            + PageParts.hash(plotting)
            + ' '
            + PageParts.hash(script)
            + "; style-src "
            + PageParts.hash(style)
            + "; img-src data:; base-uri 'none'; form-action 'none'";
    String template = PageParts.template();
    Matcher places = PLACE.matcher(template);
    int end = 0;
    while (places.find()) {
      out.append(template, end, places.start());
      switch (places.group(1)) {
        case "policy" -> out.write(policy);
        case "title" -> out.write(escaped(report.heading().title()));
        case "style" -> out.write(style);
        case "plotting" -> out.write(plotting);
        case "script" -> out.write(script);
        case "licence" -> out.write(escaped(PageParts.licence()));
        case "data" -> data(out);
        default -> throw new IllegalStateException("Nothing to put in place of " + places.group());
      }
      end = places.end();
    }
    out.append(template, end, template.length());
  }

  private void data(Writer out) throws IOException {
    FleetJson fleet = new FleetJson(report);
    block(out, "fleet", fleet::write);
    MachineJson machines = new MachineJson(report, tracks);
    int position = 0;
    for (Report.Machine machine : report.machines()) {
      block(out, "machine-" + position++, json -> machines.write(json, machine));
    }
  }

  private static void block(Writer out, String id, ScriptJson.Body body) throws IOException {
    out.write("<script type=\"application/json\" id=\"" + id + "\">");
    ScriptJson.write(out, body);
    out.write("</script>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A temporary file is its owner's alone; a report is as readable as any new file. */
  private static void readableLikeOthers(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
