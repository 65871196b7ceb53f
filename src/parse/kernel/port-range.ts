/** "32768	60999" of `ip_local_port_range`, "8080,30000-32767" of `ip_local_reserved_ports`. */
const rangesIn = (text: string): [number, number][] =>
  text.split(',').flatMap((part): [number, number][] => {
    const [, from = '', to = from] = /^\s*(\d+)(?:[-\s]+(\d+))?\s*$/.exec(part) ?? [];
    return from === '' ? [] : [[Number(from), Number(to)]];
  });

const within = (port: number, ranges: readonly (readonly [number, number])[]) =>
  ranges.some(([from, to]) => port >= from && port <= to);

/** Whether the kernel may give this port to a connection that the node starts. */
export const isEphemeral = (port: number, range: string, reserved: string): boolean =>
  within(port, rangesIn(range)) && !within(port, rangesIn(reserved));
