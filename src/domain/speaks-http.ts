/** A Service port that promises an answer to a plain GET. gRPC promises none. `appProtocol` outranks the name. */
export const speaksHttp = ({
  name,
  appProtocol,
}: {
  name?: string | undefined;
  appProtocol?: string | undefined;
}): boolean => (appProtocol ? /^(https?|kubernetes\.io\/wss?)$/.test(appProtocol) : /^https?(-|$)/.test(name ?? ''));
