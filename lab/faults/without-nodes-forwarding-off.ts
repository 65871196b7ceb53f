import { across } from '../scenario/across.ts';
import type { Fault } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A node stopped forwarding. The developer whose shop is affected sees his own namespace alone: all is well there, and still nobody gets through.',
  ...across({ namespace: 'mountainhut', server: 'stove', listens: 8197, client: 'hiker', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=0'] }],
  heal: [{ at: { node: 'node-c' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=1'] }],
  symptom: { at: { pod: 'hiker' }, request: http('stove', 80), fails: 'always' },
  witness: 'IP_INADDRERRORS',
  proof: 'nodes',
  open: 'node',
  runs: [
    {
      as: 'oneteam',
      // He may be told where it ends, never that his own objects are at fault.
      expect: {
        exit: 5,
        result: 'inconclusive',
        beside: ['NODE-01'],
        never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-01', 'POD-03'],
        names: /nodes/,
      },
    },
  ],
};
