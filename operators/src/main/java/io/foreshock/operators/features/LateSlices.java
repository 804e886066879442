package io.foreshock.operators.features;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Changes inside of sections. They are rare: what is in order only appends. */
final class LateSlices {

  private LateSlices() {}

  /** The section that a slice belongs into; null when there is none. */
  static Section target(Section newest, long number) throws IOException {
    Section section = newest;
    while (section != null && section.older != null && oldest(section) > number) {
      section = section.older;
    }
    return section;
  }

  private static long oldest(Section section) throws IOException {
    Section.Cursor cursor = new Section.Cursor();
    cursor.begin(alone(section));
    long oldest = Long.MAX_VALUE;
    while (cursor.next()) {
      oldest = cursor.number;
    }
    return oldest;
  }

  private static Section alone(Section section) {
    return new Section(section.form, section.bytes, section.from, section.length, null);
  }

  /**
   * The sections with a slice in its place, where it replaces one of the same number.
   *
   * @param form of the slice where there is no section yet; otherwise it has that of {@link
   *     #target}
   */
  static Section with(Section newest, SliceForm form, long number, DataOutputSerializer content)
      throws IOException {
    if (newest == null) {
      return Section.withNewest(null, form, number, content);
    }
    Section target = target(newest, number);
    if (newest != target) {
      return new Section(
          newest.form,
          newest.bytes,
          newest.from,
          newest.length,
          with(newest.older, form, number, content));
    }
    DataOutputSerializer out = new DataOutputSerializer(target.length + content.length() + 16);
    Section.Cursor cursor = new Section.Cursor();
    cursor.begin(alone(target));
    boolean written = false;
    while (cursor.next()) {
      if (!written && cursor.number <= number) {
        Section.writeSlice(number, content.getSharedBuffer(), 0, content.length(), out);
        written = true;
      }
      if (cursor.number != number) {
        copy(cursor, target, out);
      }
    }
    if (!written) {
      Section.writeSlice(number, content.getSharedBuffer(), 0, content.length(), out);
    }
    return target.with(out, target.older);
  }

  /** The sections without slices of smaller numbers; the same when there are none. */
  static Section from(Section newest, long number) throws IOException {
    if (newest == null) {
      return null;
    }
    Section older = from(newest.older, number);
    DataOutputSerializer out = new DataOutputSerializer(newest.length + 1);
    Section.Cursor cursor = new Section.Cursor();
    cursor.begin(alone(newest));
    boolean dropped = false;
    while (cursor.next()) {
      if (cursor.number >= number) {
        copy(cursor, newest, out);
      } else {
        dropped = true;
      }
    }
    if (!dropped && older == newest.older) {
      return newest;
    }
    return out.length() == 0 ? older : newest.with(out, older);
  }

  private static void copy(Section.Cursor cursor, Section section, DataOutputSerializer out)
      throws IOException {
    Section.writeSlice(cursor.number, section.bytes, cursor.in.getPosition(), cursor.length, out);
  }
}
