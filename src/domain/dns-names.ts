const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** DNS-1123 label: namespaces, containers. */
export function isDnsLabel(text: string): boolean {
  return LABEL.test(text);
}

/** DNS-1123 subdomain: pods, nodes and most other objects. Each label is capped at 63 only by DNS, not by Kubernetes. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(part));
}
