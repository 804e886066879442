/** Feature sets as Avro schemas, rows as Avro records, and what a change of a schema breaks. */
package io.foreshock.operators.features.avro;
