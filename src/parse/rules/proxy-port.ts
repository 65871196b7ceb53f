import { z } from 'zod';

export const answerSchema = z.strictObject({
  /** `silent`: something listens and says nothing in time. `refused`: nobody listens. */
  class: z.enum(['answers', 'unhealthy', 'refused', 'silent', 'other']),
  body: z.string(),
  said: z.string(),
});
export type ProxyAnswer = z.infer<typeof answerSchema>;

interface Read {
  readonly tool: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

// "curl: (7) Failed to connect to 127.0.0.1 port 10999 after 0 ms: Couldn't connect to server" and its code.
const curlCodes: Readonly<Record<number, ProxyAnswer['class']>> = { 7: 'refused', 28: 'silent' };

const ofCurl = ({ stdout, exitCode }: Read): Pick<ProxyAnswer, 'class' | 'body'> => {
  const [, body = '', status = ''] = /^([\s\S]*?)\n?(\d{3})\s*$/.exec(stdout) ?? [undefined, stdout];
  if (exitCode !== 0) return { class: curlCodes[exitCode] ?? 'other', body: '' };
  return { class: status.startsWith('2') ? 'answers' : 'unhealthy', body };
};

// "HTTP request sent, awaiting response... 503 Service Unavailable"
const wgetWords: readonly [RegExp, ProxyAnswer['class']][] = [
  [/connection refused/i, 'refused'],
  [/timed out/i, 'silent'],
  [/\b50\d\b/, 'unhealthy'],
];

const ofWget = ({ stdout, stderr, exitCode }: Read): Pick<ProxyAnswer, 'class' | 'body'> => {
  if (exitCode === 0) return { class: 'answers', body: stdout };
  return { class: wgetWords.find(([words]) => words.test(stderr))?.[1] ?? 'other', body: '' };
};

/** One GET to a port of kube-proxy on its own node, by curl with the status behind the body, or by wget. */
export const parseProxyAnswer = (run: Read): ProxyAnswer => {
  const { class: spoken, body } = run.tool === 'curl' ? ofCurl(run) : ofWget(run);
  const said = run.stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  return { class: spoken, body: body.trim().slice(0, 4000), said };
};
