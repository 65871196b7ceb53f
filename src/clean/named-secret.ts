import type { Mask } from './mask.js';
import { isHarmless, looksSecret, namesSecretPair } from './secret-name.js';
import { type Place, type Span, secretSpan } from './secret-value.js';

interface Shape {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly separator?: string;
  readonly tells: (name: string) => boolean;
}

const TRIGGER = /pass|pwd|psk|secret|token|key|credential|auth|cookie|docker|last-applied/i;

const SHAPES: readonly Shape[] = [
  {
    rule: 'named-secret',
    tells: looksSecret,
    // The name is matched inside a lookahead so that it is never given back letter by letter.
    pattern:
      /(?<![\w.-])(?=(?<name>[A-Za-z_.-][\w.-]{1,120}))\k<name>(?<quote>\\{0,7}["'`])?[ \t]{0,16}(?<separator>=>|:=|[:=])(?<gap>[ \t]{0,64})/g,
  },
  {
    rule: 'named-pair',
    tells: namesSecretPair,
    separator: ':',
    pattern:
      /(?:name|key)(?<=[\s{,"'\\-](?:name|key))\\{0,7}["']?[ \t]{0,8}:[ \t]{0,8}\\{0,7}["']?(?<name>[\w.-]{1,120})\\{0,7}["']?[ \t]{0,8}(?:,|\r?\n)\s{0,200}\\{0,7}["']?value\\{0,7}["']?[ \t]{0,8}:[ \t]{0,8}/gi,
  },
  {
    rule: 'named-flag',
    tells: looksSecret,
    separator: ' ',
    pattern: /(?<![^\s"'[,])--(?<name>[a-z][\w-]{1,80})["']?[ \t,]{1,8}(?=[^\s-])/g,
  },
];

const INSIDE_TOKEN = '<redacted:';
const LAST_APPLIED = 'last-applied-configuration';
// kubectl describe puts the value on the next line.
const OBJECT_ON_NEXT_LINE = /\s{0,200}(?<secret>\{[^\n]*)/y;

const WORDS = /^[A-Za-z]+[.,:;]?$/;
const ADDRESS = /^\[?[0-9a-f]*[.:][0-9a-f.:\]]*(?:\/\d+)?[.,:;]?$/i;
const PASSWORD_LIKE = /^(?:password|passwd|passphrase)$/i;

/** "failed to get token: Post …" is evidence. A single word counts as a key only where a key may stand. */
function isKeyPosition(name: string, { before, gap }: Place): boolean {
  // Go prints structs as `{Host:cart Password:x}`.
  const isField = gap === '' && /^[A-Z]/.test(name);
  return isField || /[_.-]|[a-z][A-Z]/.test(name) || !/[\p{L}\p{N})%][ \t]*$/u.test(before);
}

function isSecretThere(name: string, value: string, place: Place): boolean {
  if (isHarmless(value)) return false;
  if (place.separator !== ':') return true;
  // nsswitch.conf: `passwd: files systemd`.
  if (name === 'passwd') return false;
  if (isKeyPosition(name, place)) return true;
  return PASSWORD_LIKE.test(name) && !WORDS.test(value) && !ADDRESS.test(value);
}

function lastApplied(text: string, place: Place): Span | undefined {
  OBJECT_ON_NEXT_LINE.lastIndex = place.at;
  const json = OBJECT_ON_NEXT_LINE.exec(text)?.groups?.secret;
  if (json === undefined) return secretSpan(text, place);
  return { start: OBJECT_ON_NEXT_LINE.lastIndex - json.length, end: OBJECT_ON_NEXT_LINE.lastIndex };
}

function placeOf(text: string, found: RegExpMatchArray & { index: number }, shape: Shape): Place {
  // Far enough back for any indent; a whole line would make one long line quadratic.
  const near = text.slice(Math.max(0, found.index - 200), found.index);
  const { separator = shape.separator ?? '', gap = ' ' } = found.groups ?? {};
  return { at: found.index + found[0].length, separator, gap, before: near.slice(near.lastIndexOf('\n') + 1) };
}

/** `"shop/token:http"` in a rule comment and `…/cart/token": dial tcp` in an error end a path; they name nothing. */
function endsPath(text: string, found: RegExpMatchArray & { index: number }, place: Place): boolean {
  if (!place.before.endsWith('/') || place.separator !== ':') return false;
  return found.groups?.quote === undefined ? place.gap === '' : !/["'\\]/.test(text[place.at] ?? '');
}

function spanOf(text: string, found: RegExpMatchArray & { index: number }, shape: Shape): Span | undefined {
  const name = found.groups?.name ?? '';
  const place = placeOf(text, found, shape);
  if (place.before.endsWith(INSIDE_TOKEN)) return undefined;
  if (name === LAST_APPLIED) return lastApplied(text, place);
  if (!shape.tells(name) || endsPath(text, found, place)) return undefined;
  const span = secretSpan(text, place);
  return span && isSecretThere(name, text.slice(span.start, span.end), place) ? span : undefined;
}

function maskShape(text: string, shape: Shape, mask: Mask): string {
  let done = 0;
  const parts: string[] = [];
  for (const found of text.matchAll(shape.pattern)) {
    if (found.index < done) continue;
    const span = spanOf(text, found, shape);
    if (span === undefined || span.end <= span.start) continue;
    const applied = found.groups?.name === LAST_APPLIED;
    parts.push(
      text.slice(done, span.start),
      mask(
        applied ? 'last-applied' : shape.rule,
        applied ? 'last-applied' : 'secret',
        text.slice(span.start, span.end),
      ),
    );
    done = span.end;
  }
  return done === 0 ? text : parts.join('') + text.slice(done);
}

/** Masks values whose name gives them away: env, flags, YAML, JSON, connection strings. */
export function maskNamed(text: string, mask: Mask): string {
  if (!TRIGGER.test(text)) return text;
  return SHAPES.reduce((masked, shape) => maskShape(masked, shape, mask), text);
}
