/**
 * Checks Kubernetes manifests before a cluster sees them: rendering, references and rules, schemas,
 * Flink's options, the operator's own validator.
 */
package io.foreshock.manifests;
