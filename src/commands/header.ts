import type { Flow } from '../domain/flow.js';
import type { SessionHeader } from '../domain/journal.js';
import { namespacesOf } from '../machines/access.js';
import type { Ready } from '../machines/preflight.js';
import type { Io } from './io.js';
import { redactionOf } from './keep-session.js';
import type { SessionOptions } from './options.js';
import { isMarked } from './settings.js';

/** What is known of the cluster before the first request. */
export interface Target {
  readonly context: string | null;
  readonly cluster: string | null;
  readonly apiHost: string | null;
  readonly user: string | null;
  readonly namespace: string;
}

interface HeaderParts {
  readonly id: string;
  readonly mode: SessionHeader['mode'];
  readonly asked: Flow;
  readonly options: SessionOptions;
  readonly target: Target;
  readonly startedAt: number;
  readonly locale: string;
}

const offsetOf = (time: number) => {
  const minutes = -new Date(time).getTimezoneOffset();
  const pad = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`;
};

export const headerOf = ({ flow, runbook, k8sVersion, access }: Ready, parts: HeaderParts, io: Io): SessionHeader => {
  const { id, mode, asked, options, target, startedAt, locale } = parts;
  return {
    schema: 'net-triage/journal/v1',
    session_id: id,
    mode,
    tool: { version: io.version },
    tree: { id: runbook.id, sha256: runbook.sha256 },
    started_at: new Date(startedAt).toISOString(),
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
    utc_offset: offsetOf(startedAt),
    clock_skew_ms: null,
    operator: { os_user: io.user, k8s_user: target.user, as: options.as ?? null },
    target: {
      context: target.context,
      cluster: target.cluster,
      api_host: target.apiHost,
      k8s_version: k8sVersion,
      namespaces: namespacesOf(flow),
      marked: isMarked(target.context, io),
    },
    access: { level: options.level, ...access },
    incident: { id: options.incident ?? null, reason: options.reason ?? null },
    flow,
    asked,
    redaction: redactionOf('default'),
    locale,
    argv: [...io.argv],
  };
};
