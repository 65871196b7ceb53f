import { escapeXml } from '../clean/escape.js';
import type { Report } from '../domain/report.js';

type Check = Report['checks'][number];

export interface JunitOptions {
  /** What a check found, by its place in the document. */
  sentence(index: number): string;
  readonly failOn?: 'fail' | 'warn' | undefined;
}

interface Case {
  readonly group: string;
  readonly name: string;
  readonly seconds: number;
  readonly kind: 'pass' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly warning?: boolean;
}

const kindOf = ({ result }: Check, failOn: JunitOptions['failOn']): Case['kind'] => {
  if (result === 'fail' || (result === 'warn' && failOn === 'warn')) return 'failure';
  if (result === 'error' || result === 'unsure') return 'error';
  return result === 'skip' ? 'skipped' : 'pass';
};

const verdictCase = ({ verdict }: Report): Case => {
  const [best] = verdict.causes;
  const kinds = { fault: 'failure', healthy: 'pass', inconclusive: 'error' } as const;
  return {
    ...{ group: 'verdict', name: 'verdict', seconds: 0, kind: kinds[verdict.result] },
    type: verdict.result === 'fault' && best ? best.id : verdict.result,
    message: verdict.result === 'fault' && best ? `${best.certainty}: ${best.statement}` : verdict.result,
  };
};

const casesOf = (report: Report, options: JunitOptions): Case[] => [
  ...report.checks.map((check, index) => ({
    ...{ group: check.stage, name: check.id, seconds: check.durationMs / 1000, type: check.outcome },
    kind: kindOf(check, options.failOn),
    message: options.sentence(index),
    warning: check.result === 'warn',
  })),
  verdictCase(report),
  ...(report.error
    ? [
        {
          group: 'session',
          name: 'session',
          seconds: 0,
          kind: 'error' as const,
          type: report.error.code,
          message: report.error.message,
        },
      ]
    : []),
];

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

const property = (name: string, value: string) => `<property${attributes({ name, value })}/>`;

const bodyOf = ({ kind, type, message, warning }: Case) => {
  if (kind === 'skipped') return `<skipped${attributes({ message })}/>`;
  if (kind !== 'pass') return `<${kind}${attributes({ type, message })}/>`;
  // The schema lets a case have no properties; this is where a viewer shows what a passed case has to say.
  return warning ? `<system-out>${escapeXml(`warning: ${message}`)}</system-out>` : '';
};

const caseText = (item: Case) => {
  const head = attributes({ classname: item.group, name: item.name, time: item.seconds.toFixed(3) });
  return `    <testcase${head}>${bodyOf(item)}</testcase>`;
};

/** JUnit XML: one case per check, one for the verdict, one more when the run itself failed. */
export const junitReport = (report: Report, options: JunitOptions) => {
  const cases = casesOf(report, options);
  const count = (kind: Case['kind']) => cases.filter((item) => item.kind === kind).length;
  const totals = {
    ...{ tests: cases.length, failures: count('failure'), errors: count('error') },
    time: cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
  };
  const { session } = report;
  const suite = {
    name: session.runbook?.id ?? 'net-triage',
    timestamp: session.startedAt,
    ...totals,
    skipped: count('skipped'),
  };
  const flow = session.flow ? [property('flow', `${session.flow.from} ${session.flow.to}`)] : [];
  const left = report.verdict.unexplained.map((row) => property('unexplained', row));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'net-triage', ...totals })}>`,
    `  <testsuite${attributes(suite)}>`,
    `    <properties>${[property('session', session.id), property('mode', session.mode), ...flow, ...left].join('')}</properties>`,
    ...cases.map(caseText),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};
