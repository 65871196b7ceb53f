import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Flow } from '../../domain/flow.js';
import { serving } from '../../domain/ingress-pods.js';
import { type Route, requestWords } from '../../domain/ingress-route.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { isAsked, servicePorts } from '../../domain/service-port.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { targetsOf, toTry } from '../../domain/targets.js';
import { type BackendAnswer, backendAnswerSchema, backendOutcome } from '../../parse/ingress/backend-answer.js';
import { httpGet } from '../../queries/http-get.js';
import { httpsGet } from '../../queries/https-get.js';
import { askDoor, askDoorIfPossible, longestWait, requestFor } from '../../queries/probes/ask-door.js';
import { ingressView, ingressViewSchema } from '../../queries/probes/ingress-view.js';

// As many as a person would try by hand.
const most = 4;

const targetsFor = async (
  kube: ObjectReader<'services' | 'endpointslices'>,
  { to }: Pick<Flow<Flow['from']['kind'], 'ingress'>, 'to'>,
  backend: NonNullable<Route['backend']>,
) => {
  const { service, slices } = await serviceAndEndpoints(kube, { namespace: to.namespace, name: backend.service });
  const offered = servicePorts(service).filter(({ protocol }) => protocol === 'TCP');
  // Controllers of nginx also take the number of the target port for the port of a backend.
  const meant =
    offered.find((one) => isAsked(one, backend.port)) ?? offered.find(({ target }) => target === backend.port);
  const port = meant?.port ?? backend.port;
  return toTry(targetsOf(service, slices, { port, protocol: 'TCP' })).slice(0, most);
};

const placeOf = ([first]: readonly BackendAnswer[]) => ({
  address: first?.address ?? '',
  'target-port': first?.port ?? 0,
});

export default defineStep({
  stage: 'ingress',
  level: 'probe',
  cost: 2,
  reads: ['ingresses', 'ingressclasses', 'pods', 'services', 'endpointslices'],
  runs: [httpGet, httpsGet],
  from: anyEnd,
  to: ['ingress'],
  evidence: z.object({
    view: ingressViewSchema.optional(),
    pod: z.string(),
    answers: z.array(backendAnswerSchema),
  }),
  outcomes: {
    answer: 'pass',
    'answer-with-errors': 'unsure',
    slow: 'fail',
    silent: 'fail',
    refuse: 'fail',
    'time-out': 'fail',
    fail: 'fail',
    'some-fail': 'fail',
    'speak-plain': 'fail',
    'speak-tls': 'fail',
    'none-to-try': 'unsure',
  },

  async collect({ kube, pod, clock }, flow) {
    const view = await ingressView(kube, flow, clock.now());
    const [controller] = view ? serving(view.controller) : [];
    const backend = view?.route.backend;
    if (!view || !controller || !backend) return { ...(view && { view }), pod: '', answers: [] };
    const { namespace, name, container } = controller;
    const place = pod({ namespace, name, container });
    const request = { ...requestFor(view.route), tries: 3, waitSeconds: longestWait };
    const targets = await targetsFor(kube, flow, backend);
    const answers = await Promise.all(
      targets.map(async ({ address, port }): Promise<BackendAnswer> => {
        const plain = await askDoor(place, { address, port, scheme: 'http' }, request);
        // A server that wants TLS complains with a 400, or ends the connection without a word of HTTP.
        const doubtful = plain.http.statuses.includes(400) || plain.http.classes.empty || plain.http.classes.reset;
        const odd = doubtful || plain.http.tries.some((one) => one.class === 'not-http');
        const secure = odd ? await askDoorIfPossible(place, { address, port, scheme: 'https' }, request) : undefined;
        return { address, port, plain: plain.http, ...(secure && { secure: secure.http }) };
      }),
    );
    return { view, pod: `${namespace}/${name}`, answers };
  },

  interpret({ view, pod, answers }) {
    const { outcome, failing } = backendOutcome(answers, view?.settings ?? {});
    const others = answers.filter((one) => !failing.includes(one));
    const facts = {
      ...requestWords(view?.route),
      'controller-pod': pod,
      failing: capped(failing.map(({ address, port }) => `${address}:${port}`)),
      answering: capped(others.map(({ address, port }) => `${address}:${port}`)),
      statuses: [...new Set(answers.flatMap(({ plain }) => plain.statuses))],
      took: Math.max(0, ...answers.flatMap(({ plain }) => plain.tries.map(({ ms = 0 }) => ms))),
      protocol: view?.settings['backend-protocol'] ?? 'HTTP',
      ...placeOf([...failing, ...others]),
    };
    return { outcome, facts };
  },
});
