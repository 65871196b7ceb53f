import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const batch = (text: string) => ['sh', '-c', text];

export const fault: Fault = {
  story: 'The nodes still have docker0, its rules and a table that drops what no pod ever sends.',
  ...across({ namespace: 'attic', server: 'trunk', listens: 8122, client: 'heir' }),
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-b' },
      run: batch('ip link add docker0 type bridge && ip addr add 172.17.0.1/16 dev docker0 && ip link set docker0 up'),
    },
    {
      at: { node: 'node-b' },
      run: ['nft', 'table ip old { chain in { type filter hook forward priority -5; ip daddr 172.17.0.0/16 drop; }; }'],
    },
  ],
  heal: [
    { at: { node: 'node-b' }, run: ['ip', 'link', 'del', 'docker0'] },
    { at: { node: 'node-b' }, run: ['nft', 'delete', 'table', 'ip', 'old'] },
  ],
  symptom: { at: { pod: 'heir' }, request: http('trunk', 80), fails: 'never' },
  runs: [staysFree],
};
