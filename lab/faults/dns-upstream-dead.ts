import { TOOLS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { query } from '../scenario/requests.ts';
import { upstreamAnswers, upstreamSilent } from '../scenario/upstream.ts';

export const fault: Fault = {
  story:
    'The resolver of the company has a new firewall. Names of the cluster are found as ever, the rest of the world is not.',
  namespace: 'consulate',
  flow: { from: 'pod/consulate/envoy', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [client('consulate', { name: 'envoy', image: TOOLS })],
  inject: upstreamSilent,
  heal: upstreamAnswers,
  symptom: { at: { pod: 'envoy' }, request: query('www.example.com', '10.96.0.10'), fails: 'always' },
  runs: [
    { ...finds(['DNS-04'], { never: ['DNS-22', 'DNS-01'] }), flags: ['dns-fails'] },
    { ...finds(['DNS-04'], { never: ['DNS-22', 'DNS-01'] }), level: 'node', flags: ['dns-fails'] },
  ],
};
