/** The asset registry: files of assets, and the topic that jobs read. */
package io.foreshock.cli.assets;
