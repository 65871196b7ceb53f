import { TOOLS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { query } from '../scenario/requests.ts';

const DROP =
  'table ip resolver { chain in { type filter hook input priority 0; ip daddr 10.0.0.53 udp dport 53 drop; }; }';

export const fault: Fault = {
  story:
    'The resolver of the company has a new firewall. Names of the cluster are found as ever, the rest of the world is not.',
  namespace: 'consulate',
  flow: { from: 'pod/consulate/envoy', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [client('consulate', { name: 'envoy', image: TOOLS })],
  inject: [
    { at: { net: 'bastion' }, run: ['nft', DROP] },
    // What was asked a moment ago is still in the cache.
    { restart: 'coredns' },
  ],
  heal: [{ at: { net: 'bastion' }, run: ['nft', 'delete', 'table', 'ip', 'resolver'] }],
  symptom: { at: { pod: 'envoy' }, request: query('www.example.com', '10.96.0.10'), fails: 'always' },
  runs: [
    { ...finds(['DNS-04'], { never: ['DNS-22', 'DNS-01'] }), flags: ['dns-fails'] },
    { ...finds(['DNS-04'], { never: ['DNS-22', 'DNS-01'] }), level: 'node', flags: ['dns-fails'] },
  ],
};
