import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { find, phraseFiles } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { readYaml } from '../../src/catalog/read-yaml.js';
import { languages, type Phrase, phraseBookSchema, placeholders } from '../../src/domain/text.js';

const src = join(import.meta.dirname, '../../src');
const found = await find();
const { catalog } = load(found);

interface Text {
  readonly where: string;
  readonly text: string;
}

const inBoth = (where: string, phrase: Phrase): Text[] =>
  languages.map((language) => ({ where: `${where} ${language}`, text: phrase[language] }));

const steps = Object.values(catalog.steps);
const stepTexts = (pick: (words: (typeof steps)[number]['text']['en']) => readonly string[]): Text[] =>
  steps.flatMap(({ id, text }) =>
    languages.flatMap((language) => pick(text[language]).map((one) => ({ where: `${id} ${language}`, text: one }))),
  );

const causes = Object.entries(catalog.causes);
const runbooks = Object.values(catalog.runbooks);
const asked = runbooks.flatMap(({ id, nodes }) =>
  Object.entries(nodes).flatMap(([name, node]) => ('ask' in node ? inBoth(`${id}.${name}`, node.ask) : [])),
);

const titles: readonly Text[] = [
  ...stepTexts(({ title }) => [title]),
  ...runbooks.flatMap(({ id, title }) => inBoth(id, title)),
  ...Object.entries(catalog.elimination).flatMap(([id, { title }]) => inBoth(id, title)),
  ...causes.flatMap(([id, { title, remedies }]) =>
    [title, ...remedies.map((remedy) => remedy.title)].flatMap((one) => inBoth(id, one)),
  ),
];
const questions: readonly Text[] = [...stepTexts(({ question }) => [question]), ...asked];
const sentences: readonly Text[] = [
  ...stepTexts(({ why, outcomes }) => [why, ...Object.values(outcomes)]),
  ...runbooks.flatMap(({ id, hint }) => inBoth(id, hint)),
  ...causes.flatMap(([id, { statement, remedies }]) =>
    [statement, ...remedies.map(({ effect }) => effect)].flatMap((one) => inBoth(id, one)),
  ),
];
const phrases = Object.entries(catalog.phrases).flatMap(([key, phrase]) => inBoth(key, phrase));
const everything = [...titles, ...questions, ...sentences, ...phrases];

const wrong = (texts: readonly Text[], isWrong: (text: string) => boolean) =>
  texts.filter(({ text }) => isWrong(text)).map(({ where, text }) => `${where}: ${text}`);

describe('the texts for people', () => {
  it('are as wide on every terminal', () => {
    const ambiguous = (text: string) => stringWidth(text) !== stringWidth(text, { ambiguousIsNarrow: false });
    expect(wrong(everything, ambiguous)).toEqual([]);
  });

  it('stand on one line, trimmed, in one space at a time', () => {
    expect(wrong(everything, (text) => !/^\S([^\n]*\S)?$/.test(text) && text !== ', ')).toEqual([]);
  });

  it('shout at nobody', () => expect(wrong(everything, (text) => /[!\uff01]/.test(text))).toEqual([]));

  it('end with a full stop where they are sentences', () => {
    expect(wrong(sentences, (text) => !text.endsWith('.'))).toEqual([]);
  });

  it('end with a question mark where they ask', () => {
    expect(wrong(questions, (text) => !text.endsWith('?'))).toEqual([]);
  });

  it('end without a full stop where they are titles', () => {
    expect(wrong(titles, (text) => /[.?:]$/.test(text))).toEqual([]);
  });

  it('are not the English ones where they are Chinese', () => {
    const chinese = everything.filter(({ where, text }) => where.endsWith('zh-CN') && !/\p{Script=Han}/u.test(text));
    const prose = chinese.filter((one) => [...sentences, ...questions].includes(one));
    expect(prose).toEqual([]);
  });
});

describe.each(causes)('cause %s', (_, { statement, title, remedies }) => {
  it('says the same facts in both languages', () => {
    const pairs = [statement, title, ...remedies.flatMap((remedy) => [remedy.title, remedy.effect])];
    const facts = (text: string) => [...new Set(placeholders(text))].sort().join();
    expect(pairs.filter((phrase) => facts(phrase.en) !== facts(phrase['zh-CN']))).toEqual([]);
  });
});

const files = phraseFiles.map((path) => {
  const read = readYaml({ id: path, path, source: readFileSync(join(src, '..', path), 'utf8') }, phraseBookSchema);
  return { path, folder: path.split('/')[1] ?? '', read, keys: Object.keys(read.value ?? {}) };
});

/** The reports leave out their own name; everybody else writes the whole key. */
const inFull = (folder: string, key: string) => (folder === 'report' ? `report.${key}` : key);

const codeOf = (folder: string) =>
  readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(src, folder, name), 'utf8'))
    .join('\n');

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Strings of the code that can be a key: as they are, or with any word in the place of `${...}`. */
const keyPatterns = (folder: string): RegExp[] => {
  const code = codeOf(folder);
  const plain = [...code.matchAll(/'([\w.-]+)'/g)].map(([, text]) => escaped(text ?? ''));
  const templates = [...code.matchAll(/`((?:[\w.-]|\$\{[^{}`]*\})+)`/g)]
    .map(([, text]) => (text ?? '').split(/\$\{[^}]*\}/))
    .filter((parts) => parts.some((part) => /[\w-]+\.|\.[\w-]+/.test(part)))
    .map((parts) => parts.map(escaped).join('[\\w.-]+'));
  return [...new Set([...plain, ...templates])].map((pattern) => new RegExp(`^${inFull(folder, pattern)}$`));
};

/** Keys of `say('key')` and `say(speaker, 'key')`. */
const saidIn = (folder: string): string[] =>
  [...codeOf(folder).matchAll(/\bsay\(\s*(?:[\w.]+,\s*)?'([\w.-]+)'\s*[,)]/g)].map(([, key]) =>
    inFull(folder, key ?? ''),
  );

const folders = ['ui', 'commands', 'report'];
const patterns = folders.flatMap(keyPatterns);

describe.each(files)('$path', ({ read, keys }) => {
  it('is whole and names the same facts in both languages', () => {
    expect(read.problems).toEqual([]);
    const facts = (text: string) => placeholders(text).sort().join();
    const differ = Object.entries(read.value ?? {}).filter(([, phrase]) => facts(phrase.en) !== facts(phrase['zh-CN']));
    expect(differ).toEqual([]);
  });

  it('holds no phrase that nobody says', () => {
    expect(keys.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });
});

it.each(folders)('every phrase that src/%s says is there', (folder) => {
  const known = new Set(files.flatMap(({ keys }) => keys));
  expect(saidIn(folder).filter((key) => !known.has(key))).toEqual([]);
});
