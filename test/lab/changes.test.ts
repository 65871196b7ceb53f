import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../lab/machine/eventually.ts';
import type { Change } from '../../src/change/change.js';
import type { ChangeRefused, Changer } from '../../src/change/changer.js';
import { openChanger } from '../../src/ports/live/changes/open-changer.js';
import { never, unclean } from '../ports/live/imitation/target.js';
import { apply, isUp, kubeconfig, kubectl } from './cluster.js';

const namespace = 'ledger';
const inside = ['-n', namespace];
const here = (args: string[]) => kubectl([...inside, ...args]);
const patch = (object: string, body: object) => here(['patch', object, '--type=merge', '-p', JSON.stringify(body)]);

const account = { kind: 'services', namespace, name: 'account' };
const labels = { app: 'account' };
const service = {
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'account' } },
  spec: { selector: { app: 'acount' }, ports: [{ port: 80 }] },
};
// No node has this label: the Pod exists, and goes at once when it is deleted.
const clerks = {
  ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'clerk' } },
  spec: {
    ...{ serviceName: 'account', replicas: 1, selector: { matchLabels: labels } },
    template: {
      metadata: { labels },
      spec: { nodeSelector: { desk: 'nowhere' }, containers: [{ name: 'clerk', image: 'none' }] },
    },
  },
};
const policy = {
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name: 'let-in' } },
  spec: { podSelector: { matchLabels: labels }, ingress: [{}] },
};

const select: Change = { do: 'select', object: account, labels };
const letIn: Change = { do: 'apply', object: { kind: 'networkpolicies', namespace, name: 'let-in' }, manifest: policy };
const selector = () => here(['get', 'service', 'account', '-o', 'jsonpath={.spec.selector.app}']);
const clerk = () => here(['get', 'pods', '-l', 'app=account', '-o', 'jsonpath={.items[*].metadata.uid}']);

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'carried out',
    (error: unknown) => (error as ChangeRefused).code,
  );

describe.skipIf(!isUp)('changes against the real API server', () => {
  let changer: Changer;

  beforeAll(async () => {
    kubectl(['create', 'namespace', namespace]);
    apply([service, clerks], inside);
    await eventually('the controller has made the Pod', () => clerk() !== '');
    changer = await openChanger({
      ...{ flags: { kubeconfig: kubeconfig() }, around: { env: {}, home: '/nowhere' } },
      ...{ clean: unclean, version: '0', session: 'lab' },
    });
  }, 60_000);
  afterAll(async () => {
    await changer.close();
    kubectl(['delete', 'namespace', namespace, '--wait=false']);
  });

  it('tries without keeping, carries out, and puts back', async () => {
    const prepared = await changer.prepare(select, never);
    expect(selector()).toBe('acount');
    const done = await changer.carryOut(prepared, never);
    expect(done.state).toBe('applied');
    expect(selector()).toBe('account');
    const managers = here([
      'get',
      'service',
      'account',
      '-o',
      'jsonpath={.metadata.managedFields[*].manager}',
      '--show-managed-fields',
    ]);
    expect(managers.split(' ')).toContain('net-triage');
    expect(await refused(changer.prepare(select, never))).toBe('no-effect');
    await changer.undo(done.undo, never);
    expect(selector()).toBe('acount');
  });

  it('changes nothing that somebody else has changed since it was looked at', async () => {
    const prepared = await changer.prepare(select, never);
    patch('service/account', { spec: { selector: { app: 'bursar' } } });
    expect(await refused(changer.carryOut(prepared, never))).toBe('conflict');
    expect(selector()).toBe('bursar');
  });

  it('puts nothing back over what somebody else has written since', async () => {
    const { undo } = await changer.carryOut(await changer.prepare(select, never), never);
    patch('service/account', { spec: { selector: { app: 'auditor' } } });
    expect(await refused(changer.undo(undo, never))).toBe('changed-since');
    expect(selector()).toBe('auditor');
  });

  it('spares the Pod that has taken the name of the one that was meant', async () => {
    const prepared = await changer.prepare({ do: 'delete-pod', namespace, pod: { name: 'clerk-0' } }, never);
    const before = clerk();
    here(['delete', 'pod', 'clerk-0']);
    const next = await eventually('the Pod is made anew', () => {
      const now = clerk();
      return now !== before && now;
    });
    expect(await refused(changer.carryOut(prepared, never))).toBe('conflict');
    expect(clerk()).toBe(next);
  });

  it('makes no policy in the place of one that was made meanwhile, and removes only its own', async () => {
    const prepared = await changer.prepare(letIn, never);
    const done = await changer.carryOut(prepared, never);
    expect(await refused(changer.carryOut(prepared, never))).toBe('conflict');
    patch('networkpolicy/let-in', { spec: { ingress: [] } });
    expect(await refused(changer.undo(done.undo, never))).toBe('changed-since');
    apply([policy], inside);
    await changer.undo(done.undo, never);
    expect(here(['get', 'networkpolicies', '-o', 'name'])).toBe('');
  });

  it('changes nothing of what is gone', async () => {
    const prepared = await changer.prepare(select, never);
    here(['delete', 'service', 'account']);
    expect(await refused(changer.carryOut(prepared, never))).toBe('gone');
    expect(await refused(changer.prepare(select, never))).toBe('gone');
  });
});
