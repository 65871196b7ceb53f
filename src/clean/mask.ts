import { createHmac } from 'node:crypto';

/** Replaces one secret by its token and counts it for the rule. */
export type Mask = (rule: string, kind: string, secret: string) => string;

export type Salt = string | Uint8Array;

const TOKEN = /^<redacted:[a-z0-9-]+:[0-9a-f]+>$/;

/** Short enough to read, salted so that nobody can test guesses; equal inputs stay equal within one bundle. */
export function fingerprint(salt: Salt, secret: string, digits: number): string {
  return createHmac('sha256', salt).update(secret).digest('hex').slice(0, digits);
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function createMask(salt: Salt, tally: Map<string, number>): Mask {
  return (rule, kind, secret) => {
    if (secret === '' || isToken(secret)) return secret;
    tally.set(rule, (tally.get(rule) ?? 0) + 1);
    return `<redacted:${kind}:${fingerprint(salt, secret, 4)}>`;
  };
}
