import type { KubeObject } from './kinds.js';

/** A Service port that promises an answer to a plain GET. gRPC promises none. `appProtocol` outranks the name. */
export const speaksHttp = ({
  name,
  appProtocol,
}: {
  name?: string | undefined;
  appProtocol?: string | undefined;
}): boolean => (appProtocol ? /^(https?|kubernetes\.io\/wss?)$/.test(appProtocol) : /^https?(-|$)/.test(name ?? ''));

/** Whether the port with this number does. */
export const promisesHttp = (service: KubeObject<'services'> | undefined, port: number): boolean =>
  (service?.spec?.ports ?? []).some((one) => one.port === port && (one.protocol ?? 'TCP') === 'TCP' && speaksHttp(one));
