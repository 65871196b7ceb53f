import { type Capped, capBytes, capString, capText, type Limits, withDefaults } from './cap.js';
import { mapJson } from './map-json.js';
import { withoutSequences, withUnseenShown } from './sequences.js';

const ONLY_PLAIN_ASCII = /^[\n\t\x20-\x7e]*$/;

function safe(text: string): string {
  if (ONLY_PLAIN_ASCII.test(text)) return text;
  return withUnseenShown(withoutSequences(text.toWellFormed()));
}

/** The one gate for text from outside; also tells what was cut, for the journal. */
export function sanitiseCapped(input: Uint8Array | string, limits: Partial<Limits> = {}): Capped {
  const wanted = withDefaults(limits);
  if (typeof input === 'string') {
    const kept = capString(input, wanted.total);
    return capText(safe(kept.text), wanted, kept.cut);
  }
  const kept = capBytes(input, wanted.total);
  return capText(safe(new TextDecoder().decode(kept.bytes)), wanted, kept.cut);
}

/** Text that is safe to store and to draw. Doing it twice changes nothing. */
export function sanitise(input: Uint8Array | string, limits: Partial<Limits> = {}): string {
  return sanitiseCapped(input, limits).text;
}

/** The same for every string and key of a parsed JSON value: an escape written as `\u001b` exists only after parsing. */
export function sanitiseJson<T>(value: T, limits: Partial<Limits> = {}): T {
  const clean = (text: string) => sanitise(text, limits);
  return mapJson(value, { text: clean, key: clean });
}
