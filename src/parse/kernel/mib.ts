const isCount = (text: string | undefined): text is string => text !== undefined && /^-?\d+$/.test(text);

/**
 * `/proc/net/snmp` and `/proc/net/netstat`: a line of names, then a line of values, under the names that nstat(8) gives
 * them. A kernel that counts more than another has more names, so what is absent was not counted.
 */
export const parseMib = (lines: readonly string[]): Record<string, number> => {
  const counters: Record<string, number> = {};
  for (const [index, line] of lines.entries()) {
    // "TcpExt: SyncookiesSent SyncookiesRecv", "TcpExt: 0 8"
    const [group = '', ...names] = line.trim().split(/\s+/);
    const [again, ...values] = (lines[index + 1] ?? '').trim().split(/\s+/);
    if (!group.endsWith(':') || again !== group || names.length !== values.length || isCount(names[0])) continue;
    for (const [place, name] of names.entries()) {
      const value = values[place];
      if (isCount(value)) counters[group.slice(0, -1) + name] = Number(value);
    }
  }
  return counters;
};
