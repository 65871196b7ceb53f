const SECRET_WORD =
  /(?:password|passwd|passphrase|secret|token|apikey|accesskey|secretkey|privatekey|presharedkey|credentials?)$/;
const KIND_OF_KEY =
  /(?:api|access|secret|private|preshared|signing|encryption|master|auth|account|shared|hmac|client)$/;
const ONLY_WITH_OWNER = new Set(['pass', 'pwd', 'psk']);

// `secretName`, `TOKEN_TTL`, `PASSWORD_FILE`: these say where a secret is or how it behaves.
const POINTERS = new Set(
  (
    'file path dir directory name names ref refs ttl url uri endpoint host hostname port timeout expiry expiration expires ' +
    'seconds minutes enabled enable disabled type issuer audience length count namespace size version mount class provider ' +
    'store policy rotation required interval max min limit'
  ).split(' '),
);

// The kubelet writes these for a Service that happens to be called `token` or `secret-manager`.
const SERVICE_LINK = /_(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PORT|PROTO|ADDR))?)?)$/;

const WHOLE_NAMES = new Set(['client-key-data', 'tls.key', 'ca.key', '_auth', '.dockercfg', '.dockerconfigjson']);
const HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}

function isSecretWord(word: string, before: string | undefined): boolean {
  if (SECRET_WORD.test(word)) return true;
  if (before === undefined) return false;
  return ONLY_WITH_OWNER.has(word) || (word === 'key' && KIND_OF_KEY.test(before));
}

/** Does a variable, field or flag of this name hold a secret itself? */
export function looksSecret(name: string): boolean {
  if (WHOLE_NAMES.has(name)) return true;
  // A whole sentence as the key of a map is no name.
  if (name.length > 120 || !/^[\w./-]+(?: [\w./-]+)?$/.test(name) || SERVICE_LINK.test(name)) return false;
  const parts = words(name);
  const last = parts.at(-1);
  if (last === undefined || POINTERS.has(last)) return false;
  // An environment variable may carry the word anywhere (SECRET_KEY_BASE); an API field only at its end (tokenReview).
  const first = name === name.toUpperCase() ? 0 : parts.length - 1;
  return parts.some((word, at) => at >= first && isSecretWord(word, parts[at - 1])) || /secret[_-]key/i.test(name);
}

/** Names in `{name, value}` pairs, which also carry HTTP headers of probes. */
export function namesSecretPair(name: string): boolean {
  return HEADERS.has(name.toLowerCase()) || looksSecret(name);
}

const EMPTY_WORD = /^(?:true|false|yes|no|on|off|null|nil|none|undefined|~|\*+|\[?redacted\]?)$/i;
const REFERENCE = /^(?:\$\([\w.-]+\)?|\$\{[\w.-]+\}?|\$[A-Z][A-Z0-9_]*)$/;
const PLACEHOLDER = /^<(?:set|none|unset|nil|redacted|masked|unknown|error|no value)\b/i;
const FILE = /^\/(?:etc|var|run|tmp|home|opt|usr|mnt|root|secrets?|vault|dev|proc|sys)\//;

/** A secret-looking name is no proof: these values are switches, references, file names or masks. */
export function isHarmless(value: string): boolean {
  return value === '' || EMPTY_WORD.test(value) || REFERENCE.test(value) || PLACEHOLDER.test(value) || FILE.test(value);
}
