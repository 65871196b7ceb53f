import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { resolveName } from '../../src/queries/resolve-name.js';

// It answers for an IPv4 address only once it has been asked for an IPv6 one as well, which one after the other never is.
const dig = `#!/bin/sh
for word; do type=$word; done
mkfifo "$MEETING" 2>/dev/null
if [ "$type" = A ]; then read -r _ <"$MEETING"; else echo asked >"$MEETING"; fi
printf ';; ->>HEADER<<- opcode: QUERY, status: NOERROR\\n'
[ "$type" = A ] && printf 'cart.shop.svc.cluster.local. 30 IN\\tA\\t10.96.1.2\\n;; Query time: 3 msec\\n;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)\\n'
[ "$type" = AAAA ] && printf ';; Query time: 7 msec\\n'
exit 0
`;

it('asks for both kinds of addresses at the same time, and hears of the first one first', () => {
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const meeting = join(folder, 'meeting');
  writeFileSync(join(folder, 'dig'), dig);
  chmodSync(join(folder, 'dig'), 0o755);
  const args = { name: 'cart.shop.svc.cluster.local.', server: '10.96.0.10' };
  const [program = '', ...words] = resolveName.variants[0]?.argv(args) ?? [];
  const env = { PATH: `${folder}:/usr/bin:/bin`, MEETING: meeting };
  const stdout = execFileSync(program, words, { env, encoding: 'utf8' });
  expect(resolveName.parse({ stdout, stderr: '', exitCode: 0, tool: 'dig' } as never, args)).toMatchObject({
    ...{ class: 'found', addresses: ['10.96.1.2'], server: '10.96.0.10', ms: 3 },
  });
  expect(stdout.match(/exit=0/g)).toHaveLength(2);
});
