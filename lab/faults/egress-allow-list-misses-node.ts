import { outside } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// In the router, so no node can see the rule. Of what comes in by a door, only the answers pass here.
const RULE =
  'table ip partner { chain forward { type filter hook forward priority 0; ip saddr 10.0.0.13 tcp dport 80 drop; }; }';

export const fault: Fault = {
  story: 'The firewall of the partner knows the addresses of the old nodes. From the new one nothing comes through.',
  namespace: 'cannery',
  flow: { from: 'pod/cannery/fishwife', to: 'svc/cannery/wholesaler' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...outside('cannery', 'wholesaler'), client('cannery', { name: 'fishwife', node: 'node-c' })],
  inject: [{ at: { net: 'underlay' }, run: ['nft', RULE] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'ip', 'partner'] }],
  symptom: { at: { pod: 'fishwife' }, request: http('wholesaler', 80, { seconds: 1 }), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['EGR-03'], { beside: ['EGR-01'], never: ['SVC-01', 'SVC-02'] })],
};
