import { expect, it } from 'vitest';
import { jsonReport } from '../../src/report/json.js';
import { junitReport } from '../../src/report/junit.js';
import { renderReport } from '../../src/report/render.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const session = cartView();
const input = reportInput('en', session);

it('makes a case of every check and of the verdict', () => {
  expect(renderReport('junit', input)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="net-triage" tests="5" failures="2" errors="1" time="0.363">
      <testsuite name="service-unreachable" timestamp="2026-11-21T02:14:04.000Z" tests="5" failures="2" errors="1" time="0.363" skipped="1">
        <properties><property name="session" value="20261121T021404Z-cart"/><property name="mode" value="live"/><property name="flow" value="pod/shop/web-7d4b9c svc/shop/cart:80"/></properties>
        <testcase classname="pod" name="pod-is-ready" time="0.180"></testcase>
        <testcase classname="service" name="service-has-ready-endpoints" time="0.180"><failure type="none-matched" message="No Pod carries the labels app=cart,tier=api."/></testcase>
        <testcase classname="connectivity" name="service-address-answers" time="0.003"><error type="forbidden" message="The Service address answers: denied: create pods/exec in shop"/></testcase>
        <testcase classname="policy" name="policies-admit-flow" time="0.000"><skipped message="The policies admit the flow: the operator skipped it"/></testcase>
        <testcase classname="verdict" name="verdict" time="0.000"><failure type="SVC-01" message="probable: Service shop/cart selects no Pod, so it has no endpoint."/></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

it.each([
  ['pass', 'fail', '/></testcase>', false],
  ['fail', 'fail', '<failure', true],
  ['unsure', 'fail', '<error', true],
  ['error', 'fail', '<error', true],
  ['skip', 'fail', '<skipped', true],
  ['warn', 'fail', '<failure', false],
  ['warn', 'warn', '<failure', true],
] as const)('%s under --fail-on %s: %s is %s', (...[result, failOn, mark, there]) => {
  const report = jsonReport(input);
  const [check] = report.checks;
  const checks = check ? [{ ...check, result }] : [];
  const verdict = { ...report.verdict, result: 'healthy' as const };
  const text = junitReport({ ...report, checks, verdict }, { sentence: () => 'a sentence', failOn });
  expect(text.includes(mark)).toBe(there);
});

it('escapes what the cluster said', () => {
  const text = junitReport(jsonReport(input), { sentence: () => '"/><system-out>]]>\u0000' });
  expect(text).not.toContain('<system-out>');
  expect(text).not.toContain('\u0000');
});
