/** The patterns and channels that come with Foreshock. */
package io.foreshock.patterns.catalogue;
