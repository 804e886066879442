package io.foreshock.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Finds the files of a lake that readers may see. */
public final class LakeFiles {
  private static final String VISIBLE = "compacted-";
  private static final String DAY = "day=";

  private LakeFiles() {}

  /**
   * Files of all datasets of a tenant, in the order of their names.
   *
   * @param lake folder or URI, as {@code lake.path} has it
   * @param from first day of event time, UTC; null for the oldest there is
   * @param until first day that is left out; null for none
   * @throws IOException when the lake cannot be read; a dataset that is not there has no files
   */
  public static List<String> of(URI lake, String tenant, LocalDate from, LocalDate until)
      throws IOException {
    FileSystem files = FileSystem.get(lake);
    List<String> found = new ArrayList<>();
    for (Dataset dataset : Dataset.values()) {
      Path folder = new Path(new Path(lake), dataset.folder() + "/tenant=" + tenant);
      for (FileStatus day : list(files, folder)) {
        String name = day.getPath().getName();
        if (day.isDir()
            && name.startsWith(DAY)
            && isIn(name.substring(DAY.length()), from, until)) {
          for (FileStatus file : list(files, day.getPath())) {
            if (file.getPath().getName().startsWith(VISIBLE)) {
              found.add(file.getPath().toString());
            }
          }
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
    try {
      FileStatus[] found = files.listStatus(folder);
      return found == null ? new FileStatus[0] : found;
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private static boolean isIn(String day, LocalDate from, LocalDate until) {
    LocalDate date = LocalDate.parse(day);
    return (from == null || !date.isBefore(from)) && (until == null || date.isBefore(until));
  }
}
