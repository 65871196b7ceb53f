import ssh2, { type ParsedKey } from 'ssh2';
import type { HostSettings, Surroundings } from './settings.js';

/** The socket of the agent that the operator's settings name, if there is one. */
export const agentSocket = (
  { identityAgent }: Pick<HostSettings, 'identityAgent'>,
  { env }: Surroundings,
): string | undefined => {
  if (identityAgent === 'none') return undefined;
  return identityAgent === 'SSH_AUTH_SOCK' ? env.SSH_AUTH_SOCK || undefined : identityAgent;
};

/**
 * An agent that shows only some of its keys: servers count every key that is offered as a failed try
 * (MaxAuthTries), and IdentitiesOnly asks for it.
 */
class SomeKeys extends ssh2.OpenSSHAgent {
  constructor(
    socket: string,
    private readonly wanted: readonly Buffer[],
  ) {
    super(socket);
  }
  override getIdentities(done: Parameters<ssh2.OpenSSHAgent['getIdentities']>[0]) {
    super.getIdentities((error, keys = []) => {
      const shown = keys.filter((key) => this.wanted.some((blob) => blob.equals((key as ParsedKey).getPublicSSH())));
      if (error) done(error);
      else done(undefined, shown);
    });
  }
}

export const agentAt = (socket: string, only?: readonly Buffer[]): ssh2.OpenSSHAgent =>
  only ? new SomeKeys(socket, only) : new ssh2.OpenSSHAgent(socket);
