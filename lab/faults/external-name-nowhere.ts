import { type Fault, finds } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const forecast = (externalName: string) => service('weather', 'forecast', { type: 'ExternalName', externalName });

export const fault: Fault = {
  story: 'A typing mistake in the name of the partner, found by every request of the morning.',
  namespace: 'weather',
  flow: { from: 'pod/weather/planner', to: 'svc/weather/forecast:80' },
  objects: [forecast('www.example.com'), client('weather', { name: 'planner' })],
  inject: [{ apply: [forecast('www.exmaple.com')] }],
  symptom: { at: { pod: 'planner' }, request: http('forecast', 80), fails: 'always' },
  runs: [finds(['SVC-13'], { never: ['SVC-01', 'SVC-06', 'DNS-22'] })],
};
