/** Topics of tenants, and who may do what with them. */
package io.foreshock.cli.tenants;
