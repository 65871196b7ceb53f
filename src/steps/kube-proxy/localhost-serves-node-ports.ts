import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { capped } from '../../domain/capped.js';
import { doorSchema } from '../../domain/door.js';
import { defineStep } from '../../domain/step.js';
import { targetSchema } from '../../domain/targets.js';
import { type DoorView, doorViewSchema, judgeDoor } from '../../parse/rules/door.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { doorFlow, doorServiceSchema } from '../../queries/probes/door-flow.js';
import { doorQueries, doorView } from '../../queries/probes/door-view.js';
import { startOf } from '../../queries/probes/first-packet.js';
import { routeToAddress } from '../../queries/rules/route-to-address.js';

const setting = (device: string) => `net.ipv4.conf.${device.replaceAll('.', '/')}.route_localnet`;

const evidenceSchema = z.object({
  door: doorSchema.optional(),
  service: doorServiceSchema.optional(),
  expected: z.array(targetSchema),
  /** The source is on the network of its node, whose loopback address is meant then. */
  onNode: z.boolean(),
  view: doorViewSchema.optional(),
  /** `route_localnet` by device, of all and of those through which the endpoints are reached. */
  settings: z.record(z.string(), z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

// The nftables mode never looks at loopback addresses (KEP-3866), the IPVS mode serves no node port there (pkg/proxy/ipvs).
const never = new Set(['nftables', 'ipvs']);

interface Known extends Pick<Evidence, 'expected'> {
  readonly door: NonNullable<Evidence['door']>;
  readonly service: NonNullable<Evidence['service']>;
}

const ofRules = (view: DoorView, { door, service, expected }: Known) => {
  const where = { node: door.node, local: service.local };
  const { outcome } = judgeDoor(view, { ...where, all: expected, chosen: true, ranges: false });
  if (outcome === 'replaced' || outcome === 'local-elsewhere') return outcome;
  return never.has(view.mode) || outcome === 'left-out' || outcome === 'primary-only' ? 'left-out' : 'no-rule';
};

/** The kernel looks at the setting of all devices and at that of the device by which the packet leaves. */
const isRouted = ({ settings: { all, ...devices } }: Evidence) =>
  all === '1' || (Object.keys(devices).length > 0 && Object.values(devices).every((value) => value === '1'));

const judge = (evidence: Evidence) => {
  const { door, service, onNode, view } = evidence;
  if (door && !door.loopback) return 'not-localhost';
  if (door && !onNode) return 'own-network';
  if (!door || !service || !view) return 'not-a-node-port';
  if (!view.translations.some(({ endpoints }) => endpoints.length > 0))
    return ofRules(view, { ...evidence, door, service });
  return isRouted(evidence) ? 'serves' : 'route-localnet-off';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...doorQueries, kernelSettings],
  from: ['pod', 'node'],
  to: ['node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    serves: 'pass',
    'not-localhost': 'pass',
    'route-localnet-off': 'fail',
    'left-out': 'fail',
    'local-elsewhere': 'fail',
    'own-network': 'fail',
    'no-rule': 'unsure',
    'not-a-node-port': 'unsure',
    replaced: 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const [found, start] = await Promise.all([doorFlow(kube, flow), startOf(kube, flow.from)]);
    const none = { expected: [], onNode: start?.fromNode ?? false, settings: {} };
    if (!found) return none;
    const { door, at, service, expected } = found;
    if (!door.loopback || !start?.fromNode) return { ...none, door };
    const run = node(door.node);
    const to = { address: door.address, port: door.port, protocol: door.protocol.toLowerCase(), nodePort: true };
    const [view, ...routes] = await Promise.all([
      doorView(run, { address: door.address, fromNode: true }, to),
      ...expected.slice(0, 3).map(({ address }) => run.run(routeToAddress, { address })),
    ]);
    const devices = ['all', ...new Set(routes.map(({ device }) => device).filter((name) => name !== ''))];
    const { values, strange } = await run.run(kernelSettings, { names: devices.map(setting) });
    if (strange[0]) throw new CannotLook('lost', strange[0]);
    const local = service?.spec?.externalTrafficPolicy === 'Local';
    return {
      ...{ door, expected: [...expected], onNode: true, view },
      service: { namespace: at.namespace, name: at.name, port: at.port, local, ranges: [] },
      settings: Object.fromEntries(devices.map((device) => [device, values[setting(device)] ?? 'absent'])),
    };
  },

  interpret(evidence) {
    const { door, service, view, settings } = evidence;
    const place = door && { node: door.node, address: door.address, 'node-port': door.port };
    const facts = {
      ...{ node: '', address: '', 'node-port': 0, mode: '', replacing: [], ...place },
      ...(view && { mode: view.mode, replacing: view.replacing }),
      owner: service ? `${service.namespace}/${service.name}` : '',
      ...(service && { namespace: service.namespace, service: service.name }),
      settings: capped(Object.entries(settings).map(([device, value]) => `${device} ${value}`)),
    };
    return { outcome: judge(evidence), facts };
  },
});
