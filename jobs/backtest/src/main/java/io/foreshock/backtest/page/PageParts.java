package io.foreshock.backtest.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Script, style and library of the page, from the resources of this module. */
final class PageParts {
  /** An import of another module of the page: names in braces, file. */
  private static final Pattern IMPORT =
      Pattern.compile("^import (\\{[^}]*\\}) from \"\\./([a-z-]+\\.js)\";\\R", Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export (function|const) (\\w+)", Pattern.MULTILINE);

  private static final List<String> STYLES =
      List.of("colours.css", "page.css", "tables.css", "charts.css", "print.css");

  private PageParts() {}

  /** The page around everything. */
  static String template() {
    return read("page.html");
  }

  static String style() {
    StringBuilder all = new StringBuilder(library("uPlot.min.css"));
    STYLES.forEach(name -> all.append('\n').append(read("css/" + name)));
    return inline(all.toString(), "</style");
  }

  /** The plotting library. */
  static String plotting() {
    return inline(library("uPlot.iife.min.js"), "</script");
  }

  /** The page's own modules, each after those that it imports, each in a function of its own. */
  static String script() {
    Set<String> done = new LinkedHashSet<>();
    StringBuilder all = new StringBuilder("(() => {\n\"use strict\";\nconst modules = {};\n");
    append("main.js", done, all);
    return inline(all.append("})();\n").toString(), "</script");
  }

  /** Licence of the plotting library, which stands in every report that carries it. */
  static String licence() {
    return library("LICENSE");
  }

  /** How a Content-Security-Policy names a text that it allows. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void append(String module, Set<String> done, StringBuilder all) {
    if (!done.add(module)) {
      return;
    }
    String text = read("js/" + module);
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      append(imports.group(2), done, all);
    }
    String body = IMPORT.matcher(text).replaceAll("const $1 = modules[\"$2\"];\n");
    StringJoiner names = new StringJoiner(", ", "return { ", " };\n");
    EXPORT.matcher(body).results().forEach(export -> names.add(export.group(2)));
    all.append("modules[\"").append(module).append("\"] = (() => {\n");
    all.append(EXPORT.matcher(body).replaceAll("$1 $2")).append(names).append("})();\n");
  }

  private static String library(String name) {
    try (InputStream in = PageParts.class.getResourceAsStream("lib/" + name)) {
      if (in == null) {
        throw new ReportException(
            "This build holds no plotting library, because there was no npm when it was built."
                + " Install npm 9 or later (package npm on Debian) and build again, e.g. with"
                + " mvn -B package -DskipTests -pl jobs/cli -am.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ReportException("Cannot read lib/" + name + " of this program: " + e, e);
    }
  }

  private static String read(String name) {
    try (InputStream in = PageParts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The report's " + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ReportException("Cannot read " + name + " of this program: " + e, e);
    }
  }

  private static String inline(String text, String end) {
    if (text.toLowerCase(java.util.Locale.ROOT).contains(end)) {
      throw new IllegalStateException("A part of the page holds " + end);
    }
    return text;
  }
}
