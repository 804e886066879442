package io.foreshock.state;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Texts of one value that repeat, such as the channels of a batch: each is written in full once and
 * by its number afterwards. Readings are sorted by time, then channel, so the next text is mostly
 * the one that followed last time; that is tried first.
 *
 * <p>One instance serves one value, on one side: {@link #write} or {@link #read}.
 */
final class RepeatedTexts {
  /** Texts beyond this many are written in full each time. Part of the state format. */
  private static final int CAPACITY = 64;

  private String[] texts = new String[8];
  private int size;
  private int next;

  void write(String text, DataOutputView out) throws IOException {
    for (int probe = 0; probe < size; probe++) {
      int i = next + probe < size ? next + probe : next + probe - size;
      String known = texts[i];
      if (known == text || known.equals(text)) {
        next = i + 1 < size ? i + 1 : 0;
        out.writeByte(i + 1);
        return;
      }
    }
    out.writeByte(0);
    Fields.writeText(text, out);
    add(text);
  }

  String read(DataInputView in) throws IOException {
    int reference = in.readUnsignedByte();
    if (reference > 0) {
      return texts[reference - 1];
    }
    String text = Fields.readText(in);
    add(text);
    return text;
  }

  private void add(String text) {
    next = 0;
    if (size == CAPACITY) {
      return;
    }
    if (size == texts.length) {
      texts = Arrays.copyOf(texts, size * 2);
    }
    texts[size++] = text;
  }
}
