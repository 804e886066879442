/**
 * Serializers of what is kept in state or travels between stream operators. Each writes a version
 * in front of every value and reads all older versions, so that a savepoint of an older release
 * restores without migration.
 */
package io.foreshock.state;
