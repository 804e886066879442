/**
 * Conditions of stages: CEL, compiled once per task to plain predicates where possible, interpreted
 * where not.
 */
package io.foreshock.patterns.condition;
