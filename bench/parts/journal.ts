import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { alternate } from '../measure/alternate.ts';
import { bundle, timed } from '../measure/in-process.ts';
import { median } from '../measure/spread.ts';
import { megabytes, milliseconds, ratio, showHeading, showTable } from '../show.ts';

const ROUNDS = 5;
const EVENTS = 10_000;
const PER_CHECK = 3;
const BARE = 'read as JSON';
const FUNCTIONS = `
  export { canonicalJson } from '../domain/canonical.js';
  export { genesis, hashOf } from '../journal/chain.js';
  export { foldJournal } from '../journal/fold.js';
  export { readJournal } from '../journal/read.js';
  export { renderReport } from './render.js';
`;

type Event = object & { readonly hash: string };

interface Program {
  canonicalJson(value: object): string;
  readonly genesis: string;
  hashOf(event: object): string;
  readJournal(folder: string): { events: readonly Event[] };
  foldJournal(events: readonly Event[]): object;
  renderReport(format: string, input: object): string;
}

const flow = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'service', namespace: 'shop', name: 'cart', port: 80 },
  protocol: 'TCP',
  port: 80,
};

const header = {
  ...{ schema: 'net-triage/journal/v1', session_id: '20261121T021404Z-cart', mode: 'live' },
  ...{ tool: { version: '0.1.0' }, tree: { id: 'service-unreachable', sha256: 'ab'.repeat(32) } },
  ...{ started_at: '2026-11-21T02:14:04.000Z', tz: 'UTC', utc_offset: '+00:00', clock_skew_ms: 0 },
  operator: { os_user: 'mira', k8s_user: null, as: null },
  target: {
    context: 'lab',
    cluster: 'lab',
    api_host: null,
    k8s_version: 'v1.35.0',
    namespaces: ['shop'],
    marked: false,
  },
  access: { level: 'probe', allowed: [], denied: [] },
  incident: { id: null, reason: null },
  ...{ flow, asked: flow, redaction: { profile: 'default', rules_sha256: 'cd'.repeat(32) }, locale: 'en', argv: [] },
};

/** A flapping link, looked at again and again: the same few checks, each run with facts of its own. */
const happening = (index: number): readonly [string, object] => {
  const run = Math.floor(index / PER_CHECK) + 1;
  const about = { node: `probe-${run % 40}`, run: Math.ceil(run / 40) };
  const check = 'service-address-answers';
  if (index % PER_CHECK === 0) return ['check.started', { ...about, check, limitMs: 10_000 }];
  if (index % PER_CHECK === 1)
    return [
      'command.ran',
      { ...about, where: 'pod/shop/client', argv: ['nc', '-zv', '10.96.0.7'], exitCode: 1, durationMs: 20, bytes: 90 },
    ];
  const facts = { address: '10.96.0.7', port: 80, tries: Array.from({ length: 20 }, (_, at) => `${at}: refused`) };
  return [
    'check.finished',
    {
      ...about,
      check,
      stage: 'connectivity',
      outcome: 'refused',
      result: 'fail',
      facts,
      evidence: [],
      durationMs: 20,
      by: 'auto',
    },
  ];
};

const writeJournal = (folder: string, { canonicalJson, genesis, hashOf }: Program) => {
  let prev = genesis;
  const lines = Array.from({ length: EVENTS }, (_, seq) => {
    const [type, data] = seq === 0 ? ['session.started', header] : happening(seq);
    const ts = new Date(Date.UTC(2026, 10, 21) + seq * 100).toISOString();
    const body = { seq, ts, mono_ms: seq * 100, type, actor: 'tool', data, prev };
    prev = hashOf(body);
    return `${canonicalJson({ ...body, hash: prev })}\n`;
  });
  writeFileSync(join(folder, 'session.ndjson'), lines.join(''));
};

const phrases = () => parse(readFileSync(join(import.meta.dirname, '../../src/report/text.yaml'), 'utf8')) as object;

export async function journal(): Promise<void> {
  const program = await bundle<Program>('report', FUNCTIONS);
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-bench-'));
  try {
    writeJournal(folder, program);
    const path = join(folder, 'session.ndjson');
    const catalog = { steps: {}, causes: {}, elimination: {}, runbooks: {}, phrases: phrases() };
    const session = program.foldJournal(program.readJournal(folder).events);
    const exported = (format: string) => async () =>
      timed(() => program.renderReport(format, { session, catalog, language: 'en' }));
    const samples = await alternate(ROUNDS, {
      [BARE]: async () =>
        timed(() =>
          readFileSync(path, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as object),
        ),
      'verified and folded': async () => timed(() => program.foldJournal(program.readJournal(folder).events)),
      'as Markdown': exported('md'),
      'as HTML': exported('html'),
      'as JSON': exported('json'),
      'as JUnit': exported('junit'),
      'as SARIF': exported('sarif'),
    });
    const bare = median(samples.get(BARE) ?? []);
    const size = readFileSync(path).length / 2 ** 20;
    showHeading(`A journal of ${EVENTS} events, ${megabytes(size)}; budget: opened 300 ms, exported 2 s`);
    const rows = [...samples].map(([name, all]) => [name, milliseconds(median(all)), ratio(median(all) / bare)]);
    showTable([['', 'median', 'ratio'], ...rows]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
