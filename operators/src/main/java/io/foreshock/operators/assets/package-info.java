/** Names and units of an asset's channels, from the asset registry. */
package io.foreshock.operators.assets;
