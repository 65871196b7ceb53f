import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { hops } from '../../src/domain/hop.js';
import { levels } from '../../src/domain/level.js';
import { placeholders } from '../../src/domain/text.js';
import { seenKeys } from '../../src/ui/first-look.js';
import { actions, groups } from '../../src/ui/keys.js';
import { overlays } from '../../src/ui/state.js';
import { symptoms } from '../../src/ui/symptoms.js';
import { shopCatalog, uiPhrases } from './shop-catalog.js';

const folder = fileURLToPath(new URL('../../src/ui', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n');

// Questions on the way onto a node are asked by a command and shown by the screen.
const asked = readFileSync(fileURLToPath(new URL('../../src/commands/node-questions.ts', import.meta.url)), 'utf8');

const literal = [...(sources + asked).matchAll(/'((?:ui|report)\.[\w.-]*\w)'/g)].map(([, key = '']) => key);

/** Keys that are put together from a word, with every word there is. */
const composed: Record<string, readonly string[]> = {
  'ui.act.': actions.map(({ id }) => id),
  'ui.act.accept-': ['intake', 'walk', 'verdict', 'failed'],
  'ui.does.': actions.map(({ id }) => id),
  'ui.group.': groups,
  'ui.overlay.': overlays,
  'ui.symptom.': symptoms.flatMap((symptom) => [symptom, `${symptom}.hint`]),
  'ui.level.': levels,
  'ui.hop.': [...hops, 'whole'],
  'ui.mode.': ['live', 'replay', 'practice'],
  'ui.stage.': ['absent', 'elsewhere'],
  'ui.state.': ['run', 'wait'],
  'ui.tree.': ['healthy', 'inconclusive', 'stopped'],
  'ui.verdict.': ['fault', 'healthy', 'inconclusive', 'none'],
  'ui.intake.': ['from', 'to'],
  'ui.seen.': seenKeys,
  'ui.access.level.': ['observe', 'probe', 'node'],
  'ui.access.answer.': ['yes', 'partly', 'no', 'unknown'],
  'ui.earlier.': ['running', 'paused', 'ended', 'damaged'],
  'ui.copy.': ['summary', 'finding', 'folder', 'root'],
  'ui.toast.pace-': ['auto', 'step'],
};

const used = new Set([
  ...literal,
  ...Object.entries(composed).flatMap(([prefix, words]) => words.map((word) => prefix + word)),
]);

describe('the texts of the screens', () => {
  it('has every phrase that is used', () => {
    expect([...used].filter((key) => !(key in shopCatalog.phrases))).toEqual([]);
  });

  it('uses every phrase that it has', () => {
    expect(Object.keys(uiPhrases).filter((key) => !used.has(key))).toEqual([]);
  });

  it('knows every way in which keys are put together', () => {
    const prefixes = [...sources.matchAll(/`(ui\.[\w.-]*)\$\{/g)].map(([, prefix = '']) => prefix);
    expect([...new Set(prefixes)].filter((prefix) => !(prefix in composed))).toEqual([]);
  });

  it('names the same facts in both languages', () => {
    const differing = Object.entries(uiPhrases).filter(
      ([, phrase]) => placeholders(phrase['zh-CN']).toSorted().join() !== placeholders(phrase.en).toSorted().join(),
    );
    expect(differing).toEqual([]);
  });

  it('is as wide in every terminal', () => {
    const texts = Object.values(uiPhrases).flatMap((phrase) => Object.values(phrase));
    expect(texts.filter((text) => stringWidth(text, { ambiguousIsNarrow: false }) !== stringWidth(text))).toEqual([]);
  });
});
