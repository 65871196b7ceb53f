import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Result } from '../../src/domain/finding.js';
import type { Format } from '../../src/report/format.js';
import { failedReport, jsonReport } from '../../src/report/json.js';
import { renderFailure, renderReport } from '../../src/report/render.js';
import { jsonSchemaOf } from '../../src/report/schema.js';
import { phrases, reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';
import { poisoned } from './hostile.js';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/schemas/${name}`, import.meta.url), 'utf8');

const calm = cartView();
const results: readonly Result[] = ['pass', 'fail', 'warn', 'unsure', 'skip', 'error'];
const everyResult = results.flatMap((result) => calm.findings.slice(0, 1).map((finding) => ({ ...finding, result })));
const nothing = { ...calm, header: null, findings: [], verdict: null, ended: null, cost: null };
const possible = calm.verdict && { ...calm.verdict, result: 'inconclusive' as const };

const failure = failedReport({
  error: { code: 'forbidden', message: 'The API server refuses this user <mira>.' },
  version: '0.1.0',
  startedAt: '2026-11-21T02:14:04.000Z',
  endedAt: '2026-11-21T02:14:05.000Z',
});

/** Every kind of session and of run that a document may have to tell of. */
const documents = (format: Format): readonly (readonly [string, string])[] => [
  ['a fault', renderReport(format, reportInput('en', calm))],
  ['a fault, in Chinese', renderReport(format, reportInput('zh-CN', calm))],
  ['checks of every result', renderReport(format, reportInput('en', { ...calm, findings: everyResult }))],
  ['a session without a verdict', renderReport(format, reportInput('en', { ...calm, verdict: null, ended: null }))],
  ['what is only possible', renderReport(format, reportInput('en', { ...calm, verdict: possible }))],
  ['a journal that was cut at once', renderReport(format, reportInput('en', nothing))],
  ['hostile text', renderReport(format, reportInput('en', poisoned(calm, '"/><x>]]>\u0000\u001b\ud800 &amp;')))],
  ['a failed run', renderFailure(format, failure, { language: 'en', catalog: { phrases } })],
];

describe('SARIF 2.1.0', () => {
  // One of its patterns has a bracket too many, which only the older kind of expression forgives.
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    JSON.parse(fixture('sarif-2.1.0.schema.json')) as object,
  );

  it.each(documents('sarif'))('accepts %s', (_, text) => {
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });

  it('refuses another version', () => expect(validate({ version: '2.0.0', runs: [] })).toBe(false));

  it('has a kind for every result, and a level for faults only', () => {
    const text = renderReport('sarif', reportInput('en', { ...calm, findings: everyResult }));
    const [run] = (JSON.parse(text) as { runs: { results: { kind: string; level: string }[] }[] }).runs;
    expect(run?.results.slice(0, results.length).map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      ...['pass none', 'fail error', 'fail warning', 'review none', 'notApplicable none', 'open none'],
    ]);
  });

  it('points each result at its rule', () => {
    const { runs } = JSON.parse(renderReport('sarif', reportInput('en', calm))) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number }[];
      }[];
    };
    const [run] = runs;
    expect(run?.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id)).toEqual(
      run?.results.map(({ ruleId }) => ruleId),
    );
  });
});

describe('JUnit', () => {
  const mistakes = async (xml: string) => {
    const { errors } = await validateXML({ xml, schema: fixture('junit-10.xsd') });
    return errors.map(({ message }) => message);
  };

  it.each(documents('junit'))('accepts %s', async (_, text) => expect(await mistakes(text)).toEqual([]));

  it('refuses what is none', async () => expect(await mistakes('<testsuites><x/></testsuites>')).not.toEqual([]));
});

describe('our own schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(jsonSchemaOf('report'));

  it.each(documents('json'))('accepts %s', (_, text) => {
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });

  it('refuses a result that there is not', () => {
    const report = jsonReport(reportInput('en', calm));
    expect(validate({ ...report, verdict: { ...report.verdict, result: 'fine' } })).toBe(false);
  });

  it('knows every event of the journal', () => {
    const event = new Ajv2020({ strict: false }).compile(jsonSchemaOf('journal'));
    expect(event({ type: 'no.such.event' })).toBe(false);
  });
});
