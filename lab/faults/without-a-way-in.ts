import { type Fault, finds, type Run, type Who } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const piers = (app: string) =>
  service('ghosttown', 'saloon', { selector: { app }, ports: [{ port: 80, targetPort: 8191 }] });

/** Turned away at the door: nothing was looked at, so nothing may be said of the cluster. */
const turnedAway = (as: Who, names: RegExp): Run => ({ as, expect: { exit: 4, never: ['*'], names } });

export const fault: Fault = {
  story: 'There is a fault, but the colleague on call has a token of last month, or the file of another cluster.',
  namespace: 'ghosttown',
  flow: { from: 'pod/ghosttown/sheriff', to: 'svc/ghosttown/saloon' },
  objects: [
    deployment('ghosttown', web('saloon', 8191, { replicas: 1 })),
    piers('saloon'),
    client('ghosttown', { name: 'sheriff' }),
  ],
  inject: [{ apply: [piers('bar')] }],
  symptom: { at: { pod: 'sheriff' }, request: http('saloon', 80), fails: 'always' },
  runs: [
    finds(['SVC-01']),
    turnedAway('expired-token', /401|expired|Unauthorized|log ?in/i),
    turnedAway('expired-cert', /401|expired|Unauthorized|log ?in/i),
    turnedAway('wrongca', /authority|certificate/i),
    turnedAway('dead', /refuses/),
  ],
};
