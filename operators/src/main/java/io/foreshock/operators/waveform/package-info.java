/** What is computed of blocks of samples: statistics, spectra, envelopes, lines of bearings. */
package io.foreshock.operators.waveform;
