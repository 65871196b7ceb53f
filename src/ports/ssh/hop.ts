/** A host on the way, as ProxyJump and `--ssh-jump` name it. */
export interface Hop {
  readonly user?: string | undefined;
  readonly host: string;
  readonly port?: string | undefined;
}

// "[user@]host[:port]", an IPv6 address in brackets.
const pattern = /^(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/;

export const readHop = (words: string): Hop => {
  const [, user, host = words, port] = pattern.exec(words) ?? [];
  return { user, host: host.replaceAll(/^\[|\]$/g, ''), port };
};
