import type { HttpFacts } from '../http.js';

/** What a request came to, in words that tell causes apart. */
export const doorOutcomes = {
  answers: 'pass',
  redirects: 'pass',
  'not-found': 'fail',
  'bad-request': 'fail',
  'too-large': 'fail',
  'bad-gateway': 'fail',
  unavailable: 'fail',
  'gateway-timeout': 'fail',
  'server-error': 'fail',
  'some-fail': 'fail',
  refused: 'fail',
  'times-out': 'fail',
  unreachable: 'fail',
  resets: 'fail',
  'accepts-but-silent': 'fail',
  'not-http': 'unsure',
  'not-tried': 'unsure',
} as const;
export type DoorOutcome = keyof typeof doorOutcomes;

const byStatus: Readonly<Record<number, DoorOutcome>> = {
  301: 'redirects',
  302: 'redirects',
  307: 'redirects',
  308: 'redirects',
  400: 'bad-request',
  404: 'not-found',
  413: 'too-large',
  502: 'bad-gateway',
  503: 'unavailable',
  504: 'gateway-timeout',
};

const byClass: Readonly<Record<string, DoorOutcome>> = {
  silent: 'accepts-but-silent',
  empty: 'accepts-but-silent',
  'not-http': 'not-http',
  refused: 'refused',
  timeout: 'times-out',
  reset: 'resets',
};

/** Any other answer below 500 is one of the application: it was reached. */
const wordOf = ({ status, class: spoken }: HttpFacts['tries'][number]): DoorOutcome => {
  if (status === undefined) return byClass[spoken] ?? (spoken === 'answered' ? 'answers' : 'unreachable');
  return byStatus[status] ?? (status >= 500 ? 'server-error' : 'answers');
};

const isWell = (word: DoorOutcome) => doorOutcomes[word] === 'pass';
const order = Object.keys(doorOutcomes) as DoorOutcome[];

/** What a series of requests came to. */
export const doorOutcome = ({ tries }: Pick<HttpFacts, 'tries'>): DoorOutcome => {
  const words = [...new Set(tries.filter((one) => one.class !== 'other').map(wordOf))];
  const [first, ...others] = words.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  if (first === undefined) return 'not-tried';
  // Words of success come first, so where the first is none there was no success.
  return isWell(first) && !others.every(isWell) ? 'some-fail' : first;
};

/** The tries that failed, by what they came to. */
export const failedTries = ({ tries }: Pick<HttpFacts, 'tries'>): Record<string, number> => {
  const failed = tries.map(wordOf).filter((word) => !isWell(word));
  return Object.fromEntries([...Map.groupBy(failed, (word) => word)].map(([word, all]) => [word, all.length]));
};
