/** What a node has open with one port of its own. */
export interface PortSockets {
  readonly listening: number;
  /** Connections from there to a port elsewhere, as "10.0.0.11:9100". */
  readonly outgoing: readonly string[];
  readonly strange: readonly string[];
}

// "ESTAB  0      0          10.0.0.12:30081    10.0.0.11:9100", "LISTEN 0      4096               *:30080            *:*"
const row = /^([A-Z][A-Z0-9-]+)\s+\d+\s+\d+\s+\S+:\d+\s+(\S+):(\d+|\*)\s*$/;

/** `ss -tanH sport = :PORT`. Where somebody listens, connections with that port are those it accepted. */
export const parsePortSockets = (text: string): PortSockets => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((line) => ({ line, found: row.exec(line) }));
  const listening = rows.filter(({ found }) => found?.[1] === 'LISTEN').length;
  const others = rows.flatMap(({ found }) =>
    found && found[1] !== 'LISTEN' && found[1] !== 'TIME-WAIT' ? [`${found[2]}:${found[3]}`] : [],
  );
  return {
    listening,
    outgoing: listening > 0 ? [] : others.slice(0, 10),
    strange: rows.flatMap(({ line, found }) => (found ? [] : [line.slice(0, 200)])).slice(0, 10),
  };
};
