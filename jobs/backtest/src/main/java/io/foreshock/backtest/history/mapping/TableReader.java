package io.foreshock.backtest.history.mapping;

import io.foreshock.backtest.history.rows.CsvForm;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.YamlNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one table of a mapping file. */
final class TableReader {
  private static final List<String> CONTENTS =
      List.of("channels", "readings", "fault", "maintenance", "state", "failure");

  private final Fields table;
  private final TableDefaults defaults;
  private final ChannelRegistry channels;
  private final Map<String, Integer> columnLines = new LinkedHashMap<>();

  TableReader(Fields table, TableDefaults defaults, ChannelRegistry channels) {
    this.table = table;
    this.defaults = defaults;
    this.channels = channels;
  }

  TableMapping read() {
    if (!table.has("files")) {
      table.missing("files", "Name the file, or several with * and ?, e.g. \"telemetry-*.csv\".");
    }
    if (CONTENTS.stream().filter(table::has).count() == 0) {
      table.missing(
          "channels",
          "Say what the rows hold: channels, readings, fault, maintenance, state or failure.");
    }
    CellSource asset = source(defaults.of(table, "asset"), "asset");
    if (asset == null && !defaults.of(table, "asset").has("asset")) {
      table.missing(
          "asset",
          "Name its column, or {value: pump-1} for all rows, or {file: '(.+)\\.csv'} for a part of the file's name.");
    }
    CellSource assetClass = source(defaults.of(table, "assetClass"), "assetClass");
    TimeColumns time = new TimeReader(this).read(defaults.of(table, "time"), table);
    ChannelReader reader = new ChannelReader(this, channels);
    EventReader events = new EventReader(this);
    int before = table.problems().count();
    CsvForm form = new CsvForm(character("separator", ','), encoding());
    char decimal = character("decimal", '.');
    if (decimal == form.separator() && table.problems().count() == before) {
      table.problem(
          "decimal", "is the separator too (\"" + decimal + "\"). Set \"separator\", e.g. \";\".");
    }
    TableMapping mapping =
        new TableMapping(
            table.line(),
            table.text("files", ""),
            form,
            decimal,
            Set.copyOf(defaults.of(table, "missing").texts("missing")),
            asset,
            assetClass == null ? CellSource.value("") : assetClass,
            time,
            reader.wide(table),
            reader.tall(table),
            events.read(table),
            columnLines);
    table.noOthers();
    return mapping;
  }

  /** Notes that the mapping needs a column. */
  String column(Fields fields, String key, String name) {
    if (name != null) {
      columnLines.putIfAbsent(name, fields.line(key));
    }
    return name;
  }

  /** A column, {@code {value: …}} or {@code {file: …}}; null when absent or wrong. */
  CellSource source(Fields fields, String key) {
    YamlNode node = fields.node(key);
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Text) {
      String name = column(fields, key, fields.text(key));
      return name == null ? null : CellSource.column(name);
    }
    Fields inner = fields.mapping(key);
    if (inner == null) {
      return null;
    }
    String value = inner.text("value");
    String column = column(inner, "column", inner.text("column"));
    Pattern file = file(inner);
    inner.noOthers();
    if ((value == null ? 0 : 1) + (column == null ? 0 : 1) + (file == null ? 0 : 1) != 1) {
      fields.problem(key, "must be one of: a column, {column: …}, {value: …}, {file: …}.");
      return null;
    }
    return new CellSource(column, value, file);
  }

  private static Pattern file(Fields fields) {
    String text = fields.text("file");
    if (text == null) {
      return null;
    }
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.matcher("").groupCount() >= 1) {
        return pattern;
      }
      fields.problem(
          "file", "must have a group (…) around the part that counts, but is \"" + text + "\".");
    } catch (PatternSyntaxException e) {
      fields.problem(
          "file", "is no regular expression (" + e.getDescription() + "): \"" + text + "\".");
    }
    return null;
  }

  private char character(String key, char otherwise) {
    Fields fields = defaults.of(table, key);
    String text = fields.text(key);
    if (text == null) {
      return otherwise;
    }
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() == 1 && (!key.equals("decimal") || text.equals(",") || text.equals("."))) {
      return text.charAt(0);
    }
    fields.problem(
        key,
        key.equals("decimal")
            ? "must be \".\" or \",\", but is \"" + text + "\"."
            : "must be one character, or tab, but is \"" + text + "\".");
    return otherwise;
  }

  private Charset encoding() {
    Fields fields = defaults.of(table, "encoding");
    String text = fields.text("encoding");
    try {
      return text == null ? StandardCharsets.UTF_8 : Charset.forName(text);
    } catch (IllegalArgumentException e) {
      fields.problem(
          "encoding", "is unknown: \"" + text + "\". Use e.g. UTF-8, ISO-8859-1, windows-1252.");
      return StandardCharsets.UTF_8;
    }
  }
}
