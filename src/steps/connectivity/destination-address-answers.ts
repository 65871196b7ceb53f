import { z } from 'zod';
import { containerPorts } from '../../domain/container-port.js';
import type { Flow } from '../../domain/flow.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podIps } from '../../domain/pod-state.js';
import { defineStep } from '../../domain/step.js';
import { judgeKnock, knockSchema } from '../../parse/knock.js';
import { httpGet } from '../../queries/http-get.js';
import { knock } from '../../queries/probes/knock.js';
import { resolveName } from '../../queries/resolve-name.js';
import { resolverConfig } from '../../queries/resolver-config.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

type Towards = Flow<'pod', 'pod' | 'ip' | 'host'>;

const place = async (kube: ObjectReader<'pods'>, { to, protocol, port }: Towards) => {
  if (to.kind === 'ip') return { address: to.address, port };
  if (to.kind === 'host') return { address: to.name, port };
  const found = await kube.get('pods', { namespace: to.namespace, name: to.name });
  if (!found) return { address: '', port: undefined, http: undefined };
  const offered = containerPorts(found).filter((one) => one.protocol === protocol);
  const named = offered.find(({ name }) => name === port)?.port;
  const only = offered.length === 1 ? offered[0]?.port : undefined;
  return { address: podIps(found)[0] ?? '', port: port === undefined ? only : (named ?? port) };
};

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 2,
  reads: ['pods'],
  runs: [tcpConnect, httpGet, resolveName, resolverConfig],
  from: ['pod'],
  to: ['pod', 'ip', 'host'],
  /** Without a knock there is no address or no port to knock at. */
  evidence: z.object({ knock: knockSchema.optional() }),
  outcomes: {
    answers: 'pass',
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
