import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../lab/machine/eventually.ts';
import type { CannotLook } from '../../src/domain/cannot-look.js';
import type { Flow } from '../../src/domain/flow.js';
import { isPluginKind, type Kind, kinds, resourceOf } from '../../src/domain/kinds.js';
import type { AnyStep } from '../../src/domain/step.js';
import { createLive, type Live } from '../../src/ports/live/live.js';
import { portsFor } from '../../src/ports/step-ports.js';
import atHome from '../../src/steps/cni/calico-addresses-are-at-home.js';
import room from '../../src/steps/cni/calico-blocks-have-room.js';
import recognised from '../../src/steps/cni/network-plugin-is-recognised.js';
import { never, unclean } from '../ports/live/imitation/target.js';
import { apply, isUp, kubeconfig, kubectl } from './cluster.js';

const group = 'crd.projectcalico.org';
const ours = (Object.keys(kinds) as Kind[]).filter((kind) => kinds[kind].group === group);

// As libcalico-go/config/crd has them, but for the schema: what the API server keeps is not what is tried here.
const definition = (kind: Kind) => {
  const plural = resourceOf(kind);
  return {
    ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: kind } },
    spec: {
      ...{ group, scope: kinds[kind].namespaced ? 'Namespaced' : 'Cluster', names: { kind: `K${plural}`, plural } },
      versions: [
        {
          ...{ name: 'v1', served: true, storage: true },
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
};
const object = (plural: string, name: string, spec: object) => ({
  ...{ apiVersion: `${group}/v1`, kind: `K${plural}`, metadata: { name }, spec },
});

const opened: Live[] = [];
const as = async (user: string) => {
  const live = await createLive({
    ...{ flags: { kubeconfig: kubeconfig(user) }, around: { env: {}, home: '/nowhere' } },
    ...{ level: () => 'observe', queries: {}, clean: unclean, version: '0', session: 'lab' },
  });
  opened.push(live);
  return live;
};
const look = async <S extends AnyStep>(step: S, live: Live, flow: Flow) => {
  const evidence = await step.collect(portsFor(step, live, { signal: never }), flow, never);
  return step.interpret(step.evidence.parse(JSON.parse(JSON.stringify(evidence))), flow);
};

const mark = 'projectcalico.org/IPv4Address';

describe.skipIf(!isUp)('objects of plugins in the real API server', () => {
  let flow: Flow;
  /** Where a name server runs, and a node that is said to own its address. */
  const nodes = { holder: '', owner: '' };

  beforeAll(() => {
    apply(ours.map(definition));
    kubectl(['wait', '--for=condition=Established', '--timeout=20s', ...ours.map((kind) => `crd/${kind}`)]);
    const line = kubectl([
      ...['-n', 'kube-system', 'get', 'pods', '-l', 'k8s-app=kube-dns'],
      ...['-o', 'jsonpath={.items[0].metadata.name} {.items[0].status.podIP} {.items[0].spec.nodeName}'],
    ]);
    const [name = '', address = '', holder = ''] = line.split(' ');
    Object.assign(nodes, { holder, owner: holder === 'node-b' ? 'node-c' : 'node-b' });
    const cidr = `${address.replace(/\.\d+$/, '')}.0/26`;
    apply([
      object('ippools', 'default-ipv4-ippool', { cidr: '10.244.0.0/16', ipipMode: 'Always', natOutgoing: true }),
      object('blockaffinities', `${nodes.owner}-one`, {
        cidr,
        node: nodes.owner,
        state: 'confirmed',
        deleted: 'false',
      }),
      object('ipamblocks', cidr.replace(/[./]/g, '-'), {
        cidr,
        affinity: `host:${nodes.owner}`,
        allocations: [null, 0, 1],
      }),
      object('ipamconfigs', 'default', { strictAffinity: true, autoAllocateBlocks: true }),
    ]);
    for (const node of Object.values(nodes)) kubectl(['annotate', 'node', node, '--overwrite', `${mark}=10.0.0.1/24`]);
    flow = {
      from: { kind: 'node', name: nodes.owner },
      to: { kind: 'pod', namespace: 'kube-system', name },
      protocol: 'TCP',
      port: 53,
    };
  }, 60_000);

  afterAll(async () => {
    await Promise.all(opened.map((live) => live.close()));
    for (const node of Object.values(nodes)) kubectl(['annotate', 'node', node, `${mark}-`]);
    kubectl(['delete', 'crd', '--wait=false', ...ours]);
    // Whoever comes next is to find a cluster without them. The API server looks for their objects before it lets go,
    // in a storage that it opens anew for that: now and then this is not ready, and the next attempt minutes away.
    // As long as one of them is left, the group comes and goes in /apis.
    await eventually('the kinds of Calico are gone', () => {
      const left = kubectl(['get', 'crd', '-o', 'name'])
        .split('\n')
        .filter((name) => name.endsWith(group));
      if (left.length) kubectl(['patch', ...left, '--type=merge', '--patch', '{"metadata":{"finalizers":null}}']);
      return !left.length;
    });
    await eventually(`${group} is no longer served`, () => !kubectl(['get', '--raw', '/apis']).includes(group));
  }, 60_000);

  it('reads a kind of its own group beside one of the same name', async () => {
    const live = await as('admin');
    const list = (kind: Kind, namespace?: string) =>
      live.ask({ port: 'kube', verb: 'list', kind, ...(namespace ? { namespace } : {}) }, never);
    expect(await list('ippools.crd.projectcalico.org')).toMatchObject([{ spec: { cidr: '10.244.0.0/16' } }]);
    expect(await list('networkpolicies.crd.projectcalico.org', 'kube-system')).toEqual([]);
    expect(await list('networkpolicies', 'kube-system')).toEqual([]);
  });

  it('tells what is not installed from what may not be read', async () => {
    const refused = (live: Live, kind: Kind) =>
      live.ask({ port: 'kube', verb: 'list', kind, namespace: 'kube-system' }, never).then(
        () => 'read',
        (error: unknown) => (error as CannotLook).code,
      );
    expect(await refused(await as('admin'), 'ciliumendpoints.cilium.io')).toBe('not-served');
    const viewer = await as('viewer');
    expect(await refused(viewer, 'ippools.crd.projectcalico.org')).toBe('forbidden');
    // RBAC turns these away as well, but discovery does not list their groups.
    expect(await refused(viewer, 'tiers.projectcalico.org')).toBe('not-served');
    expect(await refused(viewer, 'ciliumendpoints.cilium.io')).toBe('not-served');
    // The groups once, a refusal in the one that is served, and its kinds.
    expect(viewer.cost().requests).toBe(3);
  });

  it('judges blocks and addresses by what the API server keeps', async () => {
    const live = await as('admin');
    const pod = { namespace: 'kube-system', labels: { 'k8s-app': 'canal' } };
    expect(await live.ask({ port: 'kube', verb: 'list', kind: 'pods', ...pod }, never)).toEqual([]);
    // The lab's network is flannel, and both have signed now: no agent of Calico is there.
    expect((await look(recognised, live, flow)).outcome).toBe('canal');
    expect(await look(atHome, live, flow)).toMatchObject({
      outcome: 'borrowed-from-source',
      facts: { home: nodes.owner },
    });
    expect(await look(room, live, flow)).toMatchObject({ outcome: 'room', facts: { blocks: 1024, affine: 1 } });
  });

  it('knows every kind of a plugin by its full name', () => {
    expect(ours.every(isPluginKind)).toBe(true);
  });
});
