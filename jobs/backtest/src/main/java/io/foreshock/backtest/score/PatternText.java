package io.foreshock.backtest.score;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a pattern file, of which single values can be replaced: everything else, lines
 * included, stays as it was written, so that a message about the changed text fits the file.
 *
 * @param file what to call the text in messages
 * @param text one or several documents
 */
public record PatternText(String file, String text) {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  /** A value and where it stands: from its first character up to before its end. */
  record Place(String value, int from, int to) {}

  /** The values of each document, by pattern name and path; lists by number and by stage name. */
  Map<String, Map<String, Place>> places() {
    Map<String, Map<String, Place>> documents = new LinkedHashMap<>();
    int[] lines = lineStarts();
    try (YAMLParser parser = FACTORY.createParser(text)) {
      while (parser.nextToken() != null) {
        Map<String, Place> places = new LinkedHashMap<>();
        walk(parser, "", lines, places);
        Place name = places.get("pattern");
        if (name != null) {
          documents.put(name.value, places);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  /** The same text with another value at a place. */
  PatternText with(Place place, String value) {
    return new PatternText(file, text.substring(0, place.from) + value + text.substring(place.to));
  }

  private void walk(YAMLParser parser, String path, int[] lines, Map<String, Place> places)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        walk(parser, path.isEmpty() ? key : path + '.' + key, lines, places);
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        String element = path + '[' + i + ']';
        walk(parser, element, lines, places);
        alsoByStage(path, element, places);
      }
    } else {
      int from = offset(parser.currentTokenLocation(), lines);
      int to = offset(parser.currentLocation(), lines);
      places.put(path, new Place(parser.getText().strip(), from, to));
    }
  }

  private static void alsoByStage(String path, String element, Map<String, Place> places) {
    Place stage = places.get(element + ".stage");
    if (stage != null) {
      for (String known : new ArrayList<>(places.keySet())) {
        if (known.startsWith(element + '.')) {
          places.put(
              path + '.' + stage.value + known.substring(element.length()), places.get(known));
        }
      }
    }
  }

  private static int offset(JsonLocation location, int[] lines) {
    return lines[location.getLineNr() - 1] + location.getColumnNr() - 1;
  }

  private int[] lineStarts() {
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
        starts.add(i + 1);
      }
    }
    return starts.stream().mapToInt(i -> i).toArray();
  }
}
