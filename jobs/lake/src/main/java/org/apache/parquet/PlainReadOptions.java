package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * Options to read a file as it is. In Parquet's own package, because the constructor is: the
 * builder asks a class for its filter that Hadoop's MapReduce must be there for.
 */
public final class PlainReadOptions {
  private static final int ALLOCATION_BYTES = 8 << 20;

  private PlainReadOptions() {}

  /** No filters, no encryption, nothing of Hadoop. */
  public static ParquetReadOptions with(CompressionCodecFactory codecs) {
    return new ParquetReadOptions(
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
        codecs,
        new HeapByteBufferAllocator(),
        ALLOCATION_BYTES,
        Map.of(),
        null,
        null,
        new PlainParquetConfiguration());
  }
}
