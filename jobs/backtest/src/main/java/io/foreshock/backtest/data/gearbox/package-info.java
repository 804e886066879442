/** The public gearbox data set: vibration of a healthy gearbox and of one with a broken tooth. */
package io.foreshock.backtest.data.gearbox;
