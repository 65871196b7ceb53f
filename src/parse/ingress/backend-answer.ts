import { z } from 'zod';
import { type HttpFacts, httpFactsSchema } from '../http.js';
import { doorOutcome } from './door-answer.js';

/** What one endpoint said when it was asked as a proxy asks it. */
export const backendAnswerSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  plain: httpFactsSchema,
  /** By TLS, where plain HTTP got an answer that looks like it is wanted. */
  secure: httpFactsSchema.optional(),
});
export type BackendAnswer = z.infer<typeof backendAnswerSchema>;

type Settings = Readonly<Record<string, string>>;
type Word = 'answer' | 'answer-with-errors' | 'slow' | 'silent' | 'refuse' | 'time-out' | 'fail' | 'some-fail';
type Outcome = Word | 'speak-plain' | 'speak-tls' | 'none-to-try';

// nginx: proxy_read_timeout is 60 s where nothing else is said.
const patience = ({ 'proxy-read-timeout': seconds = '' }: Settings) => (Number.parseInt(seconds, 10) || 60) * 1000;

const isSlow = ({ tries }: HttpFacts, settings: Settings) => tries.some(({ ms = 0 }) => ms >= patience(settings));

const byDoor = {
  answers: 'answer',
  redirects: 'answer',
  refused: 'refuse',
  'times-out': 'time-out',
  unreachable: 'time-out',
  'accepts-but-silent': 'silent',
  'some-fail': 'some-fail',
  resets: 'fail',
  'not-http': 'fail',
  'not-tried': 'fail',
} as const;

const wordOf = ({ plain }: BackendAnswer, settings: Settings): Word => {
  const said = doorOutcome(plain);
  const word = said in byDoor ? byDoor[said as keyof typeof byDoor] : 'answer-with-errors';
  return plain.answered > 0 && isSlow(plain, settings) ? 'slow' : word;
};

const encrypted = ({ 'backend-protocol': protocol = 'HTTP' }: Settings) => /^(HTTPS|GRPCS)$/i.test(protocol);

/** Which of the two is spoken, where that is not what the proxy was told. */
const wrongLanguage = (answers: readonly BackendAnswer[], settings: Settings): Outcome | undefined => {
  if (!encrypted(settings))
    return answers.every(({ secure }) => secure && secure.answered > 0) ? 'speak-tls' : undefined;
  const plain = answers.every((one) => ['answers', 'redirects', 'not-found'].includes(doorOutcome(one.plain)));
  return plain ? 'speak-plain' : undefined;
};

/** What the endpoints came to together; `failing` are those to look at first. */
export const backendOutcome = (
  answers: readonly BackendAnswer[],
  settings: Settings,
): { outcome: Outcome; failing: readonly BackendAnswer[] } => {
  if (answers.length === 0) return { outcome: 'none-to-try', failing: [] };
  const wrong = wrongLanguage(answers, settings);
  if (wrong) return { outcome: wrong, failing: answers };
  // Asked by TLS as the proxy asks, an answer is one.
  const isWell = (one: BackendAnswer) =>
    encrypted(settings) ? (one.secure?.answered ?? 0) > 0 : wordOf(one, settings) === 'answer';
  const failing = answers.filter((one) => !isWell(one));
  if (failing.length === 0) return { outcome: 'answer', failing };
  const words = [...new Set(failing.map((one) => wordOf(one, settings)))];
  if (failing.length < answers.length && !words.includes('answer-with-errors'))
    return { outcome: 'some-fail', failing };
  return { outcome: words.length === 1 ? (words[0] ?? 'fail') : 'fail', failing };
};
