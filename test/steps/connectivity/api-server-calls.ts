/** A webhook that has to be asked before Pods of the shop are made, and an API of its stock: what calls it, and its Service. */
export const toGuard = {
  from: { kind: 'control-plane' },
  to: { kind: 'service', namespace: 'shop', name: 'guard' },
  protocol: 'TCP',
} as const;

interface Hook {
  readonly resources?: readonly string[];
  readonly failurePolicy?: string;
  readonly port?: number;
  readonly service?: string;
}

export const guardHook = ({ resources = ['pods'], failurePolicy = 'Fail', port, service = 'guard' }: Hook = {}) => ({
  metadata: { name: 'guard' },
  webhooks: [
    {
      name: 'pods.guard.example',
      clientConfig: { service: { namespace: 'shop', name: service, ...(port !== undefined && { port }) } },
      rules: [{ resources: [...resources] }],
      failurePolicy,
    },
    { name: 'elsewhere.guard.example', clientConfig: { url: 'https://guard.example/' }, rules: [] },
  ],
});

interface Available {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
}

export const stockApi = (available: Available | undefined = { status: 'True', reason: 'Passed' }) => ({
  metadata: { name: 'v1.stock.example' },
  spec: { service: { namespace: 'shop', name: 'guard', port: 443 } },
  status: { conditions: available ? [{ type: 'Available', ...available }] : [] },
});

/** The API server serves most APIs itself. */
export const ownApi = { metadata: { name: 'v1.apps' }, spec: {}, status: { conditions: [] } };

export const guard = (ready: boolean, port = 443) => ({
  services: [
    {
      metadata: { namespace: 'shop', name: 'guard' },
      spec: {
        clusterIP: '10.96.20.1',
        ipFamilies: ['IPv4'],
        selector: { app: 'guard' },
        ports: [{ port, targetPort: 8443 }],
      },
    },
  ],
  endpointslices: [
    {
      metadata: { namespace: 'shop', name: 'guard-1', labels: { 'kubernetes.io/service-name': 'guard' } },
      addressType: 'IPv4',
      ports: [{ name: '', port: 8443, protocol: 'TCP' }],
      endpoints: [{ addresses: ['10.244.2.4'], nodeName: 'node-b', conditions: { ready } }],
    },
  ],
});
