import { policyAgentReady } from '../addons/policy.ts';
import { type Kubectl, kubectlFor } from '../cluster/kubectl.ts';
import { bin, type Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import type { Ground } from '../scenario/place.ts';
import { egressCases } from './policy-agent-egress.ts';
import { leaveGround, type Places, prepareGround, SHOP } from './policy-agent-ground.ts';
import { ingressCases } from './policy-agent-ingress.ts';
import { lifeProofs } from './policy-agent-life.ts';
import type { Case } from './policy-agent-spec.ts';
import { type Flow, travel } from './policy-agent-traffic.ts';
import type { Tally } from './tally.ts';

/** The lab's enforcer of NetworkPolicies against what Kubernetes promises, by traffic alone. */
export async function testPolicyAgent(lab: Lab, tally: Tally): Promise<void> {
  const kubectl = kubectlFor(lab, bin(lab, 'kube'));
  const ground: Ground = { lab, kubectl, namespace: SHOP };
  const places = await prepare(tally, kubectl);
  if (!places) return;
  for (const one of [...ingressCases, ...egressCases])
    await tally.prove(`policy agent: ${one.title}`, () => proveCase(ground, places, one));
  for (const [title, proof] of lifeProofs)
    await tally.prove(`policy agent: ${title}`, async () => {
      await clear(kubectl);
      return proof(ground, places);
    });
  await leaveGround(kubectl);
}

async function prepare(tally: Tally, kubectl: Kubectl): Promise<Places | undefined> {
  let places: Places | undefined;
  await tally.prove('policy agent: the pods that talk to each other are there', async () => {
    await policyAgentReady(kubectl);
    places = await prepareGround(kubectl);
    return [];
  });
  return places;
}

const clear = (kubectl: Kubectl) => kubectl.must(['-n', SHOP, 'delete', 'networkpolicy', '--all', '--wait=false']);

async function proveCase(ground: Ground, places: Places, { policies, lets, stops }: Case): Promise<string[]> {
  const flows = [...lets, ...stops];
  const ask = () => travel(ground, places, flows);
  await clear(ground.kubectl);
  const closed = await settle(ask, { lets: flows, stops: [] });
  if (closed.length > 0) return closed.map((line) => `without a policy: ${line}`);
  await ground.kubectl.apply(typeof policies === 'function' ? policies(places) : policies);
  const wrong = await settle(ask, { lets, stops });
  // Once more: the first round may have met rules that were only half written, on one node and not on the other.
  return wrong.length > 0 ? wrong : differences(await ask(), { lets, stops });
}

type Expected = Pick<Case, 'lets' | 'stops'>;

async function settle(ask: () => Promise<Set<Flow>>, expected: Expected): Promise<string[]> {
  let wrong: string[] = [];
  const right = async () => {
    wrong = differences(await ask(), expected);
    return wrong.length === 0;
  };
  await eventually('the rules do as the policies say', right, { timeoutMs: 8_000 }).catch((error: unknown) => {
    if (wrong.length === 0) throw error;
  });
  return wrong;
}

function differences(answered: ReadonlySet<Flow>, { lets, stops }: Expected): string[] {
  return [
    ...lets.filter((flow) => !answered.has(flow)).map((flow) => `${flow} is stopped`),
    ...stops.filter((flow) => answered.has(flow)).map((flow) => `${flow} is let through`),
  ];
}
