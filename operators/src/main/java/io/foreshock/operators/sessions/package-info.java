/** Sessions of assets: operation of machines and trips of vehicles, per asset, on its own clock. */
package io.foreshock.operators.sessions;
