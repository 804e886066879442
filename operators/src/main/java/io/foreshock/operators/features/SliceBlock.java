package io.foreshock.operators.features;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Slices of all series of an asset in some span of time: one value of state. Series that this build
 * does not know are dropped when it is written.
 *
 * <p>Form: version (1 byte), number of sections, of each: hash of the series' name (8), form,
 * length, slices.
 */
final class SliceBlock {
  static final int VERSION = 1;

  private final Section[] sections;

  /** Whether it differs from what is stored. */
  boolean changed;

  SliceBlock(FeaturePlan plan) {
    sections = new Section[plan.series.length];
  }

  /** A block as it was stored. */
  static SliceBlock read(FeaturePlan plan, byte[] stored) throws IOException {
    SliceBlock block = new SliceBlock(plan);
    DataInputDeserializer in = new DataInputDeserializer(stored);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "Feature slices have version "
              + version
              + ", but this build reads version "
              + VERSION
              + ". Deploy the newer release again, or restore an older savepoint.");
    }
    int size = Fields.readVarInt(in);
    Section[] last = new Section[block.sections.length];
    Section[] read = new Section[size];
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = plan.place(in.readLong(), i);
      SliceForm current = places[i] < 0 ? FeaturePlan.NOTHING : plan.series[places[i]].form;
      SliceForm form = SliceForm.read(current, in);
      int length = Fields.readVarInt(in);
      read[i] = new Section(form, stored, in.getPosition(), length, null);
      in.skipBytesToRead(length);
    }
    // Sections of one series stand newest first: link them from behind.
    for (int i = size - 1; i >= 0; i--) {
      if (places[i] >= 0) {
        Section next = last[places[i]];
        last[places[i]] =
            next == null
                ? read[i]
                : new Section(read[i].form, stored, read[i].from, read[i].length, next);
      }
    }
    System.arraycopy(last, 0, block.sections, 0, last.length);
    return block;
  }

  Section section(int place) {
    return sections[place];
  }

  void set(int place, Section section) {
    sections[place] = section;
    changed = true;
  }

  boolean isEmpty() {
    for (Section section : sections) {
      if (section != null) {
        return false;
      }
    }
    return true;
  }

  void write(FeaturePlan plan, DataOutputSerializer out) throws IOException {
    out.writeByte(VERSION);
    int size = 0;
    for (Section section : sections) {
      for (Section one = section; one != null; one = one.older) {
        size++;
      }
    }
    Fields.writeVarInt(size, out);
    for (int place = 0; place < sections.length; place++) {
      for (Section one = sections[place]; one != null; one = one.older) {
        out.writeLong(plan.series[place].hash);
        one.form.write(out);
        Fields.writeVarInt(one.length, out);
        out.write(one.bytes, one.from, one.length);
      }
    }
  }
}
