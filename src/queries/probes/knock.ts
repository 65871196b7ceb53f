import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { understood } from '../../domain/understood.js';
import type { Knock } from '../../parse/knock.js';
import { clusterDomain } from '../../parse/resolv-conf.js';
import { httpGet } from '../http-get.js';
import { resolveName } from '../resolve-name.js';
import { resolverConfig } from '../resolver-config.js';
import type { tcpConnect } from '../tcp-connect.js';
import { connectSeries } from './connect-series.js';

interface Door {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  /** The Host header of a GET; absent where the port promises no HTTP. */
  readonly http?: string | undefined;
  /** Connects side by side, nine unless it is known that fewer tell as much. */
  readonly tries?: number | undefined;
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

const connectTo = async (pod: Knocking, door: Door) => {
  const { address, port, tries = enough } = door;
  const connect = await connectSeries(pod, { host: address, port, tries, waitSeconds: 2 });
  const http = connect.open > 0 ? await get(door, pod) : undefined;
  return { connect, ...(http && { http }) };
};

/** With none of nine failing, fewer than a third fail, with 95 % confidence (3/n). */
const enough = 9;

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
