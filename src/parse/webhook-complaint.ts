export interface WebhookComplaint {
  readonly webhook: string;
  readonly service: string;
  readonly namespace: string;
  readonly said: string;
}

// "Internal error occurred: failed calling webhook "pods.guard.example": failed to call webhook:
//  Post "https://guard.policies.svc:443/validate?timeout=10s": context deadline exceeded"
const complaint =
  /failed calling webhook "([^"]{1,253})"[^"]{0,60}"https:\/\/([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc[^"]{0,500}": ([\s\S]{1,500})/;
// "failed calling webhook "pods.guard.example": failed to call webhook: service "guard" not found"
const unnamed = /failed calling webhook "([^"]{1,253})": ([\s\S]{1,500})/;

/** A webhook that did not answer, in the message of an event; `undefined` where it tells of something else. */
export const webhookComplaint = (message: string): WebhookComplaint | undefined => {
  const text = message.slice(0, 2000);
  const [, webhook, service = '', namespace = '', said = ''] = complaint.exec(text) ?? [];
  if (webhook !== undefined) return { webhook, service, namespace, said: said.trim() };
  const [, name, rest = ''] = unnamed.exec(text) ?? [];
  return name === undefined ? undefined : { webhook: name, service: '', namespace: '', said: rest.trim() };
};
