import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Run } from '../../../src/domain/query.js';
import step from '../../../src/steps/kube-proxy/kube-proxy-runs.js';
import { ofCorpus } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const part = (name: string) => readFileSync(new URL(`../../fixtures/kube-proxy-port/${name}`, import.meta.url), 'utf8');
const curl = (name: string, exitCode: number) =>
  ran(part(`curl-${name}.txt`), { tool: 'curl', stderr: part(`curl-${name}.stderr.txt`), exitCode });
const healthy = ran(`${ofCorpus('plain/healthy/node-b/kube-proxy-healthz.json')}\n200\n`, { tool: 'curl' });
const iptables = ran('iptables\n200\n', { tool: 'curl' });
const process = (state: string) => ran(` 2471 ${state}      434 kube-proxy\n`);
const none = ran('', { exitCode: 1 });

interface Seen {
  readonly health: Run;
  readonly mode?: Run;
  readonly processes?: Run;
  readonly devices?: string;
}

const look = ({ health, mode = health, processes = process('Ssl'), devices = 'cni0\neth0\n' }: Seen) =>
  lookAt(step, 'kube-proxy-runs', {
    here: { state: 'as-listed' },
    objects: clusterWith(records),
    flow: flowTo(records),
    on: (query, args) => {
      if (query === 'kube-proxy-port') return args.ask === 'mode' ? mode : health;
      if (query === 'kube-proxy-processes') return processes;
      return query === 'device-names' ? ran(devices) : undefined;
    },
  });

it.each([
  ['running', { health: healthy, mode: iptables }],
  ['behind', { health: curl('unhealthy', 0), mode: iptables }],
  ['silent', { health: curl('silent', 28) }],
  ['stopped', { health: curl('silent', 28), processes: process('Tsl') }],
  ['not-running', { health: curl('refused', 7), processes: none }],
  ['other-port', { health: curl('refused', 7) }],
  // K3s and RKE2 have no process of that name.
  ['other-port', { health: curl('refused', 7), processes: ran(' 900 Ssl 10 k3s-agent\n') }],
  ['running', { health: healthy, mode: iptables, processes: none }],
  ['replaced', { health: curl('refused', 7), processes: none, devices: 'cilium_host\nlxc1\n' }],
  ['unknown', { health: curl('refused', 7), processes: ran('', { exitCode: 1, stderr: "ps: invalid option -- 'C'" }) }],
])('%s', async (outcome, seen) => expect((await look(seen)).outcome).toBe(outcome));

it('says the mode and when the rules were written last, which is no fault by itself', async () => {
  const { facts, result } = await look({ health: healthy, mode: iptables });
  expect(facts).toMatchObject({ node: 'node-a', mode: 'iptables', age: 0 });
  expect(result).toBe('pass');
});

it('looks at nothing where its port could not be asked', async () => {
  const strange = ran('', { tool: 'curl', exitCode: 1, stderr: 'curl: (1) Protocol "http" not supported' });
  await expect(look({ health: strange })).rejects.toThrow(CannotLook);
});
