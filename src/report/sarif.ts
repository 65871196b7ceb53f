import type { Report } from '../domain/report.js';

type Check = Report['checks'][number];

export interface SarifOptions {
  /** What a check found, by its place in the document. */
  sentence(index: number): string;
  /** What a check is called, in words. */
  title?(check: string): string;
  readonly language: string;
}

// SARIF 2.1.0, 3.27.10: only a result of kind `fail` may have a level other than `none`.
const kinds = {
  fail: { kind: 'fail', level: 'error' },
  warn: { kind: 'fail', level: 'warning' },
  unsure: { kind: 'review', level: 'none' },
  error: { kind: 'open', level: 'none' },
  skip: { kind: 'notApplicable', level: 'none' },
  pass: { kind: 'pass', level: 'none' },
} as const satisfies Record<Check['result'], { kind: string; level: string }>;

/** There is no file to point at: what a check looked at is one flow. */
const locationsOf = ({ session: { flow } }: Report) =>
  flow ? { locations: [{ logicalLocations: [{ fullyQualifiedName: `${flow.from} -> ${flow.to}` }] }] } : {};

const checkResults = (report: Report, options: SarifOptions) =>
  report.checks.map(({ id, result, stage, outcome, facts, evidence, durationMs }, index) => ({
    ruleId: id,
    ...kinds[result],
    message: { text: options.sentence(index) || `${id}: ${outcome}` },
    ...locationsOf(report),
    properties: { stage, outcome, facts, evidence, durationMs },
  }));

const causeResults = (report: Report) =>
  report.verdict.causes.map(({ id, certainty, subject, statement, evidence }) => ({
    ruleId: id,
    // Only a fault is one: whatever is merely possible is for people to review.
    ...(report.verdict.result === 'fault' ? kinds.fail : kinds.unsure),
    message: { text: statement },
    ...locationsOf(report),
    properties: { certainty, subject, evidence },
  }));

const rulesOf = (report: Report, { title = (id) => id }: SarifOptions) => [
  ...[...new Set(report.checks.map(({ id }) => id))].map((id) => ({ id, shortDescription: { text: title(id) } })),
  ...report.verdict.causes.map(({ id, statement }) => ({ id, shortDescription: { text: statement } })),
];

const invocationOf = ({ error, session: { startedAt, endedAt } }: Report) => ({
  executionSuccessful: error === undefined,
  ...(startedAt && { startTimeUtc: startedAt }),
  ...(endedAt && { endTimeUtc: endedAt }),
  ...(error && {
    toolExecutionNotifications: [{ descriptor: { id: error.code }, level: 'error', message: { text: error.message } }],
  }),
});

/** SARIF 2.1.0: one rule and one result per check and per cause. */
export const sarifReport = (report: Report, options: SarifOptions) => {
  const { session, verdict, cost } = report;
  const rules = rulesOf(report, options);
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  const results = [...checkResults(report, options), ...causeResults(report)].map((result) => ({
    ...result,
    ruleIndex: places.get(result.ruleId) ?? -1,
  }));
  const run = {
    tool: { driver: { name: 'net-triage', ...(session.tool.version && { version: session.tool.version }), rules } },
    ...(session.id && { automationDetails: { id: session.id } }),
    invocations: [invocationOf(report)],
    language: options.language,
    results,
    properties: {
      mode: session.mode,
      verdict: verdict.result,
      ruledOut: verdict.ruledOut,
      unexplained: verdict.unexplained,
      cost,
    },
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
};
