import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Report, reportSchema } from '../../src/domain/report.js';
import { formats } from '../../src/report/format.js';
import { failedReport, jsonReport } from '../../src/report/json.js';
import { renderFailure, renderReport } from '../../src/report/render.js';
import { jsonSchemaOf } from '../../src/report/schema.js';
import { phrases, reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const session = cartView();
const input = reportInput('en', session);
const failure = failedReport({
  error: { code: 'forbidden', message: 'The API server refuses this user <mira>.' },
  version: '0.1.0',
  startedAt: '2026-11-21T02:14:04.000Z',
  endedAt: '2026-11-21T02:14:05.000Z',
});

describe('jsonReport', () => {
  it('tells the session, its checks and its verdict', () => {
    const report = jsonReport(input);
    expect(report.session).toMatchObject({
      id: '20261121T021404Z-cart',
      flow: { from: 'pod/shop/web-7d4b9c', to: 'svc/shop/cart:80', protocol: 'TCP', port: 80 },
      level: 'observe',
    });
    expect(report.checks.map(({ id, result }) => [id, result])).toEqual([
      ['pod-is-ready', 'pass'],
      ['service-has-ready-endpoints', 'fail'],
      ['service-address-answers', 'error'],
      ['policies-admit-flow', 'skip'],
    ]);
    expect(report.verdict.causes[0]?.remedies[0]).toMatchObject({
      command: "kubectl -n shop set selector service cart 'app=cart,tier=backend'",
      rollback: "kubectl -n shop set selector service cart 'app=cart,tier=api'",
    });
    expect(report.verdict.notChecked).toEqual([
      { check: 'service-address-answers', reason: 'denied: create pods/exec in shop' },
      { check: 'policies-admit-flow', reason: 'the operator skipped it' },
      { check: 'stage:dns', reason: 'the walk did not lead there' },
    ]);
    expect(report.error).toBeUndefined();
  });

  it('says that a session which has not ended has not', () => {
    const report = jsonReport({ ...input, session: { ...session, ended: null, cost: null, verdict: null } });
    expect(report.error?.code).toBe('not-ended');
    expect(report.verdict.result).toBe('inconclusive');
  });

  it('speaks the language it is asked for', () => {
    expect(jsonReport(reportInput('zh-CN', session)).verdict.causes[0]?.statement).toContain('选择算符');
  });
});

describe('the published schema', () => {
  const published = z.fromJSONSchema(jsonSchemaOf('report') as Parameters<typeof z.fromJSONSchema>[0]);

  it.each([
    ['a fault', jsonReport(input)],
    ['a failed run', failure],
  ])('accepts %s', (_, report) =>
    expect(published.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined(),
  );

  it('refuses what is no report', () => {
    expect(published.safeParse({ ...failure, verdict: { ...failure.verdict, result: 'fine' } }).success).toBe(false);
  });

  it('exists for the journal as well', () => expect(jsonSchemaOf('journal').$schema).toContain('2020-12'));
});

describe('every format', () => {
  const documents: Record<string, (text: string) => Report> = {
    json: (text) => JSON.parse(text) as Report,
    yaml: (text) => parse(text) as Report,
  };

  it.each(formats)('%s ends with one newline and has no control characters', (format) => {
    for (const text of [
      renderReport(format, input),
      renderFailure(format, failure, { language: 'en', catalog: { phrases } }),
    ]) {
      expect(text).toMatch(/[^\n]\n$/);
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });

  it.each(Object.keys(documents))('%s holds the same valid document, also for a failed run', (format) => {
    const read = (text: string) => reportSchema.parse(documents[format]?.(text));
    expect(read(renderReport(format as 'json', input))).toEqual(jsonReport(input));
    expect(read(renderFailure(format as 'json', failure, { language: 'en', catalog: { phrases } }))).toEqual(failure);
  });

  it('ndjson has one object per line', () => {
    const kinds = renderReport('ndjson', input)
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['Session', 'Check', 'Check', 'Check', 'Check', 'Verdict', 'Cost']);
  });
});
