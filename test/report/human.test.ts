import { describe, expect, it } from 'vitest';
import { humanReport } from '../../src/report/human.js';
import { shortReport } from '../../src/report/short.js';
import { reportInput } from '../support/report-input.js';
import { cartHeader, cartView } from '../support/session-view.js';

const session = { ...cartView(), root: '9f'.repeat(32) };
const input = { ...reportInput('en', session), ascii: true };

describe('humanReport', () => {
  it('prints the walk, the verdict, what was not checked and what to do', () => {
    expect(humanReport(input)).toMatchInlineSnapshot(`
      "20261121T021404Z-cart  from pod/shop/web-7d4b9c to svc/shop/cart:80  prod-eu-1  [PROD]
      + PASS    Pod web-7d4b9c is ready.
      x FAIL    No Pod carries the labels app=cart,tier=api.
      # ERROR   The Service address answers: denied: create pods/exec in shop
      - SKIP    The policies admit the flow: the operator skipped it

      FAULT SVC-01, probable: Service shop/cart selects no Pod, so it has no endpoint.

      Because
        endpoints.1 (decisive): No Pod carries the labels app=cart,tier=api.

      Ruled out
        SVC-02 No selected Pod is ready
        POD-02 The Pod is not ready

      Not checked
        The Service address answers: denied: create pods/exec in shop
        The policies admit the flow: the operator skipped it
        DNS: the walk did not lead there

      Next step
        Set the selector of the Service to the labels of the Pods: kubectl -n shop set selector service cart 'app=cart,tier=backend'
        Blast radius 1 of 4: one object, reversible. The EndpointSlice lists the Pods within seconds.
        Look first: kubectl -n shop get pods --show-labels
        Keep the old value: kubectl -n shop get service cart -o yaml > cart.saved.yaml
        Undo: kubectl -n shop set selector service cart 'app=cart,tier=api'
        Repeat afterwards: The Service has ready endpoints, The Service address answers

      Session
        20261121T021404Z-cart Chain root 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
      "
    `);
  });

  it('speaks Chinese with words of the same width', () => {
    expect(humanReport({ ...input, language: 'zh-CN' })).toMatchInlineSnapshot(`
      "20261121T021404Z-cart  从 pod/shop/web-7d4b9c 到 svc/shop/cart:80  prod-eu-1  [生产]
      + 通过    Pod web-7d4b9c 已就绪.
      x 失败    没有 Pod 带有标签 app=cart,tier=api.
      # 出错    Service 地址有响应: 无权限: 在 shop 中 create pods/exec
      - 跳过    网络策略允许该流量: 操作者跳过

      故障 SVC-01, 很可能: Service shop/cart 的选择算符没有匹配到任何 Pod, 因此没有端点.

      依据
        endpoints.1 (决定性): 没有 Pod 带有标签 app=cart,tier=api.

      已排除
        SVC-02 被选中的 Pod 都未就绪
        POD-02 Pod 未就绪

      未检查
        Service 地址有响应: 无权限: 在 shop 中 create pods/exec
        网络策略允许该流量: 操作者跳过
        DNS: 路径没有走到这里

      下一步
        把 Service 的选择算符改为 Pod 的标签: kubectl -n shop set selector service cart 'app=cart,tier=backend'
        影响范围 1 (最高 4): 单个对象, 可还原. EndpointSlice 会在数秒内列出这些 Pod.
        执行前查看: kubectl -n shop get pods --show-labels
        保存原值: kubectl -n shop get service cart -o yaml > cart.saved.yaml
        撤销: kubectl -n shop set selector service cart 'app=cart,tier=api'
        执行后重复检查: Service 有就绪的端点, Service 地址有响应

      会话
        20261121T021404Z-cart 哈希链根 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
      "
    `);
  });

  it('keeps text from the cluster in its line', () => {
    const findings = session.findings.map((finding) => ({
      ...finding,
      facts: { selector: 'a\n+ PASS   forged\u001b[2J', wanted: 'b\n', pod: '\r' },
    }));
    const text = humanReport({ ...input, session: { ...session, findings } });
    expect(text.split('\n')).toHaveLength(humanReport(input).split('\n').length);
    expect(text).not.toContain('\u001b');
  });
});

describe('shortReport', () => {
  it('is six lines for the channel', () =>
    expect(shortReport(input)).toMatchInlineSnapshot(`
    "FAULT SVC-01, probable: Service shop/cart selects no Pod, so it has no endpoint.
    Since: 2026-11-21T01:58:12Z, as the operator says
    Impact: (to be filled in)
    Ruled out: SVC-02 No selected Pod is ready; POD-02 The Pod is not ready
    Next step: Set the selector of the Service to the labels of the Pods: kubectl -n shop set selector service cart 'app=cart,tier=backend'
    Session: 20261121T021404Z-cart, Chain root 9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f
    "
  `));

  it('keeps to six lines without a verdict, and says that it is practice', () => {
    const nothing = { ...session, header: cartHeader({ mode: 'practice' }), verdict: null, intake: [] };
    const lines = shortReport({ ...input, session: nothing })
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe('[PRACTICE] NO VERDICT: the session ended before one was reached.');
  });

  it('says what stopped a session without a verdict, and how to go on', () => {
    const error = { code: 'unreachable', message: 'The API server refuses the connection.' };
    const ended = session.ended && { ...session.ended, error };
    const text = shortReport({ ...input, session: { ...session, ended, verdict: null } });
    expect(text).toMatch(/^NO VERDICT: .* The API server refuses the connection\.$/m);
    expect(text).toMatch(/^Next step: remove what stopped it, then go on with: net-triage session resume \S+$/m);
  });
});
