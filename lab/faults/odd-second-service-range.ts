import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';
import { moreServices } from '../scenario/service-range.ts';

const setting = across({
  namespace: 'orangery',
  server: 'gardener',
  listens: 8357,
  client: 'florist',
  address: '10.98.7.7',
});

export const fault: Fault = {
  story: 'A Service has its address from a second range that the cluster got later. Everything works.',
  ...setting,
  on: ['nft'],
  objects: [moreServices('orangery', '10.98.7.0/24'), ...setting.objects],
  inject: [],
  heal: [],
  symptom: { at: { pod: 'florist' }, request: http('gardener', 80), fails: 'never' },
  runs: [staysFree],
};
