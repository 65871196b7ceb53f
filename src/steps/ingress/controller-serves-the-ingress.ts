import { z } from 'zod';
import { type ControllerPod, serving } from '../../domain/ingress-pods.js';
import { requestWords } from '../../domain/ingress-route.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { doorOutcomes } from '../../parse/ingress/door-answer.js';
import { httpGet } from '../../queries/http-get.js';
import { httpsGet } from '../../queries/https-get.js';
import {
  askDoor,
  askedSchema,
  factsOfAnswer,
  longestWait,
  outcomeOfAnswer,
  requestFor,
} from '../../queries/probes/ask-door.js';
import { ingressView, ingressViewSchema } from '../../queries/probes/ingress-view.js';

const doorIn = ({ ips: [address = ''], http, https }: ControllerPod, secure: boolean) =>
  secure ? ({ address, port: https, scheme: 'https' } as const) : ({ address, port: http, scheme: 'http' } as const);

export default defineStep({
  stage: 'ingress',
  level: 'probe',
  cost: 2,
  reads: ['ingresses', 'ingressclasses', 'pods'],
  runs: [httpGet, httpsGet],
  // The controller is asked where it runs: no network lies between, whoever the client is.
  from: anyEnd,
  to: ['ingress'],
  evidence: z.object({
    view: ingressViewSchema.optional(),
    pod: z.string(),
    asked: askedSchema.optional(),
  }),
  outcomes: doorOutcomes,

  async collect({ kube, pod, clock }, flow) {
    const view = await ingressView(kube, flow, clock.now());
    const [controller] = view ? serving(view.controller) : [];
    if (!view || !controller) return { ...(view && { view }), pod: '' };
    const { namespace, name, container } = controller;
    const request = { ...requestFor(view.route), tries: 6, waitSeconds: longestWait };
    const place = pod({ namespace, name, container });
    return {
      view,
      pod: `${namespace}/${name}`,
      asked: await askDoor(place, doorIn(controller, view.route.secure), request),
    };
  },

  interpret({ view, pod, asked }) {
    const [controller] = view ? serving(view.controller) : [];
    const { namespace = '', name = '' } = controller ?? {};
    const facts = {
      ...requestWords(view?.route),
      ...{ 'controller-pod': pod, 'controller-namespace': namespace, 'controller-name': name },
      ...factsOfAnswer(asked),
    };
    return { outcome: outcomeOfAnswer(asked), facts };
  },
});
