import { describe, expect, it } from 'vitest';
import { countReasons } from '../../../lab/scenario/witness.ts';

// Linux 6.18, a datagram to a port without a listener.
const TRACE = `# tracer: nop
#
              nc-329     [000] ..s1. 14344.196062: kfree_skb: skbaddr=00000000757c6a92 rx_sk=0000000000000000 protocol=2048 location=__udp4_lib_rcv+0x4bc/0xd00 reason: NO_SOCKET
`;

describe('countReasons', () => {
  it('counts what the kernel dropped by its reason', () => {
    expect(Object.fromEntries(countReasons(TRACE + TRACE))).toEqual({ NO_SOCKET: 2 });
  });

  it('finds nothing in an empty trace', () => {
    expect(countReasons('# tracer: nop\n').size).toBe(0);
  });
});
