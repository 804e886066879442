/** IMS bearing data, test 2: four bearings on one shaft until one of them failed. */
package io.foreshock.backtest.data.ims;
