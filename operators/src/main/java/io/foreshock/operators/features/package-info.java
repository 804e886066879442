/**
 * Features from slices: a reading is added to one slice of its channel, and any number of windows
 * is computed of slices. What comes out is a function of the set of readings alone, bit for bit.
 */
package io.foreshock.operators.features;
