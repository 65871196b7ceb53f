import { connectClass } from '../connect-class.js';
import { parseResolve, type ResolveFacts } from '../resolve.js';
import { questionId } from './question.js';

type Class = ResolveFacts['class'];

const nobody = (tool: string, text: string, spoken: Class): ResolveFacts => ({
  tool,
  class: spoken,
  addresses: [],
  canonical: '',
  server: '',
  message: text.trim().slice(-300),
});

const rcodes: Readonly<Record<number, Class>> = { 2: 'server-failure', 3: 'not-found', 5: 'refused' };

// "0056 6e74 8580 0001 0001 …": length, the id of the question, flags, counts of questions and answers.
const readHeader = (hex: string): Class | undefined => {
  const words = (hex.match(/.{4}/g) ?? []).map((word) => Number.parseInt(word, 16));
  const [, id, flags = 0, , answers = 0] = words;
  if (words.length < 5 || id !== questionId || !(flags & 0x8000)) return undefined;
  const rcode = flags & 0xf;
  if (rcode === 0) return answers > 0 ? 'found' : 'no-address';
  return rcodes[rcode] ?? 'other';
};

const failures: Partial<Record<ReturnType<typeof connectClass>, Class>> = {
  refused: 'no-server',
  'no-route': 'no-server',
  'net-unreachable': 'no-server',
  timeout: 'timeout',
};

/** What a server said to a question over TCP: in the words of dig, or as the bytes that a plain connection brought. */
export const parseOverTcp = (text: string, tool: string): ResolveFacts => {
  if (tool === 'dig') return parseResolve(text, tool);
  const hex = /^[0-9a-f]{20,}$/m.exec(text)?.[0];
  if (hex) return nobody(tool, hex.slice(0, 40), readHeader(hex) ?? 'other');
  const waited = Number(/^secs=(\d+)$/m.exec(text)?.[1] ?? 0) >= 1;
  const said = text.replace(/^secs=\d+$/m, '').trim();
  // A connection that opens and stays silent is no answer either; words that nobody knows are no news of the network.
  if (said === '') return nobody(tool, said, waited ? 'timeout' : 'other');
  return nobody(tool, said, failures[connectClass(1, said)] ?? 'other');
};
