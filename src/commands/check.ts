import { randomBytes } from 'node:crypto';
import type { Catalog } from '../catalog/catalog.js';
import { createRedactor } from '../clean/redact.js';
import type { Finding } from '../domain/finding.js';
import { looked } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import { flowWords } from '../domain/flow-words.js';
import { nearNames } from '../domain/near-names.js';
import type { Language } from '../domain/text.js';
import { fill } from '../domain/text.js';
import { namesOfSession } from '../journal/session-names.js';
import { reasonText } from '../report/sentence.js';
import { requireFlow } from './ask.js';
import { openCatalog } from './books.js';
import { requireConsent } from './capture-consent.js';
import { type CheckOptions, openChecks } from './checks.js';
import { exitCodeOfChecks } from './exit-code.js';
import { stopper } from './headless.js';
import { type Io, say, UsageProblem } from './io.js';
import { readOptions, type SessionOptions, sessionSchema } from './options.js';
import { languageFor } from './output.js';
import { targetOf } from './run.js';

const idsFor = (catalog: Catalog, asked: readonly string[], all: boolean): string[] => {
  const known = Object.keys(catalog.steps);
  if (all) return known;
  if (asked.length === 0)
    throw new UsageProblem('check ID... or check --all: name a check. "explain ID" tells what it does.');
  const unknown = asked.find((id) => !known.includes(id));
  if (unknown === undefined) return [...asked];
  const near = nearNames(unknown, known);
  throw new UsageProblem(`There is no check "${unknown}".${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}`);
};

const mark = { pass: '+', fail: 'x', warn: '!', unsure: '?', skip: '-', error: '#' } as const;

const sentenceOf = (finding: Finding, flow: Flow, { catalog, language }: { catalog: Catalog; language: Language }) =>
  finding.reason
    ? reasonText({ catalog, language }, finding.reason)
    : fill(catalog.steps[finding.check]?.text[language].outcomes[finding.outcome] ?? finding.outcome, {
        ...flowWords(flow),
        ...finding.facts,
      });

const lineOf = (finding: Finding, sentence: string) =>
  `${mark[finding.result]} ${finding.result.toUpperCase().padEnd(6)} ${finding.check.padEnd(44)} ${sentence}`;

const lookWith = async (ids: readonly string[], asked: CheckOptions, io: Io) => {
  const stop = stopper(io, asked.options.deadline);
  const checks = await openChecks({ ...asked, signal: stop.signal }, io).catch((error: unknown) => {
    stop.release();
    throw error;
  });
  try {
    return { findings: await checks.look(ids), ending: stop.reason() };
  } finally {
    await checks.close();
    stop.release();
  }
};

/** What is printed may be for others; what was asked of the cluster had to be asked in its own names. */
const hiddenIn = <T>(told: T, profile: SessionOptions['redact']): T => {
  if (profile === 'default') return told;
  return createRedactor({ profile, salt: randomBytes(16), names: namesOfSession([], [told]) }).value(told);
};

/** `check ID...|--all`: single checks, all at once, without a tree and without a verdict. */
export const check = async (raw: Record<string, unknown>, io: Io, asked: readonly string[]): Promise<number> => {
  const options = readOptions(sessionSchema, raw);
  const catalog = await openCatalog(options.runbook, io.cwd);
  requireConsent(options.consent, catalog);
  const all = raw.all === true;
  const ids = idsFor(catalog, asked, all);
  const flow = requireFlow(options, (await targetOf(options, io)).namespace);
  const { findings: found, ending } = await lookWith(ids, { catalog, flow, options }, io);
  const { hidden, findings } = hiddenIn({ hidden: flow, findings: found }, options.redact);
  // What does not fit the flow is not worth a line where nobody asked for it by name.
  const shown = all ? findings.filter((finding) => looked(finding) || finding.result === 'error') : findings;
  const language = languageFor(options, io);
  const lines = () => shown.map((finding) => lineOf(finding, sentenceOf(finding, hidden, { catalog, language })));
  await say(io.stdout, options.output === 'json' ? JSON.stringify(shown, null, 2) : lines().join('\n'));
  if (ending && 'exitCode' in ending) return ending.exitCode;
  return exitCodeOfChecks(
    shown.map(({ result }) => result),
    options.failOn,
  );
};
