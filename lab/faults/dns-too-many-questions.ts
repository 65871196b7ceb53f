import { TOOLS } from '../build/images.ts';
import { NETWORK } from '../cluster/plan.ts';
import { corefile, corefileAsShipped } from '../scenario/corefile.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { resolves } from '../scenario/requests.ts';
import { slowNameServer } from '../scenario/slow-name-server.ts';

const PORT = 5391;
const slowAndFew = (text: string) =>
  text.replace(
    /forward \. \/etc\/resolv\.conf \{\n *max_concurrent 1000/,
    `forward . ${NETWORK.outside}:${PORT} {\n           max_concurrent 4`,
  );

// Each answer takes more than a second, so four at a time are fewer than four in a second; this asks for hundreds.
const ASK = `const socket = require('node:dgram').createSocket('udp4');
let n = 0;
setInterval(() => {
  for (let m = 0; m < 4; m++) {
    const labels = [\`host-\${n++}\`, 'crawl', 'example'].map((one) => Buffer.from([one.length, ...Buffer.from(one)]));
    const head = Buffer.from([n >> 8 & 255, n & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    socket.send(Buffer.concat([head, ...labels, Buffer.from([0, 0, 1, 0, 1])]), 53, '10.96.0.10');
  }
}, 10);`;

export const fault: Fault = {
  story:
    'The limit for questions under way was set low to save memory. Since a crawler asks for hundreds of names a second, nobody else gets one of them answered.',
  namespace: 'call-centre',
  flow: { from: 'pod/call-centre/operator', to: 'host/www.example.com:80' },
  disturbs: 'cluster',
  objects: [
    client('call-centre', { name: 'operator', image: TOOLS }),
    client('call-centre', { name: 'crawler', image: TOOLS }),
  ],
  inject: [
    slowNameServer({ port: PORT, delayMs: 1500, says: 'found' }),
    ...corefile(slowAndFew),
    { at: { netOf: 'crawler' }, keep: [process.execPath, '-e', ASK] },
  ],
  heal: corefileAsShipped(),
  symptom: { at: { pod: 'operator' }, request: resolves('www.example.com.'), fails: 'always' },
  runs: [{ ...finds(['DNS-06'], { never: ['DNS-01', 'DNS-22', 'DNS-03'] }), flags: ['dns-fails'] }],
};
