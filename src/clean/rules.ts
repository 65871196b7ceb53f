/** One shape of secret. `keep` stays, `secret` (or else the whole match) is masked. Patterns run in linear time. */
export interface Rule {
  readonly name: string;
  readonly kind: string;
  readonly pattern: RegExp;
  /** A cheap sign that the pattern is worth trying at all. */
  readonly sign?: string;
}

const CLOUD_KEYS = [
  '\\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\\b',
  '\\bAIza[0-9A-Za-z_-]{35}',
  '\\bya29\\.[0-9A-Za-z_-]{20,}',
  '\\bGOCSPX-[0-9A-Za-z_-]{20,}',
  '\\bLTAI[0-9A-Za-z]{12,26}\\b',
  '\\bAKID[0-9A-Za-z]{28,36}\\b',
  '\\bgh[pousr]_[0-9A-Za-z]{30,}',
  '\\bgithub_pat_[0-9A-Za-z_]{22,}',
  '\\bglpat-[0-9A-Za-z_-]{20,}',
  '\\bxox[abeoprs]-[0-9A-Za-z-]{10,}',
  '\\bxapp-[0-9A-Za-z-]{20,}',
  '\\b[rs]k_(?:live|test)_[0-9A-Za-z]{16,}',
  '\\bsk-(?:proj|ant|svcacct)-[0-9A-Za-z_-]{20,}',
  '\\bsk-(?=[0-9a-z]{0,64}[A-Z])[0-9A-Za-z]{32,}',
  '\\bnpm_[0-9A-Za-z]{36}',
  '\\bdckr_pat_[0-9A-Za-z_-]{20,}',
  '\\bdop_v1_[0-9a-f]{64}',
  '\\bSG\\.[0-9A-Za-z_-]{16,64}\\.[0-9A-Za-z_-]{16,}',
  '\\bhv[sbr]\\.[0-9A-Za-z_-]{20,}',
  '\\btskey-[0-9A-Za-z-]{10,}',
  '\\bAGE-SECRET-KEY-1[0-9A-Z]{20,}',
  '[78]Q~[0-9A-Za-z_~.-]{31,34}',
];

const BASE64_OF_PRIVATE_KEY =
  'LS0tLS1CRUdJTiB(?:QUklWQVRF|SU0EgUFJJ|FQyBQUklW|PUEVOU1NI|FTkNSWVBURUQ|EU0Eg)[A-Za-z0-9+/=]*';

export const RULES: readonly Rule[] = [
  {
    name: 'private-key',
    kind: 'private-key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-(?!----)[^-]*)*-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    // Cut off before its end: as far as lines look like base64, in plain text or with `\n` written out.
    name: 'private-key-cut',
    kind: 'private-key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:\s|\\{1,7}[nrt])+[A-Za-z0-9+/=]{1,200}(?![^\s\\"'<]))*/g,
  },
  { name: 'private-key-base64', kind: 'private-key', pattern: new RegExp(BASE64_OF_PRIVATE_KEY, 'g') },
  {
    name: 'authorization-header',
    kind: 'authorization',
    pattern:
      /(?<keep>\b(?:proxy-)?authorization\\{0,7}["']?[ \t]{0,8}[:=][ \t]{0,8}\[?\\{0,7}["']?(?:basic|bearer|negotiate|ntlm|token|apikey)[ \t]{1,8})(?<secret>[^\s\\"'\],]+)/gi,
  },
  {
    // These schemes are lists of parameters, most of them secret.
    name: 'authorization-parameters',
    kind: 'authorization',
    pattern:
      /(?<keep>\b(?:proxy-)?authorization\\{0,7}["']?[ \t]{0,8}[:=][ \t]{0,8}\[?\\{0,7}["']?(?:digest|signature|hmac|aws4-hmac-sha256|tc3-hmac-sha256)[ \t]{1,8})(?<secret>[^\r\n]+)/gi,
  },
  {
    // Without a scheme only what cannot be a word: `authorization: Webhook` is a setting.
    name: 'authorization-opaque',
    kind: 'authorization',
    pattern:
      /(?<keep>\b(?:proxy-)?authorization\\{0,7}["']?[ \t]{0,8}[:=][ \t]{0,8}\[?\\{0,7}["']?)(?<secret>(?=[A-Za-z._~+/=-]{0,200}\d|[A-Za-z._~+/=-]{20})[^\s\\"'\],]{6,})/gi,
  },
  {
    // The name of a cookie and its attributes are evidence of session affinity.
    name: 'set-cookie',
    kind: 'cookie',
    pattern:
      /(?<keep>\bset-cookie2?\\{0,7}["']?[ \t]{0,8}:[ \t]{0,8}\[?\\{0,7}["']?[^\s=;:"'\\]{1,256}=\\{0,7}"?)(?<secret>[^;\s"'\\]+)/gi,
  },
  {
    name: 'cookie',
    kind: 'cookie',
    pattern:
      /(?<keep>(?<![\w-])cookie\\{0,7}["']?[ \t]{0,8}:[ \t]{0,8}\[?\\{0,7}["']?)(?<secret>[^\s=;:"'\\]{1,256}=[^\r\n"'\\]+)/gi,
  },
  {
    name: 'jwt',
    kind: 'jwt',
    pattern: /eyJ[A-Za-z0-9_-]{10,1000}(?:\.[A-Za-z0-9_-]*){1,4}/g,
  },
  {
    // "Bearer authentication" is prose; a token has a digit, mixed case, or is long.
    name: 'bearer',
    kind: 'bearer',
    pattern:
      /(?<keep>\b(?:[Bb]earer|BEARER)(?:[ \t]|%20|\+){1,8})(?<secret>(?=[A-Za-z._~+/=-]{0,200}\d|[A-Za-z._~+/=-]{0,200}[a-z][A-Z]|[A-Za-z._~+/=-]{20})[A-Za-z0-9._~+/=-]{8,})/g,
  },
  {
    // Greedy, because a raw `@` in a password leaves the last one as the border.
    name: 'url-password',
    kind: 'password',
    pattern: /(?<keep>:\/\/[^\s/@:"'<>]{0,256}:)(?<secret>[^\s/?#"'<>`]{1,1024})(?=@)/g,
  },
  {
    name: 'dsn-password',
    kind: 'password',
    sign: '@',
    pattern: /(?<keep>(?<![^\s"'=])[^\s:@/"'=<>]{1,64}:)(?<secret>[^\s"']{1,256})(?=@(?:tcp|udp|unix)\()/g,
  },
  {
    name: 'url-signature',
    kind: 'signature',
    pattern:
      /(?<keep>[?&](?:sig|x-amz-signature|x-amz-credential|x-goog-signature|x-oss-signature|q-signature|signature)=)(?<secret>[^\s&"'<>\\]+)/gi,
  },
  {
    // Not `-u 1000:1000`: that is a user and a group.
    name: 'command-user',
    kind: 'password',
    sign: '-u',
    pattern: /(?<keep>(?<=\s)(?:-u|--user|--proxy-user)[ =]["']?[^\s:"']{1,128}:)(?<secret>(?!\d+(?!\S))[^\s"']+)/g,
  },
  { name: 'cloud-key', kind: 'cloud-key', pattern: new RegExp(CLOUD_KEYS.join('|'), 'g') },
  {
    name: 'registry-auth',
    kind: 'registry-auth',
    pattern:
      /(?<keep>"auth\\{0,7}"[ \t]{0,8}:[ \t]{0,8}\\{0,7}")(?<secret>(?=[a-z]{0,200}[A-Z0-9+/=])[A-Za-z0-9+/=]{8,})(?=\\{0,7}")/g,
  },
  {
    // `neighbor 10.0.0.1 password x` of FRR, `auth_pass x` of keepalived, `password "x";` of BIRD.
    name: 'routing-password',
    kind: 'password',
    pattern:
      /(?<keep>\b(?:neighbor[ \t]{1,8}\S{1,64}[ \t]{1,8}password|auth_pass|requirepass|masterauth|password(?=[ \t]{1,8}"))[ \t]{1,8}"?)(?<secret>[^\s"]+)/g,
  },
  {
    // `enc cbc(aes) 0x…` of `ip xfrm state`, `private key: …` of `wg`.
    name: 'tunnel-key',
    kind: 'tunnel-key',
    pattern:
      /(?<keep>\b(?:(?:auth|auth-trunc|enc|aead)[ \t]{1,8}\S{1,64}[ \t]{1,8}|(?:private|preshared)[ \t]key[ \t]{0,8}[:=][ \t]{0,8}))(?<secret>0x[0-9a-fA-F]{16,}|[A-Za-z0-9+/]{43}=)/gi,
  },
];
