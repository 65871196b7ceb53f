import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readErrorText } from '../../../src/parse/errors/error-text.js';
import { knownErrors } from '../../../src/parse/errors/known-errors.js';

interface Message {
  readonly of: string;
  readonly text: string;
  readonly signs: readonly string[];
  readonly symptoms: readonly string[];
  readonly to?: string;
}

const file = new URL('../../fixtures/error-text/messages.json', import.meta.url);
const messages = JSON.parse(readFileSync(file, 'utf8')) as readonly Message[];

const written = ({ destination }: ReturnType<typeof readErrorText>) =>
  destination && [destination.host, destination.port].filter((part) => part !== undefined).join(':');

describe('an error that somebody pastes', () => {
  it.each(messages)('$of: $text', ({ text, signs, symptoms, to }) => {
    const read = readErrorText(text);
    expect(new Set(read.matched.map(({ sign }) => sign))).toEqual(new Set(signs));
    expect(read.symptoms).toEqual(symptoms);
    expect(written(read)).toBe(to);
  });

  it('shows words that stand in the text', () => {
    for (const { text } of messages) for (const { words } of readErrorText(text).matched) expect(text).toContain(words);
  });

  it('counts what everything says only where nothing more telling is said', () => {
    expect(readErrorText('lookup cart on 10.96.0.10:53: no such host, then i/o timeout').matched).toEqual([
      { sign: 'name-unknown', words: 'lookup cart on 10.96.0.10:53: no such host', symptom: 'dns-fails' },
    ]);
  });

  it('is never thrown off and takes no long time, whatever is pasted', () => {
    const pieces = [
      ...messages.map(({ text }) => text),
      ...knownErrors.map(({ words }) => words.source),
      ' ',
      ':',
      '\n',
    ];
    const pasted = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(pasted, (text) => {
        const { matched, symptoms } = readErrorText(text);
        expect(symptoms.length).toBeLessThanOrEqual(matched.length);
      }),
    );
    for (const part of ['lookup ', 'a.', ':', '(', 'host=', 'https://a@', 'plugin/errors: 2 ', '0'])
      readErrorText(part.repeat(100_000));
  });
});
