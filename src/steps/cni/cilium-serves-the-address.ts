import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { facts } from '../../domain/finding.js';
import type { Flow } from '../../domain/flow.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import type { KubeObject } from '../../domain/kinds.js';
import { internalAddress } from '../../domain/node-address.js';
import { agentContainer, pluginNodes } from '../../domain/plugin-nodes.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';
import { type CiliumService, ciliumServiceSchema } from '../../parse/plugins/cilium-services.js';
import { ciliumServices } from '../../queries/plugins/cilium-services.js';
import { ciliumStatus } from '../../queries/plugins/cilium-status.js';

const placeSchema = z.object({ address: z.string(), port: z.int() });

const evidenceSchema = z.object({
  here: z.boolean(),
  /** Cilium does the work of kube-proxy on this Node. */
  replaces: z.boolean(),
  node: z.string(),
  asked: placeSchema.optional(),
  /** What the Service is to be reached by from outside, on this Node. */
  outside: z.array(placeSchema),
  served: z.array(ciliumServiceSchema),
  places: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

const key = ({ address, port }: { address: string; port: number }) => `${address}:${port}`;
const isAt = (place: { address: string; port: number }) => (row: CiliumService) => key(row) === key(place);

type Service = KubeObject<'services'>;

/** A load balancer of mode `Proxy` answers for its address itself. */
const balanced = ({ status }: Service) =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode }) => (ip && ipMode !== 'Proxy' ? [ip] : []));

const outsideOf = (service: Service | undefined, port: number, own: string | undefined) => {
  if (!service) return [];
  const external = [...(service.spec?.externalIPs ?? []), ...balanced(service)].map((address) => ({ address, port }));
  const nodePort = service.spec?.ports?.find((one) => one.port === port)?.nodePort;
  return own && nodePort ? [...external, { address: own, port: nodePort }] : external;
};

const askedOf = (service: Service | undefined, flow: Pick<Flow, 'port' | 'protocol'>) => {
  const address = service?.spec?.clusterIP ?? '';
  const meant = portToTry(service, flow);
  return address === '' || address === 'None' || !meant ? undefined : { address, port: meant.port };
};

const judge = ({ asked, served, outside, places }: Evidence) => {
  const row = asked && served.find(isAt(asked));
  if (!row) return 'missing';
  const led = row.backends.map(key);
  // Cilium may leave out endpoints of other zones and Nodes; one that is none at all is always wrong.
  if (led.some((place) => !places.includes(place)) || (led.length === 0 && places.length > 0)) return 'other-backends';
  return outside.some((place) => !served.some(isAt(place))) ? 'outside-missing' : 'served';
};

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [ciliumServices, ciliumStatus],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    served: 'pass',
    missing: 'fail',
    'other-backends': 'fail',
    'outside-missing': 'warn',
    'left-to-kube-proxy': 'pass',
    'no-address': 'unsure',
    'not-cilium': 'unsure',
  },

  async collect({ kube, pod }, flow): Promise<Evidence> {
    const nothing = { replaces: false, node: '', outside: [], served: [], places: [] };
    if (!(await pluginNodes(kube, flow, 'cilium'))) return { here: false, ...nothing };
    const node = (await nodesOfFlow(kube, flow)).find(({ role }) => role === 'source')?.node ?? '';
    const agent = pod(await agentContainer(kube, node, 'cilium'));
    const [{ service, slices }, status, object] = await Promise.all([
      serviceAndEndpoints(kube, flow.to),
      agent.run(ciliumStatus, {}),
      kube.get('nodes', { name: node }),
    ]);
    if (!status.understood) throw new CannotLook('lost', status.strange[0] ?? '');
    if (!status.replaces) return { here: true, ...nothing, node };
    const asked = askedOf(service, flow);
    if (!asked) return { here: true, ...nothing, replaces: true, node };
    const { rows, understood, strange } = await agent.run(ciliumServices, {});
    if (!understood) throw new CannotLook('lost', strange[0] ?? 'Cilium named no Service.');
    const outside = outsideOf(service, asked.port, internalAddress(object));
    const served = rows.filter((row) => [asked, ...outside].some((place) => isAt(place)(row)));
    return {
      ...{ here: true, replaces: true, node, asked, outside, served },
      places: targetsOf(service, slices, flow).map(key),
    };
  },

  interpret(evidence) {
    const { here, replaces, node, asked, outside, served, places } = evidence;
    if (!here) return { outcome: 'not-cilium' };
    if (!replaces) return { outcome: 'left-to-kube-proxy', facts: facts({ node }) };
    if (!asked) return { outcome: 'no-address' };
    const led = served.find(isAt(asked))?.backends.map(key) ?? [];
    const missing = outside.filter((place) => !served.some(isAt(place))).map(key);
    return {
      outcome: judge(evidence),
      facts: facts({ node, address: key(asked), backends: led, endpoints: places, missing }),
    };
  },
});
