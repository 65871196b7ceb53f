import { ChangeRefused } from '../../../change/changer.js';
import type { MissingRight } from '../../../domain/cannot-look.js';
import type { ChangeRefusal } from '../../../domain/fix.js';
import { refusal } from '../api-refusal.js';
import { type ApiReply, statusOf } from '../api-reply.js';
import type { ApiRequest } from '../api-request.js';

// admission webhook "guard.example" denied the request: …; failed calling webhook "guard.example": …
const byWebhook = /admission webhook|failed calling webhook|ValidatingAdmissionPolicy|denied the request/i;

const byStatus: Readonly<Record<number, ChangeRefusal>> = {
  ...{ 400: 'invalid', 401: 'forbidden', 403: 'forbidden', 404: 'gone', 409: 'conflict', 422: 'invalid' },
};

/** The rule that is missing, as a Role has it. */
const ruleText = ({ verb, resource, group, namespace }: MissingRight) =>
  `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["${verb}"]}${namespace ? `, namespace ${namespace}` : ''}`;

const codeOf = (reply: ApiReply, message: string): ChangeRefusal => {
  if (byWebhook.test(message)) return 'webhook';
  return byStatus[reply.status] ?? (reply.status >= 500 ? 'unreachable' : 'other');
};

/** The answer is a clear no, and not one that may come from a request that was carried out all the same. */
export const isClearNo = (reply: ApiReply): boolean =>
  reply.status < 500 || byWebhook.test(statusOf(reply)?.message ?? '');

/** What a reply other than success means for a change. Every word of the server is cleaned. */
export const changeRefused = (reply: ApiReply, request: ApiRequest, clean: (text: string) => string): ChangeRefused => {
  const message = clean(statusOf(reply)?.message ?? reply.text.slice(0, 300)).trim() || `HTTP ${reply.status}`;
  const code = codeOf(reply, message);
  if (code !== 'forbidden') return new ChangeRefused(code, message);
  const { missing } = refusal(reply, request, clean);
  return new ChangeRefused(code, missing ? `${ruleText(missing)}: ${message}` : message, missing);
};
