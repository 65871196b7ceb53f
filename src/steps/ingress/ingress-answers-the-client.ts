import { z } from 'zod';
import { doorOfController, serving } from '../../domain/ingress-pods.js';
import { requestWords } from '../../domain/ingress-route.js';
import { defineStep } from '../../domain/step.js';
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
import { sourceOf } from '../../queries/probes/source-of.js';

export default defineStep({
  stage: 'ingress',
  level: 'probe',
  cost: 2,
  reads: ['ingresses', 'ingressclasses', 'pods', 'services'],
  runs: [httpGet, httpsGet],
  from: ['pod', 'node'],
  to: ['ingress'],
  evidence: z.object({
    view: ingressViewSchema.optional(),
    owner: z.string(),
    asked: askedSchema.optional(),
  }),
  outcomes: doorOutcomes,

  async collect(ports, flow) {
    const { kube, clock } = ports;
    const view = await ingressView(kube, flow, clock.now());
    const [controller] = view ? serving(view.controller) : [];
    // Without a Pod that takes requests its Service is still there to refuse them.
    const any = controller ?? view?.controller.pods[0];
    if (!view || !any) return { ...(view && { view }), owner: '' };
    const { owner, ...door } = await doorOfController(kube, any);
    if (!door.address) return { view, owner };
    const request = { ...requestFor(view.route), tries: 9, waitSeconds: longestWait };
    // Where TLS is wanted, plain HTTP is answered as well, by a redirect: that much is asked everywhere.
    return { view, owner, asked: await askDoor(sourceOf(ports, flow.from), { ...door, scheme: 'http' }, request) };
  },

  interpret({ view, owner, asked }) {
    return { outcome: outcomeOfAnswer(asked), facts: { ...requestWords(view?.route), owner, ...factsOfAnswer(asked) } };
  },
});
