package io.foreshock.backtest.history.rows;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Values with a header line, separated by a character, quoted where needed. */
public final class CsvRows implements Rows {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final ObjectReader CSV =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);

  private final CountingStream bytes;
  private final Reader reader;
  private final MappingIterator<String[]> lines;
  private final List<String> columns;
  private String[] cells = {};
  private long line = 1;

  private CsvRows(CountingStream bytes, Reader reader, char separator) throws IOException {
    this.bytes = bytes;
    this.reader = reader;
    this.lines =
        CSV.with(CsvSchema.emptySchema().withColumnSeparator(separator)).readValues(reader);
    this.columns = next() ? Arrays.asList(cells) : List.of();
  }

  /** Opens a file, gzipped when its name ends with {@code .gz}, and reads its header. */
  public static CsvRows open(Path file, CsvForm form) throws IOException {
    CountingStream bytes = new CountingStream(Files.newInputStream(file));
    try {
      InputStream in =
          file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, form.encoding()), 1 << 16);
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return new CsvRows(bytes, reader, form.separator());
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    try {
      if (!lines.hasNext()) {
        return false;
      }
      line = lines.getCurrentLocation().getLineNr();
      cells = lines.next();
      return true;
    } catch (RuntimeJsonMappingException e) {
      throw new IOException("line " + line + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Object cell(int column) {
    return column < cells.length ? cells[column] : null;
  }

  @Override
  public int width() {
    return cells.length;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public long bytesRead() {
    return bytes.count();
  }

  @Override
  public void close() throws IOException {
    lines.close();
    reader.close();
  }
}
