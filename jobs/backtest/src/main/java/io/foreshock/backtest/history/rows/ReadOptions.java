package io.foreshock.backtest.history.rows;

import java.lang.reflect.Constructor;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * Options of a Parquet reader that runs without Hadoop's classes.
 *
 * <p>The builder of parquet-java 1.17 asks Hadoop for a filter and for codecs, whatever it is
 * given; the reader itself needs neither. So the options are made by the constructor that the
 * builder calls, which is not public. A version without it fails {@code ParquetRowsTest}.
 */
final class ReadOptions {
  private static final int MAX_ALLOCATION_BYTES = 8 << 20;

  private ReadOptions() {}

  /** Everything is read: no filter, no range, no checksums. */
  static ParquetReadOptions create() {
    try {
      for (Constructor<?> constructor : ParquetReadOptions.class.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 18) {
          constructor.setAccessible(true);
          return (ParquetReadOptions)
              constructor.newInstance(
                  false,
                  false,
                  false,
                  false,
                  false,
                  false,
                  false,
                  false,
                  false,
                  FilterCompat.NOOP,
                  ParquetMetadataConverter.NO_FILTER,
                  new ReadCodecs(),
                  new HeapByteBufferAllocator(),
                  MAX_ALLOCATION_BYTES,
                  Map.of(),
                  null,
                  null,
                  new PlainParquetConfiguration());
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This version of parquet-java cannot be read with.", e);
    }
    throw new IllegalStateException("This version of parquet-java has other read options.");
  }
}
