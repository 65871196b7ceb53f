import type { Catalog } from '../src/catalog/catalog.js';
import type { Cause, Elimination, Observation } from '../src/domain/cause.js';
import { type Double, doublesOf } from '../src/domain/doubles.ts';
import { merged } from '../src/domain/merged.ts';

/** A fault of the lab, and the causes that are right as the answer to it: mostly one. */
export interface Shown {
  readonly name: string;
  readonly causes: readonly string[];
}

/** What the lab shows, and why it cannot show the rest, by causes. */
export interface InLab {
  readonly faults: readonly Shown[];
  readonly outOfReach: Readonly<Record<string, string>>;
}

const code = (word: string) => `\`${word}\``;

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const observed = (items: readonly Observation[]) =>
  merged(items).map((together) =>
    together.map(({ step, outcomes }) => `${code(step)}: ${outcomes.map(code).join(' or ')}`).join(' and '),
  );

const rows = (name: string, lines: readonly string[]) => lines.map((line) => `| ${name} | ${cell(line)} |`);

const keptBy = (id: string, elimination: Elimination) =>
  Object.entries(elimination)
    .filter(([, { keeps }]) => keeps.includes(id))
    .map(([name, { title }]) => `${code(name)}: ${title.en}`);

const confusionLine = (causes: Catalog['causes'], [other, double]: readonly [string, Double]) =>
  `${other} (${causes[other]?.title.en}): ${
    typeof double === 'string'
      ? `told apart by ${code(double)}`
      : `no rival, one can be why the other holds. ${double.en}`
  }`;

const reach = ({ proves, supports }: Cause) => {
  if (proves.length > 0) return 'certain';
  return supports.strong.length > 0 ? 'probable' : 'possible';
};

const shownBy = (id: string, faults: readonly Shown[]) =>
  faults
    .filter(({ causes }) => causes.includes(id))
    .map(({ name, causes }) => {
      const others = causes.filter((other) => other !== id);
      return code(name) + (others.length > 0 ? ` (where ${others.join(', ')} is right as well)` : '');
    });

const inLab = (id: string, { faults, outOfReach }: InLab) => {
  const shown = shownBy(id, faults);
  if (shown.length > 0) return `Shown in the lab by ${shown.join(', ')}.`;
  const why = outOfReach[id];
  return why ? `No fault of the lab can show it: ${why}.` : 'No fault of the lab shows it yet.';
};

const section = (id: string, cause: Cause, { catalog, lab }: { catalog: Catalog; lab: InLab }) => {
  return [
    `## ${id} ${cause.title.en}`,
    '',
    `Stage ${code(cause.stage)}, hop ${code(cause.hop)}, at best ${reach(cause)}. ${inLab(id, lab)}`,
    '',
    '| What it does | Where |',
    '| --- | --- |',
    ...rows('proves', observed(cause.proves)),
    ...rows('supports strongly', observed(cause.supports.strong)),
    ...rows('supports weakly', observed(cause.supports.weak)),
    ...rows('leaves it standing', keptBy(id, catalog.elimination)),
    ...rows('refutes', observed(cause.refutes)),
    ...rows(
      'confused with',
      [...doublesOf(id, catalog.causes)].map((pair) => confusionLine(catalog.causes, pair)),
    ),
    '',
  ].join('\n');
};

const counted = ({ causes }: Catalog, faults: readonly Shown[]) => {
  const all = Object.entries(causes);
  const shown = all.filter(([id]) => faults.some((fault) => fault.causes.includes(id)));
  const best = (word: string) => all.filter(([, cause]) => reach(cause) === word).length;
  return [
    `${all.length} causes: ${best('certain')} can be proved, ${best('probable')} can be probable at best, and`,
    `${best('possible')} only possible. ${shown.length} are shown by a real fault of the lab.`,
  ].join('\n');
};

/** `docs/causes.md`: every cause, with what speaks for and against it, its doubles, and where it was seen for real. */
export const causesPage = (catalog: Catalog, lab: InLab): string =>
  [
    '# Causes',
    '',
    'Made by `npm run docs` from the cause files and the faults of the lab.',
    '',
    counted(catalog, lab.faults),
    '',
    ...Object.entries(catalog.causes).map(([id, cause]) => section(id, cause, { catalog, lab })),
  ].join('\n');
