/**
 * Avro values on topics that ML tools read: features, sessions, predictions. Encodes and decodes
 * one record; how a schema is made is not here, nor how a schema registry is spoken to.
 */
package io.foreshock.codec.avro;
