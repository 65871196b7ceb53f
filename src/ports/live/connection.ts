import { Agent, type Dispatcher } from 'undici';
import type { Credential, Credentials } from './credentials.js';
import { dial } from './dial.js';
import type { Target } from './kubeconfig.js';

export interface ConnectionOptions {
  readonly target: Target;
  readonly credentials: Credentials;
  /** `net-triage/<version> session/<id>`: lets the audit log of the cluster be matched with the session. */
  readonly userAgent: string;
  /** Milliseconds until a connection has to stand. */
  readonly connectTimeout: number;
}

export interface Session {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly credential: Credential;
}

/** Kept connections to one API server, and what every request to it carries. */
export interface Connection {
  readonly target: Target;
  session(): Promise<Session>;
  /** The dispatcher that shows the certificate of this session. */
  dispatcher(session: Session): Dispatcher;
  renew(): boolean;
  readonly connectTimeout: number;
  close(): Promise<void>;
}

const connections = 8;

const agentFor = (options: ConnectionOptions, certificate: Credential) =>
  new Agent({
    connections,
    pipelining: 1,
    connect: (_, callback) => {
      dial(options.target, certificate, AbortSignal.timeout(options.connectTimeout)).then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
    },
  });

export const createConnection = (options: ConnectionOptions): Connection => {
  const { target, credentials, userAgent, connectTimeout } = options;
  const agents = new Map<string, Agent>();
  return {
    target,
    connectTimeout,
    async session() {
      const credential = await credentials.current();
      const { authorization } = credential;
      const headers = {
        'user-agent': userAgent,
        ...target.impersonate,
        ...(authorization === undefined ? {} : { authorization }),
      };
      return { headers, credential };
    },
    dispatcher({ credential }) {
      // A plugin may hand out a new client certificate; connections shown the old one are left to run dry.
      const shown = credential.cert ?? '';
      const agent = agents.get(shown) ?? agentFor(options, credential);
      agents.set(shown, agent);
      return agent;
    },
    renew: () => credentials.renew(),
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
};
