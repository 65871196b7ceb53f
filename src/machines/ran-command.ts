import { kinds, resourceOf } from '../domain/kinds.js';
import { type Call, everyNamespace, type PodRef } from '../domain/ports.js';
import type { Run } from '../domain/query.js';
import type { RanCommand } from './look.js';
import type { Touch } from './run-step.js';
import type { RunRequest } from './walk-context.js';

type KubeCall = Extract<Call, { port: 'kube' }>;

const selector = (name: string, terms: Readonly<Record<string, string>> = {}) => {
  const text = Object.entries(terms)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return text === '' ? [] : [`${name}=${encodeURIComponent(text)}`];
};

const pathOf = ({ kind, namespace }: Extract<KubeCall, { verb: 'get' | 'list' }>) => {
  const { group, version, namespaced } = kinds[kind];
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespaced && namespace !== everyNamespace ? `/namespaces/${namespace}` : ''}/${resourceOf(kind)}`;
};

const podPath = ({ namespace, name }: PodRef) => `/api/v1/namespaces/${namespace}/pods/${name}`;

const requestOf = (call: KubeCall): string[] => {
  switch (call.verb) {
    case 'get':
      return ['GET', `${pathOf(call)}/${call.name}`];
    case 'list': {
      const query = [...selector('labelSelector', call.labels), ...selector('fieldSelector', call.fields)].join('&');
      return ['GET', `${pathOf(call)}${query === '' ? '' : `?${query}`}`];
    }
    case 'logs':
      return ['GET', `${podPath(call.pod)}/log?tailLines=${call.tailLines}`];
    case 'history':
      return ['GET', `/api/v1/query_range (${call.question})`];
    case 'rules':
      return ['POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'];
    case 'version':
      return ['GET', '/version'];
  }
};

/** Where it ran in the place of the container that was meant, too. */
const podPlace = ({ namespace, name }: PodRef, answer: Run | undefined) =>
  `pod/${namespace}/${name}${answer?.by ? ` by ${answer.by}: ${answer.at ?? ''}` : ''}`;

export const placeOf = (call: Exclude<Call, KubeCall>, answer: Run | undefined) =>
  call.port === 'pod' ? podPlace(call.pod, answer) : `node/${call.node}`;

const programOf = (call: Exclude<Call, KubeCall>, answer: Run | undefined) => ({
  where: placeOf(call, answer),
  // Without an answer it is not known with which arguments the query was tried.
  argv: answer?.argv ?? [call.query],
  exitCode: answer === undefined || Number.isNaN(answer.exitCode) ? null : answer.exitCode,
});

/** A call of a check as a person would write it down. */
export const ranCommand = ({ node, run }: RunRequest, { call, answer, refused, durationMs }: Touch): RanCommand => ({
  node,
  run,
  ...(call.port === 'kube'
    ? { where: 'api', argv: requestOf(call), exitCode: null }
    : programOf(call, answer as Run | undefined)),
  durationMs,
  ...(refused ? { refused: refused.code } : {}),
});
