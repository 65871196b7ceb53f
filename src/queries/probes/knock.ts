import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import { together } from '../../parse/connect.js';
import type { Knock } from '../../parse/knock.js';
import { clusterDomain } from '../../parse/resolv-conf.js';
import { httpGet } from '../http-get.js';
import { resolveName } from '../resolve-name.js';
import { resolverConfig } from '../resolver-config.js';
import { sixMore, tcpConnect, threeTries } from '../tcp-connect.js';

interface Door {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  /** The Host header of a GET; absent where the port promises no HTTP. */
  readonly http?: string | undefined;
}

type Knocking = RunPort<typeof tcpConnect | typeof httpGet | typeof resolveName | typeof resolverConfig>;

const get = ({ address, port, http }: Door, pod: Knocking) =>
  http === undefined
    ? undefined
    : ifReadable(
        pod
          .run(httpGet, { host: address, port, path: '/', tries: 3, waitSeconds: 4, hostHeader: http })
          .then(understood),
      );

/**
 * Three connects first: where none opens, more of them would only wait longer, and the kernel answers a burst
 * of refusals with a few ICMP errors (icmp_ratelimit). Where one opens, six more, so that a share of a third
 * that fails is seen, beside a few requests where the port promises to answer them.
 */
const connectTo = async (pod: Knocking, door: Door) => {
  const { address, port } = door;
  const first = understood(await pod.run(tcpConnect, threeTries(address, port)));
  if (first.open === 0) return { connect: first };
  const [more, http] = await Promise.all([
    pod.run(tcpConnect, sixMore(address, port)).then(understood),
    get(door, pod),
  ]);
  return { connect: together(first, more), ...(http && { http }) };
};

/** Tries one address by what its protocol allows. */
export const knock = async (pod: Knocking, door: Door): Promise<Knock> => {
  const { address, port, protocol } = door;
  if (protocol === 'UDP' && port === 53) {
    // A name the cluster answers by itself: any other would also try the way to the upstream servers.
    const domain = clusterDomain(await pod.run(resolverConfig, {})) ?? 'cluster.local';
    const dns = await pod.run(resolveName, { name: `kubernetes.default.svc.${domain}.`, server: address });
    return { address, port, protocol, dns };
  }
  if (protocol !== 'TCP') return { address, port, protocol };
  return { address, port, protocol, ...(await connectTo(pod, door)) };
};
