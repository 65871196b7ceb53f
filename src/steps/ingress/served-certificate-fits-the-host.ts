import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { serving } from '../../domain/ingress-pods.js';
import { requestWords } from '../../domain/ingress-route.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { type ServedCertificate, servedCertificateSchema } from '../../parse/ingress/served-certificate.js';
import { servedCertificate } from '../../queries/ingress/served-certificate.js';
import { requestFor } from '../../queries/probes/ask-door.js';
import { ingressView, ingressViewSchema } from '../../queries/probes/ingress-view.js';

const evidenceSchema = z.object({
  view: ingressViewSchema.optional(),
  pod: z.string(),
  at: z.number(),
  certificate: servedCertificateSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;

// What controllers show where they have nothing better for a host.
const ownOne = /Kubernetes Ingress Controller Fake Certificate|TRAEFIK DEFAULT CERT|Kong.{0,20}localhost/i;

const judge = (shown: ServedCertificate, at: number) => {
  if (!shown.shown) return 'handshake-fails';
  if (ownOne.test(shown.subject)) return 'controllers-own';
  if (shown.fits === false) return 'other-names';
  if (shown.until !== undefined && shown.until < at) return 'expired';
  return shown.from !== undefined && shown.from > at ? 'not-yet-valid' : 'fits';
};

const outcomeOf = ({ view, at, certificate }: Evidence) => {
  if (!view) return 'not-asked';
  if (!view.route.secure) return 'no-tls';
  return certificate ? judge(certificate, at) : 'not-asked';
};

const day = (at: number | undefined) => (at === undefined ? '' : new Date(at).toISOString().slice(0, 10));

const none: ServedCertificate = { shown: false, subject: '', issuer: '', names: [], words: '' };

export default defineStep({
  stage: 'ingress',
  level: 'probe',
  cost: 1,
  reads: ['ingresses', 'ingressclasses', 'pods'],
  runs: [servedCertificate],
  from: anyEnd,
  to: ['ingress'],
  evidence: evidenceSchema,
  outcomes: {
    fits: 'pass',
    'no-tls': 'pass',
    'controllers-own': 'fail',
    'other-names': 'fail',
    expired: 'fail',
    'not-yet-valid': 'fail',
    'handshake-fails': 'fail',
    'not-asked': 'unsure',
  },

  async collect({ kube, pod, clock }, flow): Promise<Evidence> {
    const at = clock.now();
    const view = await ingressView(kube, flow, at);
    const [controller] = view ? serving(view.controller) : [];
    const [host] = controller?.ips ?? [];
    const base = { ...(view && { view }), pod: '', at };
    // Without a name there is none that a certificate could fit.
    if (!view?.route.secure || !controller || !host || view.route.host === '') return base;
    const { namespace, name, container, https } = controller;
    const asked = { host, port: https, name: requestFor(view.route).host, waitSeconds: 5 };
    const certificate = await pod({ namespace, name, container }).run(servedCertificate, asked);
    return { ...base, pod: `${namespace}/${name}`, certificate };
  },

  interpret(evidence) {
    const { view, pod, certificate = none } = evidence;
    const { subject, issuer, names, from, until, words } = certificate;
    const facts = {
      ...{ host: requestWords(view?.route).host, secret: view?.route.secret ?? '', 'controller-pod': pod },
      ...{ subject, issuer, names: capped(names), from: day(from), until: day(until), words },
    };
    return { outcome: outcomeOf(evidence), facts };
  },
});
