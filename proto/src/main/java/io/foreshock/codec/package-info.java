/**
 * Wire form to domain and back. Codecs know no Flink and hold no state; generated Protobuf classes
 * do not leave this package, except into the stream operator that decodes.
 */
package io.foreshock.codec;
