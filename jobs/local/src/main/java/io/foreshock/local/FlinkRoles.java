package io.foreshock.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which processes of a cluster do something at the moment, for those who want to disturb it. */
public final class FlinkRoles {
  private static final String LEADS = "was granted leadership";

  private FlinkRoles() {}

  /** Numbers of the TaskManagers that run a part of a job; none when nobody knows. */
  public static List<Integer> usedTaskManagers(LocalFlink flink) {
    List<Integer> used = new ArrayList<>();
    try {
      for (JsonNode each : flink.rest().get("/taskmanagers").path("taskmanagers")) {
        if (each.path("freeSlots").asInt() < each.path("slotsNumber").asInt()) {
          used.add(Integer.valueOf(each.path("id").asText().replace("taskmanager-", "")));
        }
      }
    } catch (RuntimeException e) {
      return List.of();
    }
    used.retainAll(flink.liveTaskManagers());
    return used;
  }

  /** Number of the JobManager that was last made the leader, as its log says. */
  public static int leadingJobManager(LocalFlink flink) {
    int leader = flink.liveJobManagers().get(0);
    String newest = "";
    for (int number : flink.liveJobManagers()) {
      String granted = lastGrant(flink.jobManagerLog(number));
      if (granted.compareTo(newest) > 0) {
        newest = granted;
        leader = number;
      }
    }
    return leader;
  }

  /** The line begins with date and time, so lines of several logs can be compared. */
  private static String lastGrant(Path log) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains(LEADS)).reduce("", (a, b) -> b);
    } catch (IOException e) {
      return "";
    }
  }
}
