import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packetDropsSchema, parsePacketDrops } from '../../../src/parse/captures/packet-drops.js';

const dropped = readFileSync(new URL('../../fixtures/kfree-skb/dropped.txt', import.meta.url), 'utf8');

it('reads how often the kernel gave each reason', () => {
  expect(parsePacketDrops(dropped, '')).toEqual({
    ...{ listened: true, message: '', strange: [] },
    drops: [
      { reason: 'QUEUE_PURGE', location: 'sk_stream_kill_queues', count: 13 },
      { reason: 'NETFILTER_DROP', location: 'nft_do_chain', count: 3 },
    ],
  });
});

it('hears nothing where nothing was dropped', () => {
  expect(parsePacketDrops('listening\n', '')).toMatchObject({ listened: true, drops: [] });
});

it.each([['this kernel gives no reasons'], ['mkdir: cannot create directory: Read-only file system']])(
  'tells that it could not listen: %s',
  (message) => {
    expect(parsePacketDrops('', `${message}\n`)).toMatchObject({ listened: false, message });
  },
);

it('takes any text, and says what it did not understand', () => {
  const lines = fc
    .array(fc.oneof(fc.string(), fc.constantFrom(...dropped.split('\n'), '  1 A b+0x1')))
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(lines, fc.string(), (stdout, stderr) => {
      const facts = parsePacketDrops(stdout, stderr);
      expect(packetDropsSchema.parse(facts)).toEqual(facts);
    }),
  );
  expect(parsePacketDrops('listening\nsed: no memory', '').strange).toEqual(['sed: no memory']);
});
