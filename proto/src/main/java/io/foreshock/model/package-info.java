/**
 * Domain records: what streams carry. Immutable, checked when they are made, free of Protobuf.
 *
 * <p>Conventions: times are milliseconds since 1970-01-01T00:00:00Z; an absent text is the empty
 * string and an absent number is NaN, never null; lists are unmodifiable.
 */
package io.foreshock.model;
