/** Commands about the deployment on Kubernetes. */
package io.foreshock.cli.k8s;
