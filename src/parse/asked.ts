import { type ConnectFacts, seriesOf } from './connect.js';
import { parseResolve, type ResolveFacts } from './resolve.js';
import { readTries } from './tries.js';

const silent: Partial<Record<ResolveFacts['class'], 'timeout' | 'refused' | 'other'>> = {
  timeout: 'timeout',
  'no-server': 'refused',
  other: 'other',
};

/** Questions to a name server as a series of tries: whatever it says of the name, an answer is a packet that came back. */
export const parseAsked = (stdout: string, tool: string): ConnectFacts =>
  seriesOf(
    tool,
    readTries(stdout).map(({ exitCode, ms, message }) => {
      // "try 2 exit=0 from=812.31 to=812.32 ;; Got answer: ;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 9538 …"
      const { class: heard } = parseResolve(`${message} exit=${exitCode}`, tool);
      return { class: silent[heard] ?? ('open' as const), ...(ms === undefined ? {} : { ms }), message };
    }),
  );
