package io.foreshock.manifests;

/**
 * Something that is wrong with a manifest.
 *
 * @param rung which step of the check found it: 0 references and rules, 1 schema, 2 options, 3 the
 *     operator's validator
 * @param place file and line where the field was given, relative to where the check was started;
 *     the overlay when it was given nowhere
 * @param resource kind and name, e.g. {@code FlinkDeployment precursors}
 * @param field path of the field, e.g. {@code spec.job.jarURI}
 * @param rule what is wrong: the value and the rule it breaks
 * @param remedy what to do
 */
public record Problem(
    int rung, String place, String resource, String field, String rule, String remedy) {

  /** One line: file, resource, field, what is wrong, what to do. */
  @Override
  public String toString() {
    return place + ": " + resource + ", " + field + ": " + rule + " " + remedy;
  }
}
