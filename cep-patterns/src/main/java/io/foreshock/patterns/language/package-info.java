/** The pattern language: YAML documents in, checked definitions and compiled patterns out. */
package io.foreshock.patterns.language;
