import { it } from 'vitest';
import { readFileSync, existsSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { freshHome, kubeconfigFor, filesBelow } from './support/home.js';
import { run, start, eventually } from './support/program.js';
import { startShop } from './support/shop-api.js';
import { soundShop, wrongSelector } from './support/shop-objects.js';
import { ended, frame } from '../ports/live/imitation/exec-server.js';
const flags = ['--no-input', '-o', 'json'];
const ask = ['run', ...flags, '--from', 'pod/checkout', '--to', 'svc/cart'];
const diff = (a: any, b: any, path = ''): string[] => {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (a && b && typeof a === 'object' && typeof b === 'object') return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => diff(a[k], b[k], `${path}.${k}`));
  return [`${path}: ${JSON.stringify(a)} != ${JSON.stringify(b)}`];
};
it('tries', async () => {
  const sh = (s: any, argv: readonly string[]) => {
    const c = spawn(argv[0]!, argv.slice(1), { env: { PATH: '/usr/bin:/bin' } });
    c.stdout.on('data', (d) => s.send(frame(1, d))); c.stderr.on('data', (d) => s.send(frame(2, d)));
    c.on('close', (code) => { s.send(ended(code ?? 1)); s.close(); });
  };
  for (const [name, objects, more, exec] of [['fault', wrongSelector, [], undefined], ['sound', soundShop, [], undefined], ['probe', soundShop, ['--level', 'probe', '--check-timeout', '4s'], sh]] as const) {
    const home = await freshHome();
    const api = await startShop({ objects, ...(exec ? { exec } : {}) });
    const k = ['--kubeconfig', home.write('k', kubeconfigFor(api.url))];
    const live = await run([...ask, ...k, ...more], home);
    const folder = home.session();
    const again = async () => run([...ask, ...more, '--universe', folder], home);
    const one = await again(); const two = await again();
    console.log(name, live.code, one.code, two.code, 'same bytes', one.stdout === two.stdout, live.stderr, one.stderr, one.stdout.slice(0,300));
    console.log(diff(JSON.parse(live.stdout), JSON.parse(one.stdout)).join('\n'), '\n--', diff(JSON.parse(one.stdout), JSON.parse(two.stdout)).join('\n'));
  }
}, 90000);
