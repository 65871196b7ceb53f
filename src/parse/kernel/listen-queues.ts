import { z } from 'zod';

export const listenQueueSchema = z.strictObject({
  port: z.int(),
  /** Connections that are open and that the program has not taken yet. */
  waiting: z.int(),
  /** How many may wait; absent where only the kernel's own table could be read, which does not say. */
  room: z.int().optional(),
});
export type ListenQueue = z.infer<typeof listenQueueSchema>;

// "LISTEN 2      1      0.0.0.0:8080 0.0.0.0:*"
const ssRow = /^LISTEN\s+(\d{1,9})\s+(\d{1,9})\s+\S*:(\d{1,5})\s/;
// "   0: 00000000:1F90 00000000:0000 0A 00000000:00000002 00:00000000 …": the second half of the queue waits (tcp_ipv4.c)
const procRow = /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A [0-9A-F]{8}:([0-9A-F]{8}) /;

const queueIn = (line: string): ListenQueue[] => {
  const [, waiting, room, port] = ssRow.exec(line) ?? [];
  if (port) return [{ port: Number(port), waiting: Number(waiting), room: Number(room) }];
  const [, hexPort, hexWaiting] = procRow.exec(line) ?? [];
  return hexPort ? [{ port: Number.parseInt(hexPort, 16), waiting: Number.parseInt(hexWaiting ?? '', 16) }] : [];
};

/** TCP listeners of `ss -ltnH`, or of `/proc/net/tcp` and `tcp6`. */
export const parseListenQueues = (text: string): ListenQueue[] => text.split('\n').flatMap(queueIn);
