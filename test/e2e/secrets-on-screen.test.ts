import { existsSync } from 'node:fs';
import xterm from '@xterm/headless';
import { expect, it } from 'vitest';
import { checkout, pod } from '../steps/shop.js';
import { flow, openShop } from './support/open-shop.js';
import { eventually, startUnder } from './support/program.js';
import { soundShop } from './support/shop-objects.js';
import { shadowedTools } from './support/tool-folder.js';

const planted = { exec: 'Zq7ExecCanary1x', status: 'Zq7StatusCanary2x', annotation: 'Zq7AnnotationCanary3x' };
const annotations = { 'shop.example/upstream': `https://ops:${planted.annotation}@db.shop:5432/cart` };
const status = {
  conditions: [{ type: 'Ready', status: 'False', reason: 'Error', message: `password=${planted.status}` }],
  containerStatuses: [
    {
      name: 'web',
      ready: false,
      restartCount: 3,
      state: { waiting: { reason: 'Error', message: `password=${planted.status}` } },
    },
  ],
};
const size = { cols: 140, rows: 45 };

// util-linux: the one of other systems takes other words.
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');

it.skipIf(!hasTerminal)('secrets are in no frame that the program draws', async () => {
  const { exec } = await shadowedTools(`Authorization: Bearer ${planted.exec}\nDB_PASSWORD=${planted.exec}\n`);
  const cart = { namespace: 'shop', name: 'cart-1', labels: { app: 'cart' }, annotations };
  const pods = [checkout({ metadata: { annotations } }), pod('cart-1', { metadata: cart, status })];
  const shop = await openShop({ objects: { ...soundShop, pods }, exec });
  // A terminal of its own. No word has a blank in it, so nothing has to be quoted twice.
  const inTerminal = `stty rows ${size.rows} cols ${size.cols}; exec $SHOP_WORDS`;
  const under = ['sh', '-c', `SHOP_WORDS="$*" exec script -qefc '${inTerminal}' /dev/null`, 'sh'];
  const begun = startUnder(under, ['run', ...flow, ...shop.access, '--level', 'probe', '--no-motion'], {
    env: { ...shop.home.env, TERM: 'xterm-256color', SHELL: '/bin/sh' },
    cwd: shop.home.home,
    stdin: '',
    stdinStaysOpen: true,
  });
  const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
  const drawn = () => {
    const { active } = screen.buffer;
    const row = (_: unknown, y: number) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '';
    return Array.from({ length: size.rows }, row).join('\n');
  };
  const frames: string[] = [];
  begun.child.stdout.on('data', (bytes: Buffer) => screen.write(bytes, () => frames.push(drawn())));
  const sees = (what: RegExp) => eventually(String(what), () => what.test(drawn()) || undefined, drawn);
  await sees(/certainty: /);
  // Why, the evidence, the tree and the commands, each over the verdict.
  for (const key of ['w', '\u001b', 'e', '\u001b', 't', '\u001b', 'v']) {
    const before = drawn();
    begun.child.stdin?.write(key);
    await eventually(`a change after ${JSON.stringify(key)}`, () => drawn() !== before || undefined, drawn);
  }
  for (const value of Object.values(planted)) expect(frames.filter((frame) => frame.includes(value))).toEqual([]);
  expect(frames.join('\n')).toContain('<redacted:');
});
