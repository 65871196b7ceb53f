import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.js';
import type { Happening } from '../../src/domain/journal.js';
import type { Json } from '../../src/domain/json.js';
import { storeEvidence } from '../../src/journal/bundle.js';
import { foldJournal } from '../../src/journal/fold.js';
import { writeManifest } from '../../src/journal/manifest.js';
import { type RedactedSession, redactSession } from '../../src/journal/redact-session.js';
import { verifySession } from '../../src/journal/verify.js';
import { writeRedacted } from '../../src/journal/write-redacted.js';
import { formats } from '../../src/report/format.js';
import { renderReport } from '../../src/report/render.js';
import { CANARIES } from '../clean/canaries.js';
import { shopCatalog } from '../support/report-input.js';
import { cartHappenings, cartHeader, stateDir, writeCartSession } from '../support/session-view.js';

const secrets = {
  env: 'canary-of-the-environment',
  log: 'canary-of-the-log',
  event: 'canary-of-the-event',
  annotation: 'canary-of-the-annotation',
  config: 'canary-of-the-config-map',
  output: 'canary-of-the-output',
  kubeconfig: 'canary-of-the-kubeconfig',
  note: 'canary-of-the-note',
  file: 'canary-of-the-file-name',
  reason: 'canary-of-the-reason',
  argv: 'canary-of-the-command-line',
};
const person = { mail: 'mira.lind@bank.example', user: 'mira' };

const name = {
  pod: 'cart-756765c78f-7bwns',
  plainPod: 'ledger-primary',
  node: 'worker-frankfurt-3',
  namespace: 'treasury',
  context: 'prod-eu-1',
};
const place = {
  privateV4: '10.244.3.17',
  privateV6: 'fd00:10:244::9',
  publicV4: '203.0.113.77',
  host: 'db7.internal.bank.example',
};

const objects: Json = {
  kind: 'List',
  items: [
    {
      kind: 'Pod',
      metadata: {
        name: name.plainPod,
        namespace: name.namespace,
        annotations: { 'shop.example/api-token': secrets.annotation, 'net/attach': `peer ${place.privateV6}` },
      },
      spec: { nodeName: name.node, containers: [{ name: 'web', env: [{ name: 'DB_PASSWORD', value: secrets.env }] }] },
    },
    { kind: 'Event', message: `login failed: password=${secrets.event} for ${person.mail} at ${place.host}` },
    { kind: 'ConfigMap', data: { 'app.properties': `db.password=${secrets.config}\nhost=${place.privateV4}` } },
  ],
};

const node = `token=${secrets.file}`;

const finding: Finding = {
  ...{ check: 'service-address-answers', node, run: 1, stage: 'connectivity', outcome: 'refused', result: 'fail' },
  facts: {
    output: `Authorization: Bearer ${secrets.output}`,
    pods: [name.pod, `${name.namespace}/${name.plainPod}`],
    addresses: [place.privateV4, place.publicV4],
  },
  ...{ evidence: [`${node}.1`], durationMs: 4, by: 'auto' },
};

const happenings = (): Happening[] => {
  const header = cartHeader({
    argv: ['run', '--reason', `token: ${secrets.argv}`, '--kubeconfig', `/home/${person.user}/.kube/config`],
    incident: { id: 'INC-1', reason: `curl -H 'Authorization: Bearer ${secrets.reason}' fails` },
    operator: { os_user: person.user, k8s_user: person.mail, as: null },
  });
  const [first, ...rest] = cartHappenings(header);
  return [
    ...(first ? [first] : []),
    { type: 'check.finished', actor: 'tool', data: finding },
    {
      type: 'note.added',
      actor: 'operator',
      data: { text: `pasted by ${person.user}: users:\n- user:\n    token: ${secrets.note}\n` },
    },
    {
      type: 'command.ran',
      actor: 'tool',
      data: {
        ...{ node, run: 1, where: `pod/${name.namespace}/${name.plainPod}`, argv: ['nc', place.privateV4] },
        ...{ exitCode: 1, durationMs: 1, bytes: 1 },
      },
    },
    ...rest,
  ];
};

/** As if nothing had been masked when it was captured. */
const leakyFolder = () => {
  const folder = writeCartSession(happenings());
  const keep = (id: string, value: Json) => storeEvidence(folder, { id, value }, (same) => same);
  keep(`${node}.1`, objects);
  keep('logs.1', `panic: dial ${place.host}: token=${secrets.log}\n${CANARIES.map(([, text]) => text).join('\n\n')}`);
  writeFileSync(join(folder, 'evidence', 'address.1.1.pcap'), Buffer.from([0xd4, 0xc3, 0xb2, 0xa1]));
  writeFileSync(join(folder, 'kubeconfig.yaml'), `users:\n- name: ops\n  user:\n    token: ${secrets.kubeconfig}\n`);
  writeFileSync(join(folder, 'session.ndjson.torn'), `{"token":"${secrets.log}`);
  writeManifest(folder);
  return folder;
};

const source = leakyFolder();
const redactedBy = (profile: 'default' | 'strict', salt = 'one bundle') =>
  redactSession(source, { profile, salt: Buffer.from(salt) });

const inputOf = (session: RedactedSession, language: 'en' | 'zh-CN') => ({
  ...{ session: foldJournal(session.events), catalog: shopCatalog, language, names: true },
  ...{ evidence: session.evidence, redactions: session.redactions },
});

/** Everything that leaves: names and bytes of every file, and every format in both languages. */
const bundle = (session: RedactedSession) => {
  const folder = join(stateDir(), 'for-others');
  const reports = formats.flatMap((format) =>
    (['en', 'zh-CN'] as const).map((language) => ({
      name: `report.${language}.${format}`,
      text: renderReport(format, inputOf(session, language)),
    })),
  );
  writeRedacted(folder, session, reports);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return { folder, files, text: files.map((file) => `${file}\n${readFileSync(file, 'utf8')}`).join('\n') };
};

const shown = (text: string, values: readonly string[]) => values.filter((value) => text.includes(value));

it('the folder it begins with holds every secret', () => {
  const texts = readdirSync(source, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}${readFileSync(join(entry.parentPath, entry.name), 'utf8')}`);
  expect(shown(texts.join('\n'), Object.values(secrets))).toEqual(Object.values(secrets));
});

describe.each(['default', 'strict'] as const)('a bundle of the %s profile', (profile) => {
  const session = redactedBy(profile);
  const { folder, files, text } = bundle(session);

  it('holds no secret of any channel in any file, name of a file or format', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(shown(text, Object.values(secrets))).toEqual([]);
    expect(text).not.toMatch(/c2lnbmF0dXJlLWNhbmFyeQ|C7x9canary|canary-token-1/);
  });

  it('names no people', () => expect(shown(text, Object.values(person))).toEqual([]));

  it('is whole, with a chain and a manifest of its own', () => {
    expect(verifySession(folder)).toMatchObject({ ok: true, badLine: null, badFiles: [] });
    const { header, findings, verdict } = foldJournal(session.events);
    expect(header?.redaction.profile).toBe(profile);
    expect([findings.length, verdict?.causes[0]?.id]).toEqual([5, 'SVC-01']);
  });

  it('tells no hash of what it hides', () => {
    const before = foldJournal(session.events).root;
    const original = readFileSync(join(source, 'session.ndjson'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
    const { hash } = JSON.parse(original) as { hash: string };
    expect(text).toContain(before);
    expect(text).not.toContain(hash);
  });

  it('says what was hidden where, and what stays behind', () => {
    expect(session.redactions).toContainEqual(expect.objectContaining({ file: 'session.ndjson', line: 1 }));
    expect(session.redactions).toContainEqual(expect.objectContaining({ file: 'evidence/logs.1.json' }));
    expect(session.leftOut).toEqual(['evidence/address.1.1.pcap', 'session.ndjson.torn']);
  });

  it('is not written over something', () => {
    expect(() => writeRedacted(folder, session, [])).toThrow(/not empty/);
  });
});

describe('names and addresses', () => {
  it('stay in the default profile: they are the evidence', () => {
    const { text } = bundle(redactedBy('default'));
    expect(shown(text, [...Object.values(name), ...Object.values(place)])).toEqual([
      ...Object.values(name),
      ...Object.values(place),
    ]);
  });

  it('are hidden in the strict one, also where only their shape tells what they are', () => {
    const { text } = bundle(redactedBy('strict'));
    expect(shown(text, [...Object.values(name), ...Object.values(place)])).toEqual([]);
  });

  it('get the same stand-in everywhere in a bundle, and another one in the next', () => {
    const aliasIn = ({ evidence, events }: RedactedSession) => {
      const told = JSON.stringify(events.map(({ data }) => data));
      const first = /10\.244\.(\d{1,3}\.\d{1,3})/.exec(told)?.[1];
      expect(first).toBeDefined();
      expect(evidence.map((file) => file.text).join('\n')).toContain(`10.244.${first}`);
      return first;
    };
    expect(aliasIn(redactedBy('strict'))).not.toBe(aliasIn(redactedBy('strict', 'the next')));
    expect(redactedBy('strict')).toEqual(redactedBy('strict'));
  });

  it('which are words of the tree stay readable', () => {
    const { findings } = foldJournal(redactedBy('strict').events);
    expect(findings.map(({ check }) => check)).toContain('service-has-ready-endpoints');
  });
});
