/**
 * Feature sets as data: what is computed of which channel, over which windows, when a row is due.
 */
package io.foreshock.operators.features.definition;
