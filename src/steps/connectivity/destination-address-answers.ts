import { z } from 'zod';
import { containerPorts } from '../../domain/container-port.js';
import type { EndOf, Flow } from '../../domain/flow.js';
import { internalAddress, kubeletPort } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podIps } from '../../domain/pod-state.js';
import { defineStep } from '../../domain/step.js';
import { isAddress } from '../../parse/addresses.js';
import { judgeKnock, knockSchema } from '../../parse/knock.js';
import { httpGet } from '../../queries/http-get.js';
import { knock } from '../../queries/probes/knock.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

type Towards = Flow<'pod', 'pod' | 'ip' | 'host' | 'node'>;

const atNode = async (kube: ObjectReader<'nodes'>, { name }: EndOf<'node'>, { port, protocol }: Towards) => ({
  address: isAddress(name) ? name : (internalAddress(await kube.get('nodes', { name })) ?? ''),
  port: port ?? (protocol === 'TCP' ? kubeletPort : undefined),
});

const atPod = async (kube: ObjectReader<'pods'>, { namespace, name }: EndOf<'pod'>, { port, protocol }: Towards) => {
  const found = await kube.get('pods', { namespace, name });
  if (!found) return { address: '', port: undefined };
  const offered = containerPorts(found).filter((one) => one.protocol === protocol);
  const named = offered.find((one) => one.name === port)?.port;
  const only = offered.length === 1 ? offered[0]?.port : undefined;
  return { address: podIps(found)[0] ?? '', port: port === undefined ? only : (named ?? port) };
};

const place = (kube: ObjectReader<'pods' | 'nodes'>, flow: Towards) => {
  const { to, port } = flow;
  if (to.kind === 'node') return atNode(kube, to, flow);
  if (to.kind === 'pod') return atPod(kube, to, flow);
  return { address: to.kind === 'ip' ? to.address : to.name, port };
};

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 2,
  reads: ['pods', 'nodes'],
  runs: [tcpConnect, httpGet, resolveName, resolverConfig],
  from: ['pod'],
  to: ['pod', 'ip', 'host', 'node'],
  /** Without a knock there is no address or no port to knock at. */
  evidence: z.object({ knock: knockSchema.optional() }),
  outcomes: {
    answers: 'pass',
    // A packet was lost, and sent again: works, and not as a sound network does.
    'answers-late': 'warn',
    'some-fail': 'fail',
    refused: 'fail',
    'times-out': 'fail',
    unreachable: 'fail',
    resets: 'fail',
    'accepts-but-silent': 'fail',
    'udp-silent': 'unsure',
    'not-resolved': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const { address, port } = await place(kube, flow);
    if (!address || typeof port !== 'number') return {};
    // 80 is the one number that promises HTTP to a host nobody described.
    const http = flow.to.kind === 'host' && port === 80 ? address : undefined;
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    return { knock: await knock(source, { address, port, protocol: flow.protocol, http }) };
  },

  interpret({ knock: knocked }) {
    if (!knocked) return { outcome: 'no-address' };
    const judged = judgeKnock(knocked);
    const unnamed = knocked.connect?.failed && knocked.connect.classes['no-name'] === knocked.connect.failed;
    return unnamed ? { ...judged, outcome: 'not-resolved' } : judged;
  },
});
