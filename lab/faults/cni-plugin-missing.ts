import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A package update removed the bridge plugin from one node. Nobody saw it until a pod there was replaced: no sandbox, no network.',
  ...across({ namespace: 'foundry', server: 'mould', listens: 8302, client: 'caster', on: 'node-b', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-b' }, run: ['mv', '/opt/cni/bin/bridge', '/opt/cni/bridge.away'] },
    { remove: 'pods -l app=mould' },
  ],
  until: { get: ['events'], shows: /failed to find plugin "bridge"/ },
  heal: [{ at: { node: 'node-b' }, run: ['mv', '/opt/cni/bridge.away', '/opt/cni/bin/bridge'] }],
  symptom: { at: { pod: 'caster' }, request: http('mould', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-02'], { beside: ['POD-01', 'SVC-02'], never: ['SVC-01', 'SVC-03', 'POD-03', 'CNI-07'] })],
};
