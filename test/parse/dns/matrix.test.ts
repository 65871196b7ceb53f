import { expect, it } from 'vitest';
import { type Cell, matrixOutcome } from '../../../src/parse/dns/matrix.js';

const cell = (role: Cell['role'], node: string, answers: string): Cell => ({
  role,
  node,
  udp: answers.includes('u'),
  ...(answers.includes('-') ? {} : { tcp: answers.includes('t') }),
});
const all = (service: string, near: string, far: string) => [
  cell('service', '', service),
  cell('replica', 'node-a', near),
  cell('replica', 'node-b', far),
];

it.each([
  ['all-answer', all('ut', 'ut', 'ut')],
  ['all-answer', all('u-', 'u-', 'u-')],
  ['all-answer', [cell('service', '', 'ut')]],
  ['tcp-fails', all('u', 'ut', 'ut')],
  ['udp-fails', all('t', 't', 't')],
  ['address-fails', all('', 'ut', 'ut')],
  ['address-fails', all('t', 'ut', 'ut')],
  ['far-fails', all('u', 'ut', '')],
  ['some-fail', all('u', '', 'ut')],
  ['some-fail', [cell('service', '', 'u'), cell('replica', 'node-b', 'u'), cell('replica', 'node-b', '')]],
  ['replicas-fail', all('ut', '', '')],
  ['none-answer', all('', '', '')],
  ['none-answer', [cell('service', '', '-')]],
  ['no-servers', []],
] as [string, Cell[]][])('%s (%#)', (outcome, cells) => expect(matrixOutcome(cells, 'node-a')).toBe(outcome));
