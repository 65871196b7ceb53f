import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { download } from '../scenario/requests.ts';

const card = (mtu: string) => ({ at: { node: 'node-c' }, run: ['ip', 'link', 'set', 'eth0', 'mtu', mtu] });

export const fault: Fault = {
  story:
    'One node was installed from an older image whose network card has 1,400 bytes. It sends as it likes; what is large does not come in.',
  ...across({ namespace: 'letterbox', server: 'parcels', listens: 8351, client: 'flap', on: 'node-b', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [card('1400')],
  heal: [card('1500')],
  symptom: { at: { pod: 'flap' }, request: download('parcels', 80, 200_000), fails: 'always' },
  proof: 'nodes',
  runs: [
    {
      ...finds(['MTU-03'], { beside: ['MTU-01', 'MTU-02'], never: ['SVC-01', 'SVC-03', 'POD-03'] }),
      flags: ['large-payload-hangs'],
    },
  ],
};
