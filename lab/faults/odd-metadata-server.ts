import type { Fault } from '../scenario/fault.ts';
import { staysFree } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { METADATA, metadataServer } from '../scenario/metadata-server.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'A Pod asks the metadata address of its node. That address lies in no network, and is answered all the same.',
  namespace: 'assay',
  flow: { from: 'pod/assay/clerk', to: `ip/${METADATA}:8356` },
  on: ['doors'],
  objects: [
    metadataServer('assay', { node: 'node-c', port: 8356 }),
    client('assay', { name: 'clerk', node: 'node-c' }),
  ],
  inject: [],
  symptom: { at: { pod: 'clerk' }, request: http(METADATA, 8356), fails: 'never' },
  runs: [{ ...staysFree, flags: ['egress-fails'] }],
};
