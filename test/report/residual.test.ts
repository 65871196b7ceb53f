import { describe, expect, it } from 'vitest';
import { eliminationSchema } from '../../src/domain/cause.js';
import { runbookSchema } from '../../src/domain/runbook.js';
import type { Candidate } from '../../src/domain/verdict.js';
import type { ReportInput } from '../../src/report/catalog.js';
import { type Format, formats } from '../../src/report/format.js';
import { renderReport } from '../../src/report/render.js';
import { goOnCommand, residualRows } from '../../src/report/residual.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const row = (en: string, keeps: string[]) => ({
  title: { en, 'zh-CN': en },
  when: { 'cart-answers': 'no' },
  keeps,
  symptom: true,
});
const elimination = eliminationSchema.parse({
  refused: row('The till refuses', ['SVC-01']),
  nameless: row('The till has no name', ['DNS-01', 'SVC-01']),
});
const book = (causes: string[], to = 'service') =>
  runbookSchema.parse({
    title: { en: 'A walk', 'zh-CN': '路径' },
    hint: { en: 'It fails', 'zh-CN': '失败' },
    flow: { from: ['pod'], to: [to] },
    start: 'look',
    nodes: {
      look: {
        step: 'cart-answers',
        on: Object.fromEntries(causes.map((cause, at) => [`no-${at}`, { cause }])),
        otherwise: { inconclusive: null },
      },
    },
  });
const runbooks = {
  'till-fails': book(['SVC-02']),
  'names-fail': book(['DNS-01']),
  'nodes-fail': book(['DNS-01'], 'node'),
};

const view = cartView();
const [first] = view.verdict?.causes ?? [];
const input = (change: Partial<Candidate>, next?: string): ReportInput => {
  const base = reportInput('en', view);
  const causes = first ? [{ ...first, ...change }] : [];
  const verdict = view.verdict && { ...view.verdict, causes, unexplained: causes[0]?.unexplained ?? [] };
  return {
    ...base,
    catalog: { ...base.catalog, elimination, runbooks: next ? {} : runbooks },
    session: { ...view, verdict: verdict && (next ? { ...verdict, next } : verdict) },
  };
};
const half = { explains: ['refused'], unexplained: ['nameless'] };

describe('what is left', () => {
  it('is what no believed cause explains', () => {
    expect(residualRows(input(half))).toEqual(['nameless']);
    expect(residualRows(input({ explains: ['nameless', 'refused'], unexplained: [] }))).toEqual([]);
  });

  it('is everything that was seen, where no cause is more than possible', () => {
    expect(residualRows(input({ ...half, certainty: 'possible' }))).toEqual(['nameless', 'refused']);
  });
});

describe('the command that goes on', () => {
  it('walks the runbook that knows the causes which are left, between the same ends', () => {
    expect(goOnCommand(input(half))).toBe(
      'net-triage run names-fail --context prod-eu-1 --from pod/shop/web-7d4b9c --to svc/shop/cart:80 --level observe',
    );
  });

  it('makes the check that would tell most, where no other runbook helps', () => {
    expect(goOnCommand(input(half, 'cart-answers'))).toMatch(/^net-triage check cart-answers --context prod-eu-1 /);
  });

  it('is none where nothing is left', () => {
    expect(goOnCommand(input({ explains: ['refused'], unexplained: [] }, 'cart-answers'))).toBeUndefined();
  });
});

const said: Readonly<Record<Format, string>> = {
  ...{ human: 'The till has no name', short: 'The till has no name', md: 'The till has no name' },
  ...{ html: 'The till has no name', json: 'nameless', ndjson: 'nameless', yaml: 'nameless' },
  ...{ junit: 'nameless', sarif: 'nameless' },
};

it.each(formats)('%s names it', (format) => {
  expect(renderReport(format, input(half))).toContain(said[format]);
  expect(renderReport(format, input({ explains: ['refused'], unexplained: [] }))).not.toContain(said[format]);
});

it.each(['human', 'md', 'html'] as const)('%s says how to go on', (format) => {
  expect(renderReport(format, input(half))).toContain('net-triage run names-fail');
});
