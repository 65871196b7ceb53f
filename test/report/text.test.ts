import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cannotLookCodes } from '../../src/domain/cannot-look.js';
import { stageSchema } from '../../src/domain/stage.js';
import { placeholders } from '../../src/domain/text.js';
import { phrases } from '../support/report-input.js';

const root = fileURLToPath(new URL('../../src/report', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const source = sources.map((name) => readFileSync(`${root}/${name}`, 'utf8')).join('\n');

describe('the phrases of the reports', () => {
  it('have the same placeholders in both languages', () => {
    for (const [key, phrase] of Object.entries(phrases)) {
      expect({ key, names: placeholders(phrase['zh-CN']).toSorted() }).toEqual({
        key,
        names: placeholders(phrase.en).toSorted(),
      });
    }
  });

  it('exist for every key that the reports name', () => {
    const named = [...source.matchAll(/(?:say|text|todo)\((?:input|speaker), '([\w.-]+)'[,)]/g)].map(
      (match) => match[1],
    );
    expect(named.length).toBeGreaterThan(50);
    for (const key of named) expect(phrases).toHaveProperty([`report.${key}`]);
  });

  it('exist for every stage and every reason', () => {
    const wanted = [
      ...stageSchema.options.map((stage) => `stage.${stage}`),
      ...cannotLookCodes.map((code) => `reason.${code}`),
    ];
    for (const key of wanted) expect(phrases).toHaveProperty([`report.${key}`]);
  });
});
