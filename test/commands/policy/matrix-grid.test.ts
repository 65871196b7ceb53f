import { expect, it } from 'vitest';
import { matrixGrid } from '../../../src/commands/policy/matrix-grid.js';

const any = { protocol: '*', ports: '*' } as const;
const matrix = {
  peers: ['shop/cart', 'shop/till', 'shop/front', '0.0.0.0/0'],
  connections: [
    { from: 'shop/till', to: 'shop/cart', protocol: 'TCP', ports: '8080' },
    { from: 'shop/front', to: 'shop/cart', protocol: 'TCP', ports: '80,443' },
    { from: 'shop/front', to: 'shop/cart', protocol: 'UDP', ports: '53' },
    { from: 'shop/cart', to: '0.0.0.0/0', ...any },
    { from: '0.0.0.0/0', to: 'shop/front', ...any },
  ],
  open: [{ from: 'shop/till', to: 'shop/front' }],
} as const;

it('draws who reaches whom, with letters for the ports', () => {
  expect(matrixGrid(matrix, { columns: 80, language: 'en' })).toMatchInlineSnapshot(`
    "             1 2 3 4
    1 shop/cart  \\ . . #
    2 shop/till  b \\ ? .
    3 shop/front a . \\ .
    4 0.0.0.0/0  . . # \\

    A row is a source, a column with its number a destination: # everything, . nothing, ? cannot be known, a letter some ports
      a  TCP 80,443, UDP 53
      b  TCP 8080"
  `);
});

it('breaks what is wider than the screen into several drawings', () => {
  const peers = Array.from({ length: 30 }, (_, at) => `shop/pod-${at}`);
  const drawn = matrixGrid({ peers, connections: [], open: [] }, { columns: 40, language: 'zh-CN' }).split('\n');
  for (const line of drawn.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(40);
  expect(drawn.filter((line) => line.startsWith(' 1 shop/pod-0'))).toHaveLength(4);
});
