import { readFile } from 'node:fs/promises';
import { type Lab, pki } from '../cluster/plan.ts';
import { must } from '../machine/run.ts';

const NAME = 'ingress-nginx-admission';
const SERVICE = 'ingress-nginx-controller-admission';
const NAMESPACE = 'ingress-nginx';

const labels = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/component': 'admission-webhook',
};

export interface AdmissionCertificate {
  /** In base64, as a webhook configuration takes it. */
  ca: string;
  secret: object;
}

/** What ingress-nginx's job `ingress-nginx-admission-create` makes: a certificate, and its own CA to know it by. */
export async function admissionCertificate(lab: Lab): Promise<AdmissionCertificate> {
  const file = (end: string) => pki(lab, `${NAME}.${end}`);
  const fresh = ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const key = ['-keyout', file('ca.key'), '-out', file('ca.crt'), '-subj', '/O=nil1', '-days', '30'];
  await must([...fresh, ...key]);
  const names = [SERVICE, `${SERVICE}.${NAMESPACE}`, `${SERVICE}.${NAMESPACE}.svc`].map((name) => `DNS:${name}`);
  const signed = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-addext', 'basicConstraints=critical,CA:FALSE'];
  const own = ['-keyout', file('key'), '-out', file('crt'), '-subj', '/O=nil2', '-days', '30'];
  await must([...fresh, ...signed, ...own, '-addext', `subjectAltName=${names.join(',')}`]);
  const [ca, cert, privateKey] = await Promise.all(
    ['ca.crt', 'crt', 'key'].map((end) => readFile(file(end), 'base64')),
  );
  const data = { ca, cert, key: privateKey };
  return {
    ca: ca ?? '',
    secret: { apiVersion: 'v1', kind: 'Secret', metadata: { name: NAME, namespace: NAMESPACE, labels }, data },
  };
}

/** Only once the webhook answers: with `Fail` no Ingress can be written while it does not. */
export const admissionWebhook = (ca: string): object => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: NAME, labels },
  webhooks: [
    {
      name: 'validate.nginx.ingress.kubernetes.io',
      matchPolicy: 'Equivalent',
      rules: [
        {
          apiGroups: ['networking.k8s.io'],
          apiVersions: ['v1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['ingresses'],
        },
      ],
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: {
        service: { name: SERVICE, namespace: NAMESPACE, port: 443, path: '/networking/v1/ingresses' },
        caBundle: ca,
      },
    },
  ],
});
