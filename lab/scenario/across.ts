import { client, deployment, type Manifest, pinned, service, web } from './manifest.ts';

interface Parts {
  namespace: string;
  server: string;
  client: string;
  /** Of the server; the Service listens on `port` of its own, 80 when not said. */
  listens: number;
  port?: number;
  /** Nodes of the server and of the client, `node-b` and `node-a` when not said. */
  on?: string;
  from?: string;
  replicas?: number;
  image?: string;
  /** Of the Service, where a request cannot look it up. */
  address?: string;
}

export interface Setting {
  namespace: string;
  flow: { from: string; to: string };
  objects: readonly Manifest[];
}

/** A web server on one node, its Service, and a client on another node: the ground of most faults between nodes. */
export const across = (parts: Parts): Setting => {
  const { namespace, server, listens, port = 80, on = 'node-b', from = 'node-a', replicas = 1, image, address } = parts;
  return {
    namespace,
    flow: {
      from: `pod/${namespace}/${parts.client}`,
      to: `svc/${namespace}/${server}${port === 80 ? '' : `:${port}`}`,
    },
    objects: [
      deployment(namespace, web(server, listens, { replicas, pod: pinned(on) })),
      service(namespace, server, {
        selector: { app: server },
        ports: [{ port, targetPort: listens }],
        ...(address ? { clusterIP: address } : {}),
      }),
      client(namespace, { name: parts.client, node: from, ...(image ? { image } : {}) }),
    ],
  };
};
