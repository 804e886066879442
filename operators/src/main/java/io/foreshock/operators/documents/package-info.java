/**
 * Documents that people write (patterns, channels, feature sets): YAML that knows its lines,
 * checked so that an author sees everything that is wrong in one answer.
 */
package io.foreshock.operators.documents;
