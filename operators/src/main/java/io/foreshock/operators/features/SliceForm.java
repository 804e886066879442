package io.foreshock.operators.features;

import io.foreshock.operators.features.SeriesPlan.OverTime;
import io.foreshock.operators.features.definition.Aggregate;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What slices of one series hold. Stands once in front of them, so that a later version of the
 * feature set, which may ask for more or less, still reads them.
 *
 * @param parts of {@link SeriesPlan}
 * @param items things over time, in order
 */
record SliceForm(int parts, List<OverTime> items) {
  SliceForm {
    items = List.copyOf(items);
  }

  boolean has(int part) {
    return (parts & part) != 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(parts);
    Fields.writeVarInt(items.size(), out);
    for (OverTime item : items) {
      out.writeBoolean(item.isTime());
      out.writeLong(item.hash());
    }
  }

  /**
   * Reads a form.
   *
   * @param current form of this build; returned itself when nothing differs
   */
  static SliceForm read(SliceForm current, DataInputView in) throws IOException {
    int parts = in.readUnsignedByte();
    int size = Fields.readVarInt(in);
    boolean same = parts == current.parts && size == current.items.size();
    List<OverTime> items = size == 0 ? List.of() : new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      boolean isTime = in.readBoolean();
      long hash = in.readLong();
      OverTime known = find(current.items, hash);
      same &= known != null && i < current.items.size() && known == current.items.get(i);
      // One that this build does not know is passed over.
      Aggregate.Kind kind = isTime ? Aggregate.Kind.TIME_ABOVE : Aggregate.Kind.ENERGY;
      items.add(known == null ? new OverTime(kind, Double.NaN, 0, hash) : known);
    }
    return same ? current : new SliceForm(parts, items);
  }

  private static OverTime find(List<OverTime> items, long hash) {
    for (OverTime item : items) {
      if (item.hash() == hash) {
        return item;
      }
    }
    return null;
  }
}
