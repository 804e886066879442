/** Avro values on topics of tenants: options, schema registry, what a job's sink needs. */
package io.foreshock.runtime.avro;
