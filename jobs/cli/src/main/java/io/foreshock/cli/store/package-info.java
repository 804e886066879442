/** {@code foreshock store}: the operational store. */
package io.foreshock.cli.store;
