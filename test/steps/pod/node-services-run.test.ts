import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/pod/node-services-run.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, node, pod, service, toCart } from '../shop.js';

const look = looking(step, 'node-services-run');
const units = (name: string) => recorded('systemd', `units-${name}`);
const journal = (name: string) => recorded('systemd', `journal-${name}`);
/** What `ps -C … -o pid=,stat=,etimes=,comm=` prints. */
const processes = (kubelet: string, runtime: string) =>
  [kubelet && `   7342 ${kubelet}      94 kubelet`, runtime && `   7101 ${runtime}      99 containerd`]
    .filter(Boolean)
    .join('\n');
const entry = (text: string) => JSON.stringify({ MESSAGE: text, __REALTIME_TIMESTAMP: '1795324390659027' });

interface Said {
  readonly units?: string;
  readonly ps?: string;
  readonly journal?: string;
}
const well: Said = {
  units: units('running'),
  ps: processes('Ssl', 'Ssl'),
  journal: entry('Starting kubelet main sync loop.'),
};

const seen = (said: Said, nodes = [node('node-a'), node('node-b', 'Unknown')]) => {
  const texts: Readonly<Record<string, string | undefined>> = {
    'service-units': said.units,
    'node-programs': said.ps,
    'kubelet-journal': said.journal,
  };
  const answer = (query: string) => {
    const text = texts[query];
    if (text === undefined) throw new CannotLook('tool-missing', `no ${query}`);
    return ran(text, { exitCode: query === 'node-programs' && text === '' ? 1 : 0 });
  };
  return look(
    { services: [service()], pods: [checkout(), pod('cart-1', { spec: { nodeName: 'node-b' } })], nodes },
    { flow: toCart, answers: { node: answer } },
  );
};

const ofNode = (what: string) => entry(`"Failed to ensure lease exists, will retry" err="${what}"`);

it.each<[string, Said]>([
  ['kubelet-stopped', { ...well, units: units('kubelet-stopped'), ps: processes('', 'Ssl') }],
  // As in a lab, or in a node of an appliance: no systemd, no journal.
  ['kubelet-stopped', { units: '', ps: processes('', 'Ssl'), journal: '' }],
  ['kubelet-stopped', { units: '', ps: '', journal: '' }],
  ['kubelet-hangs', { ...well, ps: processes('Tsl', 'Ssl') }],
  ['kubelet-crashes', { units: units('kubelet-waits').split('\n\n')[0] ?? '', ps: processes('', 'Ssl'), journal: '' }],
  // Caught in the moment in which systemd has started it again.
  [
    'kubelet-crashes',
    { units: units('kubelet-crashes'), ps: processes('', 'Ssl'), journal: journal('config-missing') },
  ],
  [
    'certificate-expired',
    { units: units('kubelet-crashes'), ps: processes('', 'Ssl'), journal: journal('certificate-expired') },
  ],
  [
    'runtime-not-reached',
    { units: units('kubelet-crashes'), ps: processes('', 'Ssl'), journal: journal('runtime-missing') },
  ],
  ['runtime-stopped', { ...well, units: units('runtime-stopped'), ps: processes('Ssl', '') }],
  ['runtime-stopped', { units: '', ps: processes('Ssl', ''), journal: '' }],
  ['runtime-stopped', { units: '', ps: processes('Ssl', 'Z'), journal: '' }],
  ['runtime-hangs', { units: '', ps: processes('Ssl', 'Tsl'), journal: '' }],
  [
    'relist-late',
    { ...well, journal: entry('PLEG is not healthy: pleg was last seen active 4m0s ago; threshold is 3m0s') },
  ],
  ['api-not-reached', { ...well, journal: ofNode('dial tcp 10.0.0.5:6443: i/o timeout') }],
  ['no-space', { ...well, journal: entry('write /var/lib/kubelet/x: no space left on device') }],
  [
    'certificate-not-yet-valid',
    {
      ...well,
      journal: ofNode(
        'x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2026-11-01T00:00:00Z',
      ),
    },
  ],
  [
    'server-certificate-expired',
    {
      ...well,
      journal: ofNode(
        'x509: certificate has expired or is not yet valid: current time 2026-11-22T05:13:34Z is after 2026-11-01T00:00:00Z',
      ),
    },
  ],
])('%s', async (outcome, said) => {
  const found = await seen(said);
  expect(found).toMatchObject({ outcome, result: 'fail', facts: { node: 'node-b' } });
  expect(found.en + found.zh).not.toMatch(/\{[a-z-]+\}/);
});

it('run: a kubelet that works and is not heard raises no alarm', async () => {
  expect(await seen(well)).toMatchObject({ outcome: 'run', result: 'pass', facts: { kubelet: 'active/running' } });
});

it('none-down: enters no node that is ready', async () => {
  const found = await seen({}, [node('node-a'), node('node-b')]);
  expect(found).toMatchObject({ outcome: 'none-down', result: 'pass' });
  expect(found.calls.filter(({ port }) => port === 'node')).toEqual([]);
});

it('not-told: complaints alone do not say whether the kubelet runs', async () => {
  expect(await seen({ journal: entry('Starting kubelet main sync loop.') })).toMatchObject({
    outcome: 'not-told',
    result: 'unsure',
  });
});

it('looks at nothing where a node says nothing that is understood', async () => {
  await expect(seen({})).rejects.toThrow(CannotLook);
  await expect(seen({ units: '', journal: '' })).rejects.toThrow(CannotLook);
});

it('leaves the runtime alone where the kubelet brings its own', async () => {
  const k3s = units('runtime-stopped').replaceAll('k3s.service\nLoadState=not-found', 'k3s.service\nLoadState=loaded');
  expect(k3s).not.toBe(units('runtime-stopped'));
  expect((await seen({ ...well, units: k3s })).outcome).toBe('run');
});

it('reads and runs what it declares', async () => {
  const { used, calls } = await seen(well);
  expect(used.toSorted()).toEqual([...step.reads].sort());
  const ran = calls.flatMap((call) => (call.port === 'node' ? [call.query] : []));
  expect([...new Set(ran)].toSorted()).toEqual(step.runs.map(({ name }) => name).toSorted());
});
