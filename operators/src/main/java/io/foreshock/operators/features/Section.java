package io.foreshock.operators.features;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Slices of one series and one form as they are kept: the newest first; of each its number, its
 * length in bytes, and its content. Number times the length of a slice is its begin.
 */
final class Section {
  final SliceForm form;
  final byte[] bytes;
  final int from;
  final int length;

  /** Older slices of the same series, of another form; null for none. */
  final Section older;

  Section(SliceForm form, byte[] bytes, int from, int length, Section older) {
    this.form = form;
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.older = older;
  }

  /** The same section with a newer slice in front, or a new one where the form differs. */
  static Section withNewest(
      Section section, SliceForm form, long number, DataOutputSerializer content)
      throws IOException {
    boolean same = section != null && section.form.equals(form);
    DataOutputSerializer out =
        new DataOutputSerializer(16 + content.length() + (same ? section.length : 0));
    writeSlice(number, content.getSharedBuffer(), 0, content.length(), out);
    if (same) {
      out.write(section.bytes, section.from, section.length);
    }
    return new Section(
        same ? section.form : form,
        out.getSharedBuffer(),
        0,
        out.length(),
        same ? section.older : section);
  }

  /** The same section with other bytes. */
  Section with(DataOutputSerializer slices, Section rest) {
    return new Section(form, slices.getSharedBuffer(), 0, slices.length(), rest);
  }

  static void writeSlice(
      long number, byte[] content, int from, int length, DataOutputSerializer out)
      throws IOException {
    Fields.writeVarLong(number, out);
    Fields.writeVarInt(length, out);
    out.write(content, from, length);
  }

  /**
   * A slice of a coarser level, ready to be written.
   *
   * @param content without its number and length
   */
  record Copy(SliceForm form, DataOutputSerializer content) {
    static Copy of(SliceStats stats, long startMillis) throws IOException {
      DataOutputSerializer content = new DataOutputSerializer(64);
      SliceForm form = stats.known();
      stats.write(form, startMillis, false, content);
      return new Copy(form, content);
    }
  }

  /** Goes through slices from the newest to the oldest. */
  static final class Cursor {
    final DataInputDeserializer in = new DataInputDeserializer();
    Section section;
    long number;
    int length;
    private int next;
    private int end;

    /** Begins in front of the newest slice. */
    void begin(Section newest) {
      section = newest;
      next = 0;
      end = 0;
      enter();
    }

    private void enter() {
      if (section != null) {
        in.setBuffer(section.bytes, section.from, section.length);
        next = section.from;
        end = section.from + section.length;
      }
    }

    /** Turns to the next older slice; its content is next in {@link #in}. */
    boolean next() throws IOException {
      while (section != null && next >= end) {
        section = section.older;
        enter();
      }
      if (section == null) {
        return false;
      }
      in.setBuffer(section.bytes, next, end - next);
      number = Fields.readVarLong(in);
      length = Fields.readVarInt(in);
      next = in.getPosition() + length;
      return true;
    }
  }
}
