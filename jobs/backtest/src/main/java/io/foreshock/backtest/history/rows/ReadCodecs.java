package io.foreshock.backtest.history.rows;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompresses Parquet pages without Hadoop: Zstandard, Snappy, gzip, or not at all. */
final class ReadCodecs implements CompressionCodecFactory {

  @FunctionalInterface
  private interface Codec {
    byte[] open(byte[] compressed, int size) throws IOException;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(
        switch (name) {
          case UNCOMPRESSED -> (bytes, size) -> bytes;
          case ZSTD ->
              (bytes, size) ->
                  read(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(bytes)), size);
          case GZIP ->
              (bytes, size) -> read(new GZIPInputStream(new ByteArrayInputStream(bytes)), size);
          case SNAPPY -> (bytes, size) -> Snappy.uncompress(bytes);
          default ->
              throw new IllegalArgumentException(
                  "it is compressed with "
                      + name
                      + ", which is not read. Write it with ZSTD, SNAPPY or GZIP");
        });
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("Nothing is written here.");
  }

  @Override
  public void release() {
    // Nothing is held.
  }

  private static byte[] read(InputStream stream, int size) throws IOException {
    try (stream) {
      return stream.readNBytes(size);
    }
  }

  private record Decompressor(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      return BytesInput.from(codec.open(bytes.toByteArray(), decompressedSize));
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(codec.open(compressed, decompressedSize));
    }

    @Override
    public void release() {
      // Nothing is held.
    }
  }
}
