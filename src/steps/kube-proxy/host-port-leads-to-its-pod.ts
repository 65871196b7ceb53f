import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { doorOf, doorSchema } from '../../domain/door.js';
import { defineStep } from '../../domain/step.js';
import { placeWords } from '../../parse/rules/compare.js';
import { hostPortOf, hostPortViewSchema, judgeHostPort } from '../../parse/rules/host-port.js';
import { arrivals } from '../../queries/probes/door-flow.js';
import { readQueries, readRules } from '../../queries/probes/read-rules.js';

const evidenceSchema = z.object({ door: doorSchema.optional(), view: hostPortViewSchema.optional() });
type Evidence = z.infer<typeof evidenceSchema>;

const judge = ({ door, view }: Evidence) => {
  const [pod] = door?.pods ?? [];
  if (!pod) return 'no-host-port';
  if (pod.host) return 'host-network';
  return view ? judgeHostPort(view, pod) : 'no-pod-address';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes'],
  runs: [...readQueries],
  from: ['pod', 'node', 'outside'],
  to: ['node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    match: 'pass',
    'host-network': 'pass',
    missing: 'fail',
    'not-reached': 'fail',
    elsewhere: 'fail',
    diverted: 'fail',
    replaced: 'unsure',
    'no-pod-address': 'unsure',
    'no-host-port': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const door = await doorOf(kube, flow);
    const [pod] = door?.pods ?? [];
    if (!door || !pod || pod.host || pod.address === '') return door ? { door } : {};
    const [here] = await arrivals(kube, flow, { door, expected: [] });
    if (!here) throw new CannotLook('lost', 'It is not known with which address the packets of this flow arrive.');
    const to = { address: door.address, port: door.port, protocol: door.protocol.toLowerCase() };
    const { rules, packet, family, replacing } = await readRules(node(door.node), here.start, to);
    const { lost, ...view } = hostPortOf(rules.tables, packet, family);
    if (lost) throw new CannotLook('lost', 'The packet rules lead in circles.');
    return { door, view: { ...view, replacing: [...replacing] } };
  },

  interpret(evidence) {
    const { door, view } = evidence;
    const [pod] = door?.pods ?? [];
    const place = door && { node: door.node, address: door.address, 'host-port': door.port };
    const owner = pod && {
      owner: `${pod.namespace}/${pod.name}`,
      namespace: pod.namespace,
      pod: pod.name,
      'pod-address': placeWords(pod),
    };
    const facts = {
      ...{ node: '', address: '', 'host-port': 0, owner: '', replacing: view?.replacing ?? [], ...place, ...owner },
      leads: capped((view?.translations ?? []).flatMap(({ endpoints }) => endpoints.map(placeWords))),
    };
    return { outcome: judge(evidence), facts };
  },
});
