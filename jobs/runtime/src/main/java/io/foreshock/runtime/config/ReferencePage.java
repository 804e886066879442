package io.foreshock.runtime.config;

/** Writes the options of a job for people: a page for the documentation, a list for a terminal. */
public final class ReferencePage {

  private ReferencePage() {}

  /** The page {@code OPTIONS.md} of a job; generated, so that it cannot be wrong. */
  public static String markdown(String job, Options options) {
    StringBuilder page =
        new StringBuilder(
            """
            # Options of `%s`

            Written by the build from the declarations in the code; do not edit.

            Precedence: default, then `--config FILE` (YAML, keys in full or nested; later files win), then `-D key=value`. Unknown keys are refused.

            | key | type | default | meaning |
            |---|---|---|---|
            """
                .formatted(job));
    for (Option<?> option : options.all()) {
      String value =
          option.isRequired()
              ? "required"
              : option.defaultText().isEmpty() ? "(empty)" : "`" + option.defaultText() + "`";
      page.append("| `")
          .append(option.key())
          .append("` | ")
          .append(option.typeName())
          .append(" | ")
          .append(value)
          .append(" | ")
          .append(option.description().replace("|", "\\|"))
          .append(" |\n");
    }
    options
        .families()
        .forEach(
            (prefix, description) ->
                page.append("| `")
                    .append(prefix)
                    .append("*` | text | | ")
                    .append(description)
                    .append(" |\n"));
    return page.toString();
  }

  /** What {@code --help} prints. */
  public static String help(String job, Options options) {
    StringBuilder text =
        new StringBuilder(
            "Job "
                + job
                + ". Arguments: [--config FILE]... [-D key=value]... [--verbose] [--help]\n\nOptions:\n");
    for (Option<?> option : options.all()) {
      text.append("  ")
          .append(option.key())
          .append(option.isRequired() ? " (required)" : " (default: " + option.defaultText() + ")")
          .append("\n      ")
          .append(option.description())
          .append('\n');
    }
    options
        .families()
        .forEach(
            (prefix, description) ->
                text.append("  ")
                    .append(prefix)
                    .append("*\n      ")
                    .append(description)
                    .append('\n'));
    return text.toString();
  }
}
