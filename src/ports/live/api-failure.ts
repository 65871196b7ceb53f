import { CannotLook } from '../../domain/cannot-look.js';
import { ApiUnavailable } from './api-unavailable.js';
import { ProxyFailed } from './proxy-tunnel.js';

const plain: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection; is the address right and the server running?',
  ENOTFOUND: 'has a name that cannot be resolved; check the address, the DNS of this machine or the VPN.',
  EAI_AGAIN: 'has a name that cannot be resolved right now; check the DNS of this machine or the VPN.',
  EHOSTUNREACH: 'cannot be reached from this machine; check the network or the VPN.',
  ENETUNREACH: 'cannot be reached from this machine; check the network or the VPN.',
  ETIMEDOUT: 'does not answer; check the network, a firewall or the VPN.',
  ECONNRESET: 'closed the connection in the middle; a proxy or a load balancer may have done it.',
  EPIPE: 'closed the connection in the middle; a proxy or a load balancer may have done it.',
  UND_ERR_SOCKET: 'closed the connection in the middle; a proxy or a load balancer may have done it.',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sent an answer that was cut short.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another name; set tls-server-name or correct the address.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'shows a certificate that nobody vouches for; the certificate authority is missing in the kubeconfig.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'shows a certificate of an unknown authority; correct certificate-authority in the kubeconfig.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'shows a certificate of an unknown authority; correct certificate-authority in the kubeconfig.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'shows a certificate of an unknown authority; correct certificate-authority in the kubeconfig.',
  CERT_SIGNATURE_FAILURE:
    'shows a certificate of another authority of the same name; correct certificate-authority in the kubeconfig.',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired.',
};

const chain = (error: unknown): Error[] => {
  if (!(error instanceof Error)) return [];
  const below = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  return [error, ...below.flatMap(chain)];
};

/** The code of the error, or of what caused it: fetching wraps, connecting to several addresses collects. */
export const codeOf = (error: unknown) => {
  const codes = chain(error).map((item) => (item as NodeJS.ErrnoException).code);
  return codes.find((code) => code !== undefined && code in plain) ?? codes.find((code) => code !== undefined);
};

/** The connection died under the request, which may be no more than a kept one that grew too old. */
export const lostSocket = (error: unknown) => ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error) ?? '');

/** The caller gave up: its own `CannotLook`, a timeout as one, or the reason as it is. */
export const givenUp = (signal: AbortSignal): unknown => {
  const reason: unknown = signal.reason;
  if (reason instanceof Error && reason.name === 'TimeoutError')
    return new CannotLook('timeout', 'There was no answer before the time of the check ran out.');
  return reason;
};

/** What a failed exchange means. `host` is the API server's. Never returns for a mistake of ours. */
export const failure = (error: unknown, host: string): CannotLook => {
  if (error instanceof CannotLook) return error;
  if (error instanceof ProxyFailed)
    return new ApiUnavailable('unreachable', `The API server ${host} cannot be reached: ${error.message}.`);
  const code = codeOf(error);
  if (code === undefined) throw error;
  const words = plain[code] ?? `cannot be talked to (${code}: ${(error as Error).message}).`;
  return new ApiUnavailable('unreachable', `The API server ${host} ${words}`);
};
