import type { Report } from '../domain/report.js';

/** The same document, one object per line, for programs that read line by line. */
export const ndjsonReport = ({ apiVersion, session, checks, verdict, cost, error }: Report) =>
  [
    { apiVersion, kind: 'Session', ...session },
    ...checks.map((check) => ({ kind: 'Check', ...check })),
    { kind: 'Verdict', ...verdict },
    { kind: 'Cost', ...cost },
    ...(error ? [{ kind: 'Error', ...error }] : []),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
