import { ChangeRefused } from '../../../change/changer.js';
import { CannotLook } from '../../../domain/cannot-look.js';
import type { ChangedObject } from '../../../domain/fix.js';
import { isObject, type JsonObject } from '../../../domain/json.js';
import { type ApiReply, jsonOf } from '../api-reply.js';
import type { ApiRequest } from '../api-request.js';
import type { Transport } from '../transport.js';
import { changeRefused, isClearNo } from './change-refusal.js';
import { getRequest } from './requests.js';

/** The answer to a write was lost: it may have been carried out. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

/** One session's requests about changes. Everything but an answer throws `ChangeRefused`. */
export interface Sender {
  object(request: ApiRequest): Promise<JsonObject>;
  /** Null where there is no such object. */
  read(object: ChangedObject): Promise<JsonObject | null>;
  /** As `object`, for what is kept: throws `AnswerLost` where it may have been carried out without an answer. */
  write(request: ApiRequest): Promise<JsonObject>;
}

const isFine = ({ status }: ApiReply) => status >= 200 && status < 300;

export const createSender = (
  transport: Transport,
  cleanText: (text: string) => string,
  signal: AbortSignal,
): Sender => {
  const asked = async (request: ApiRequest): Promise<ApiReply> => {
    try {
      return await transport.send(request, signal);
    } catch (error) {
      if (error instanceof CannotLook) throw new ChangeRefused('unreachable', error.message);
      throw error;
    }
  };
  const bodyOf = (reply: ApiReply, request: ApiRequest): JsonObject => {
    if (!isFine(reply)) throw changeRefused(reply, request, cleanText);
    const value = jsonOf(reply.text);
    if (!isObject(value)) throw new ChangeRefused('unreachable', 'The answer is not the JSON of a Kubernetes object.');
    return value;
  };
  return {
    object: async (request) => bodyOf(await asked(request), request),
    async read(object) {
      const request = getRequest(object);
      const reply = await asked(request);
      return reply.status === 404 ? null : bodyOf(reply, request);
    },
    async write(request) {
      const reply = await transport.send(request, signal).catch((error: unknown) => {
        throw error instanceof CannotLook || signal.aborted ? new AnswerLost(String((error as Error).message)) : error;
      });
      if (isFine(reply)) return (jsonOf(reply.text) ?? {}) as JsonObject;
      const no = changeRefused(reply, request, cleanText);
      throw isClearNo(reply) ? no : new AnswerLost(no.message);
    },
  };
};
