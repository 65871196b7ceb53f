import { CannotLook } from '../../domain/cannot-look.js';

/** A host as sentences name it. */
export interface Who {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

export const wordsFor = ({ user, host, port }: Who) => `${user}@${host}${port === 22 ? '' : `:${port}`}`;

/** Another back end may succeed where this one lacks a method. */
export class BeyondSsh2 extends CannotLook {}

interface SshError extends Error {
  readonly level?: string;
  readonly code?: string;
}

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: no SSH server listens there',
  EHOSTUNREACH: 'cannot be reached: no route, or a firewall that says so',
  ENETUNREACH: 'cannot be reached: there is no route to its network',
  ECONNRESET: 'cut the connection before the login',
  ENOTFOUND: 'has a name that does not resolve',
  EAI_AGAIN: 'has a name that could not be resolved now',
};

/** What went wrong between here and a login, as a sentence. */
export const refusalOf = (error: unknown, who: Who, notes: readonly string[] = []): CannotLook => {
  if (error instanceof CannotLook) return error;
  const { level, code, message } = error as SshError;
  const host = wordsFor(who);
  const more = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  if (level === 'client-authentication')
    return new CannotLook('forbidden', `SSH: ${host} accepted none of the keys that were offered${more}.`);
  if (level === 'client-timeout' || /timed out/i.test(message))
    return new CannotLook('timeout', `SSH: ${host} gave no answer in time.`);
  const known = byCode[code ?? ''];
  if (known) return new CannotLook('lost', `SSH: ${host} ${known}.`);
  if (level === 'handshake') return new BeyondSsh2('lost', `SSH: no way to talk to ${host} was agreed: ${message}.`);
  return new CannotLook('lost', `SSH: ${host}: ${message}.`);
};
