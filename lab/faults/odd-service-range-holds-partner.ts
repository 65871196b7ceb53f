import { type Fault, staysFree } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { PARTNER, partnerAnswers, secondRange } from '../scenario/partner.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The second range of the Services holds the server of a partner. No Service has that address, and with iptables kube-proxy lets pass what is nobody’s.',
  namespace: 'sail-loft',
  flow: { from: 'pod/sail-loft/stitcher', to: `ip/${PARTNER}:80` },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [client('sail-loft', { name: 'stitcher', node: 'node-b' })],
  beforehand: partnerAnswers,
  inject: [{ apply: [secondRange] }],
  heal: [{ kubectl: ['delete', 'servicecidr', secondRange.metadata.name] }],
  symptom: { at: { pod: 'stitcher' }, request: http(PARTNER, 80), fails: 'never' },
  runs: [{ ...staysFree, flags: ['egress-fails'] }],
};
