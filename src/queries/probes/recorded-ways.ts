import type { Flow } from '../../domain/flow.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import type { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portsMeant, servicePorts } from '../../domain/service-port.js';
import { promisesHttp } from '../../domain/speaks-http.js';
import { type Target, targetsOf, toTry } from '../../domain/targets.js';
import { hostPort } from '../../parse/addresses.js';
import type { Way } from '../../parse/recorder/series.js';
import { connectsOverTime } from '../recorder/connects-over-time.js';
import { lookupsOverTime } from '../recorder/lookups-over-time.js';
import { requestsOverTime } from '../recorder/requests-over-time.js';
import { resolverConfig } from '../resolver-config.js';
import { nameOfEnd } from './asked-name.js';
import { type Plan, paceOf } from './recording.js';

/** What a recording from a Pod runs. */
export const recordingQueries = [connectsOverTime, lookupsOverTime, requestsOverTime, resolverConfig] as const;
type Pod = RunPort<(typeof recordingQueries)[number]>;
type Found = Awaited<ReturnType<typeof serviceAndEndpoints>>;

// Each is tried at the full pace: more of them would be tried too seldom to tell one from another.
const mostEndpoints = 6;

export const endpointsToRecord = ({ service, slices }: Found, flow: Pick<Flow, 'port' | 'protocol'>): Target[] =>
  toTry(targetsOf(service, slices, flow)).slice(0, mostEndpoints);

interface Place {
  readonly host: string;
  readonly port: number;
  readonly node: string;
  readonly pod: string;
}

export const placeOf = ({ address, port, node, pod }: Target): Place => ({ host: address, port, node, pod });

/** Connects to one place at a pace that leaves room for so many ways beside it. */
export const connectPlan = (
  source: RunPort<typeof connectsOverTime>,
  way: Way,
  { place: { host, port, node, pod }, of }: { place: Place; of: number },
): Plan => {
  const { gap, tries } = paceOf(of);
  return {
    ...{ way, to: hostPort(host, port), node, pod },
    ask: (since) => source.run(connectsOverTime, { host, port, gap, tries, since }),
  };
};

// A request makes a server work: once a second, or half as often where there are many.
const requestPace = (ways: number) => (ways > 4 ? { gap: 2000, tries: 5 } : { gap: 1000, tries: 10 });

const requestPlan = (
  source: Pod,
  way: Way,
  { place: { host, port, node, pod }, of, name }: { place: Place; of: number; name: string },
): Plan => ({
  ...{ way, to: hostPort(host, port), node, pod },
  ask: (since) => source.run(requestsOverTime, { host, port, ...requestPace(of), since, hostHeader: name }),
});

const lookupPlan = (source: Pod, name: string): Plan => ({
  ...{ way: 'name', to: name, node: '', pod: '' },
  ask: (since) => source.run(lookupsOverTime, { host: name, gap: 500, tries: 20, since }),
});

const serviceOf = ({ service }: Found, flow: Pick<Flow, 'port' | 'protocol'>): Place | undefined => {
  const host = service?.spec?.clusterIP;
  const port = portsMeant(servicePorts(service), flow)[0]?.port;
  return host && host !== 'None' && port ? { host, port, node: '', pod: '' } : undefined;
};

/** The answers of every endpoint and of the Service address, where a plain GET is promised one. */
const requestPlans = (source: Pod, { endpoints, address }: Places, { found, flow }: About): Plan[] => {
  const port = address?.port ?? portsMeant(servicePorts(found.service), flow)[0]?.port ?? 0;
  if (!promisesHttp(found.service, port)) return [];
  const asked = { of: endpoints.length + 1, name: `${flow.to.name}.${flow.to.namespace}` };
  return [
    ...endpoints.map((place) => requestPlan(source, 'answer', { place, ...asked })),
    ...(address ? [requestPlan(source, 'service-answer', { place: address, ...asked })] : []),
  ];
};

interface Places {
  readonly endpoints: readonly Place[];
  readonly address: Place | undefined;
}

interface About {
  readonly found: Found;
  readonly flow: Flow<'pod', 'service'>;
}

/** Every way from a Pod to a Service: its endpoints, its address, its name, and what they answer where that is promised. */
export const waysFromPod = async (source: Pod, found: Found, flow: Flow<'pod', 'service'>): Promise<Plan[]> => {
  const config = await ifReadable(source.run(resolverConfig, {}));
  const byName = config ? [lookupPlan(source, nameOfEnd(flow.to, config))] : [];
  if (flow.protocol !== 'TCP') return byName;
  const places = { endpoints: endpointsToRecord(found, flow).map(placeOf), address: serviceOf(found, flow) };
  const of = places.endpoints.length + (places.address ? 1 : 0);
  return [
    ...places.endpoints.map((place) => connectPlan(source, 'endpoint', { place, of })),
    ...(places.address ? [connectPlan(source, 'service', { place: places.address, of })] : []),
    ...requestPlans(source, places, { found, flow }),
    ...byName,
  ];
};
