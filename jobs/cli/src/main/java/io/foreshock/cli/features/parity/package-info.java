/** Rows as they are served against rows as they are computed of history. */
package io.foreshock.cli.features.parity;
