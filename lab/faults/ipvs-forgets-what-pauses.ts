import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { ipvsTimeouts } from '../scenario/ipvs-timeouts.ts';
import { pausing } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'To keep its table small IPVS of one node was told to forget quiet connections after two seconds. New requests work, and what pauses is cut off.',
  ...across({ namespace: 'headland', server: 'lamp', listens: 8830, port: 883, client: 'warden' }),
  on: ['ipvs'],
  disturbs: 'cluster',
  inject: [ipvsTimeouts({ tcp: 2 })],
  heal: [ipvsTimeouts()],
  symptom: {
    at: { pod: 'warden' },
    request: (facts) => pausing(facts.serviceIp('lamp'), 883, { pause: 6, whole: 20, silence: 8 }),
    fails: 'always',
  },
  proof: 'nodes',
  runs: [
    {
      ...finds(['IPVS-04'], {
        certainty: ['certain', 'probable', 'possible'],
        beside: ['CT-07'],
        never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03', 'CT-01'],
      }),
      // A new connection works, so the flow alone does not tell what is wrong.
      flags: ['new-connections-time-out'],
    },
  ],
};
