import { undoLine } from '../change/body.js';
import { writeEnd } from '../domain/ends.js';
import type { Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { SessionHeader } from '../domain/journal.js';
import { type Report, reportSchema } from '../domain/report.js';
import type { Fix } from '../domain/session-view.js';
import { candidates, remediesOf, statementOf } from './candidate.js';
import type { ReportInput } from './catalog.js';
import { undoOfFix } from './fixes.js';
import { say } from './say.js';
import { reasonText } from './sentence.js';

const identity = { apiVersion: 'net-triage/v1', kind: 'Report' } as const;
const nothingSpent: Report['cost'] = { requests: 0, bytes: 0, durationMs: 0, commands: 0 };
const nothingKnown: Report['verdict'] = {
  result: 'inconclusive',
  causes: [],
  ruledOut: [],
  notChecked: [],
  unexplained: [],
};

export const flowOf = ({ from, to, protocol, port }: Flow): NonNullable<Report['session']['flow']> => ({
  from: writeEnd(from),
  to: writeEnd(to),
  protocol,
  port: port ?? null,
});

const checkOf = ({
  check,
  stage,
  outcome,
  result,
  facts,
  evidence,
  durationMs,
  by,
}: Finding): Report['checks'][number] => ({
  id: check,
  ...{ stage, outcome, result, facts, evidence, durationMs, by },
});

const verdictOf = (input: ReportInput): Report['verdict'] => {
  const { verdict } = input.session;
  if (!verdict) return nothingKnown;
  return {
    result: verdict.result,
    causes: candidates(input).map((candidate) => ({
      id: candidate.id,
      certainty: candidate.certainty,
      subject: candidate.subject,
      statement: statementOf(input, candidate),
      evidence: candidate.evidence,
      remedies: remediesOf(input, candidate),
    })),
    ruledOut: verdict.ruledOut,
    notChecked: verdict.notChecked.map(({ check, reason }) => ({ check, reason: reasonText(input, reason) })),
    unexplained: verdict.unexplained,
    ...(verdict.sharing && { sharing: verdict.sharing }),
  };
};

const stateOf = ({ confirmed, refused, applied }: Fix): NonNullable<Report['changes']>[number]['state'] => {
  if (applied) return applied.state;
  if (refused) return 'refused';
  if (confirmed) return confirmed.given ? 'unknown' : 'declined';
  return 'proposed';
};

const undoOf = (fix: Fix): string | null => {
  const undo = undoOfFix(fix);
  return undo ? undoLine(undo) : null;
};

const changesOf = ({ session, language }: ReportInput): Report['changes'] =>
  session.fixes.map((fix) => {
    const { target, cause, title, command } = fix.proposed;
    return {
      ...{ target, cause, title: title[language], command, state: stateOf(fix), undo: undoOf(fix) },
      diff: fix.previewed?.diff ?? [],
      verified: fix.verified?.outcome ?? null,
      undone: fix.undone?.done ?? false,
    };
  });

const errorOf = (input: ReportInput): Report['error'] => {
  const { ended } = input.session;
  if (ended) return ended.error;
  return { code: 'not-ended', message: say(input, 'not-ended') };
};

/** A journal that was cut before its first line was whole tells nothing of this. */
const nobody = {
  id: '',
  mode: 'live',
  tool: { version: '' },
  runbook: null,
  flow: null,
  context: null,
  level: 'observe',
} as const;

const told = (header: SessionHeader): Omit<Report['session'], 'startedAt' | 'endedAt'> => ({
  id: header.session_id,
  mode: header.mode,
  tool: { version: header.tool.version },
  runbook: { id: header.tree.id, sha256: header.tree.sha256 },
  flow: flowOf(header.flow),
  context: header.target.context,
  level: header.access.level,
});

const sessionOf = ({ session: { header, startedAt, lastAt, ended } }: ReportInput): Report['session'] => ({
  ...(header ? told(header) : nobody),
  startedAt: header?.started_at ?? startedAt ?? '',
  endedAt: ended?.at ?? lastAt ?? '',
});

/** The document of a session, complete also while it still runs: then `error` says so. */
export const jsonReport = (input: ReportInput): Report => {
  const error = errorOf(input);
  return reportSchema.parse({
    ...identity,
    session: sessionOf(input),
    checks: input.session.findings.map(checkOf),
    verdict: verdictOf(input),
    ...(input.session.fixes.length > 0 && { changes: changesOf(input) }),
    cost: input.session.cost ?? nothingSpent,
    ...(error && { error }),
  });
};

/** What is known of a run that ended before it had a session. */
export interface Failure {
  readonly error: { readonly code: string; readonly message: string };
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly session?: Partial<Pick<Report['session'], 'id' | 'mode' | 'context' | 'level' | 'flow' | 'runbook'>>;
}

/** The document of a run that failed before it could look at anything. */
export const failedReport = ({ error, version, startedAt, endedAt, session = {} }: Failure): Report =>
  reportSchema.parse({
    ...identity,
    session: {
      ...nobody,
      ...session,
      ...{ startedAt, endedAt, tool: { version } },
    },
    checks: [],
    verdict: nothingKnown,
    cost: nothingSpent,
    error,
  });
