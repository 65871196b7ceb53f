const SERVICE = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const HOST_LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

export class InvalidName extends Error {
  override readonly name = 'InvalidName';
}

/** DNS-1035 label: Services, which unlike other names may not begin with a digit. */
export function isServiceName(text: string): boolean {
  return SERVICE.test(text);
}

/** What may be looked up in DNS: case does not matter, SRV names begin with an underscore, a final dot is absolute. */
export function isHostName(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  return name.length <= 253 && name.split('.').every((part) => HOST_LABEL.test(part));
}

export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}

/** IANA service name: `http`, `grpc-web`. */
export function isPortName(text: string): boolean {
  return /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** Kubernetes lets RBAC names hold `:` and upper case, but nothing that changes the path they are put into. */
export function isPathSegment(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/.test(text);
}

/** The segment to put into a request path, or an error: nothing that is not a name reaches the API server. */
export function pathSegment(text: string): string {
  if (!isPathSegment(text)) throw new InvalidName(`not a name: ${JSON.stringify(text.slice(0, 80))}`);
  return encodeURIComponent(text);
}
