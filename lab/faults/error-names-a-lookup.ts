import { TOOLS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { query } from '../scenario/requests.ts';
import { upstreamAnswers, upstreamSilent } from '../scenario/upstream.ts';

// As a program in Go says it.
const SAID =
  'Get "http://www.example.com/": dial tcp: lookup www.example.com on 10.96.0.10:53: read udp 10.244.1.9:41236->10.96.0.10:53: i/o timeout';

export const fault: Fault = {
  story: 'Nobody knew which runbook to take, so the error of the log was pasted: it spoke of a lookup.',
  namespace: 'nunciature',
  flow: { from: 'pod/nunciature/herald', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [client('nunciature', { name: 'herald', image: TOOLS })],
  inject: upstreamSilent,
  heal: upstreamAnswers,
  symptom: { at: { pod: 'herald' }, request: query('www.example.com', '10.96.0.10'), fails: 'always' },
  runs: [{ ...finds(['DNS-04'], { never: ['DNS-22', 'DNS-01'] }), flags: ['--error', SAID] }],
};
