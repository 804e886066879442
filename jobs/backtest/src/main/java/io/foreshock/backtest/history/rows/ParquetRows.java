package io.foreshock.backtest.history.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.parquet.PlainReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Rows of a Parquet file, one row group at a time. Nested columns are absent; so are repeated ones.
 */
public final class ParquetRows implements Rows {
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final MessageColumnIO columnIo;
  private final List<String> columns;
  private RecordReader<Group> rows;
  private long left;
  private long line;
  private int groups;
  private long bytes;
  private Group row;

  private ParquetRows(ParquetFileReader reader) {
    this.reader = reader;
    this.schema = reader.getFooter().getFileMetaData().getSchema();
    this.columnIo = new ColumnIOFactory().getColumnIO(schema);
    this.columns = schema.getFields().stream().map(Type::getName).toList();
  }

  /**
   * @throws IOException when it is no Parquet file, or is compressed in a way that is not read
   */
  public static ParquetRows open(Path file) throws IOException {
    try {
      return new ParquetRows(
          ParquetFileReader.open(
              new LocalInputFile(file), PlainReadOptions.with(new ReadCodecs())));
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore group = reader.readNextRowGroup();
        if (group == null) {
          return false;
        }
        bytes += reader.getRowGroups().get(groups++).getCompressedSize();
        left = group.getRowCount();
        rows = columnIo.getRecordReader(group, new GroupRecordConverter(schema));
      }
      row = rows.read();
      left--;
      line++;
      return true;
    } catch (RuntimeException e) {
      throw new IOException("row " + (line + 1) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Object cell(int column) {
    Type type = schema.getType(column);
    if (!type.isPrimitive() || row.getFieldRepetitionCount(column) != 1) {
      return null;
    }
    PrimitiveType primitive = type.asPrimitiveType();
    return switch (primitive.getPrimitiveTypeName()) {
      case DOUBLE -> row.getDouble(column, 0);
      case FLOAT -> (double) row.getFloat(column, 0);
      case BOOLEAN -> row.getBoolean(column, 0);
      case INT32 -> whole(primitive, row.getInteger(column, 0));
      case INT64 -> whole(primitive, row.getLong(column, 0));
      case INT96 -> null;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> row.getBinary(column, 0).toStringUsingUTF8();
    };
  }

  private static Object whole(PrimitiveType type, long value) {
    if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation stamp) {
      Instant instant =
          switch (stamp.getUnit()) {
            case MILLIS -> Instant.ofEpochMilli(value);
            case MICROS ->
                Instant.ofEpochSecond(
                    Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000);
            case NANOS -> Instant.ofEpochSecond(0, value);
          };
      return stamp.isAdjustedToUTC() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    if (type.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation) {
      return LocalDateTime.ofEpochSecond(value * 86_400, 0, ZoneOffset.UTC);
    }
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      return value / Math.pow(10, decimal.getScale());
    }
    return value;
  }

  @Override
  public int width() {
    return columns.size();
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
