package io.foreshock.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of k8s/runbooks. Of its blocks, {@code sh} are commands, {@code sh provoke} makes the
 * trouble where it is tested, {@code output} is what the block before prints, and {@code text} is
 * not run.
 *
 * @param name file name without its ending
 * @param blocks in their order
 */
record Runbook(String name, List<Block> blocks) {
  static final Path FOLDER = Installation.ROOT.resolve("k8s/runbooks");

  /**
   * @param line of the page where it begins
   * @param expected lines that must be printed in this order, others between them allowed; {@code
   *     …} stands for anything
   */
  record Block(int line, String commands, List<String> expected) {}

  static List<Runbook> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.endsWith("README.md"))
          .sorted()
          .map(Runbook::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Runbook read(Path file) {
    List<Block> blocks = new ArrayList<>();
    List<String> inside = null;
    String kind = "";
    int begin = 0;
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.startsWith("```")) {
          if (inside != null) {
            inside.add(line);
          }
        } else if (inside == null) {
          inside = new ArrayList<>();
          kind = line.substring(3);
          begin = number;
        } else {
          add(blocks, kind, begin, inside);
          inside = null;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Runbook(file.getFileName().toString().replace(".md", ""), blocks);
  }

  private static void add(List<Block> blocks, String kind, int line, List<String> lines) {
    if (kind.equals("output")) {
      Block before = blocks.remove(blocks.size() - 1);
      blocks.add(new Block(before.line(), before.commands(), lines));
    } else if (kind.equals("sh") || kind.equals("sh provoke")) {
      blocks.add(new Block(line, String.join("\n", lines), List.of()));
    }
  }

  /** All commands for one shell, so that variables live on; each block announces itself. */
  String script() {
    return blocks.stream()
        .map(block -> "echo '" + announcement(block) + "'\n" + block.commands() + "\n")
        .collect(Collectors.joining());
  }

  /** The part of an output that a block printed; empty when it was not reached. */
  String of(Block block, String output) {
    int begin = output.indexOf(announcement(block) + "\n");
    if (begin < 0) {
      return "";
    }
    begin += announcement(block).length() + 1;
    int end = output.indexOf("=== " + name + ".md:", begin);
    return output.substring(begin, end < 0 ? output.length() : end);
  }

  private String announcement(Block block) {
    return "=== " + name + ".md:" + block.line();
  }

  @Override
  public String toString() {
    return name;
  }
}
