import type { Json, JsonObject } from '../../domain/json.js';
import type { Call } from '../../domain/ports.js';
import { callKey, sha256 } from '../canonical.js';
import type { UniverseLine } from './line.js';
import type { Loaded } from './load.js';

const parsed = (blob: Uint8Array | undefined): Json =>
  blob ? (JSON.parse(new TextDecoder().decode(blob)) as Json) : null;

const kindsOf = { pods: 'Pod', nodes: 'Node', namespaces: 'Namespace' } as const;

/** An answer with its kind, which the items of a list lack: by it a name is known for what it names. */
const withKind = (call: UniverseLine['call'], answer: Json): Json => {
  const kind = call.port === 'kube' ? kindsOf[call.kind as keyof typeof kindsOf] : undefined;
  if (!kind) return answer;
  return Array.isArray(answer) ? { kind: `${kind}List`, items: answer } : { ...(answer as JsonObject), kind };
};

const placeOf = (call: UniverseLine['call']): Json => {
  if (typeof call.node === 'string') return { kind: 'node', name: call.node };
  return 'pod' in call ? { ...(call.pod as JsonObject), kind: 'pod' } : {};
};

/** Everything a recording says, in a form that names can be learned from. */
export const toldBy = ({ lines, blobs }: Pick<Loaded, 'lines' | 'blobs'>): Json[] =>
  lines.flatMap((line) => [
    placeOf(line.call),
    line.call as Json,
    withKind(line.call, parsed(blobs.get(line.sha256 ?? ''))),
  ]);

export interface Hider {
  text(text: string): string;
  value<T>(json: T): T;
}

/** What is asked stays what it is; only whom it is asked of gets a stand-in. */
const hiddenCall = (call: UniverseLine['call'], hide: Hider): UniverseLine['call'] => {
  const kept = ['port', 'verb', 'kind', 'query', 'question'].filter((key) => key in call);
  return { ...hide.value(call), ...Object.fromEntries(kept.map((key) => [key, call[key] as Json])) };
};

/** How a program that ran says its own name: `tool` and the first word, without which no parser knows it. */
const hiddenRun = (answer: Json, hide: Hider): Json => {
  const { tool, argv, ...rest } = answer as JsonObject & { tool: Json; argv: readonly Json[] };
  return { ...hide.value(rest), tool, argv: [argv[0] ?? '', ...hide.value(argv.slice(1))] };
};

/**
 * Hides in a recording what `hide` hides, questions as answers, so that a replay asks and is answered in the same
 * stand-ins. The times, the order and what could not be looked at stay.
 */
export const redactUniverse = ({ header, lines, marks, blobs }: Loaded, hide: Hider) => {
  const files = new Map<string, Uint8Array>();
  const keep = (line: UniverseLine) => {
    const answer = parsed(blobs.get(line.sha256 ?? ''));
    const hidden = line.port === 'kube' ? hide.value(answer) : hiddenRun(answer, hide);
    const blob = new TextEncoder().encode(JSON.stringify(hidden));
    files.set(`blobs/${sha256(blob)}`, blob);
    return { sha256: sha256(blob), bytes: blob.length };
  };
  const hiddenLine = (line: UniverseLine): UniverseLine => {
    const call = hiddenCall(line.call, hide);
    return {
      ...line,
      target: hide.text(line.target),
      call: JSON.parse(callKey(call as Call)) as UniverseLine['call'],
      ...(line.refused ? { refused: { ...line.refused, message: hide.text(line.refused.message) } } : keep(line)),
    };
  };
  const { context, name, namespace, version } = header.cluster;
  const text = (one: string | null) => (one === null ? null : hide.text(one));
  const cluster = {
    ...{ context: text(context), name: text(name), version },
    ...(namespace !== undefined && { namespace: hide.text(namespace) }),
  };
  const index = [
    { ...header, session: text(header.session), cluster },
    ...lines.map(hiddenLine),
    ...[...marks].map(([mark, value]) => ({ port: 'clock', mark, value })),
  ];
  files.set('index.ndjson', new TextEncoder().encode(index.map((line) => `${JSON.stringify(line)}\n`).join('')));
  return files;
};
