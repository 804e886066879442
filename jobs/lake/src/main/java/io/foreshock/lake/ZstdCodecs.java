package io.foreshock.lake;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Zstandard for Parquet pages, without the codecs of Hadoop. */
final class ZstdCodecs implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    if (name != CompressionCodecName.ZSTD) {
      throw new UnsupportedOperationException("Only ZSTD is written, not " + name + ".");
    }
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    if (name != CompressionCodecName.ZSTD) {
      throw new UnsupportedOperationException(
          "Files of a lake are in ZSTD, but one is in " + name + ".");
    }
    return new Decompressor();
  }

  @Override
  public void release() {
    // Nothing is held.
  }

  private static final class Decompressor implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      try (ZstdInputStreamNoFinalizer zstd =
          new ZstdInputStreamNoFinalizer(bytes.toInputStream())) {
        return BytesInput.from(zstd.readNBytes(size));
      }
    }

    @Override
    public void decompress(ByteBuffer from, int compressedSize, ByteBuffer to, int size)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      from.get(compressed);
      to.put(decompress(BytesInput.from(compressed), size).toByteArray());
    }

    @Override
    public void release() {
      // Nothing is held.
    }
  }

  private static final class Compressor implements BytesInputCompressor {

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteArrayOutputStream compressed =
          new ByteArrayOutputStream((int) Math.max(64, bytes.size() / 2));
      try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(compressed, LEVEL)) {
        bytes.writeAllTo(zstd);
      }
      return BytesInput.from(compressed.toByteArray());
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // Nothing is held.
    }
  }
}
