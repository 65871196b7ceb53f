import { kubeletWord } from './kubelet-reply.js';

export const replyWords = [
  'times-out',
  'refused',
  'unreachable',
  'not-resolved',
  'not-trusted',
  'no-service',
  'no-endpoints',
  'wrong-answer',
] as const;
export type ReplyWord = (typeof replyWords)[number];

/** As outcomes of a step: none of them is an answer. */
export const replyOutcomes = Object.fromEntries(replyWords.map((word) => [word, 'fail'])) as Record<ReplyWord, 'fail'>;

const said: readonly (readonly [ReplyWord, RegExp])[] = [
  // "failed to call webhook: Post "https://…": no endpoints available for service "admission""
  ['no-endpoints', /no endpoints available for service|has no endpoints|have no addresses|cannot find endpoints/],
  // "service/metrics in "monitoring" is not present", "service "admission" not found", "no service port 443 found"
  [
    'no-service',
    /service "[^"]+" not found|in "[^"]+" is not present|no service port \d+ found|is not listening on port/,
  ],
  // "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)"
  ['times-out', /Client\.Timeout exceeded|request canceled while waiting|deadline exceeded/],
];

/** What the API server says of a webhook or an API that it wanted something from. */
export const replyWord = (message: string): ReplyWord => {
  const text = message.slice(0, 2000);
  const own = said.find(([, pattern]) => pattern.test(text))?.[0];
  const dialled = own ?? kubeletWord(text);
  return dialled === undefined || dialled === 'not-let-in' ? 'wrong-answer' : dialled;
};
