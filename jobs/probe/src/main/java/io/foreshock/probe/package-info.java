/** Measures a running installation from the outside: a message in, its alert out. */
package io.foreshock.probe;
