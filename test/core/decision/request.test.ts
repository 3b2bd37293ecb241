/** What a request may say: the last value that is taken, and the first that is not. */
import { expect, it } from 'vitest';
import { readRequest } from '../../../functions/core/decision/read-request.ts';
import { approachTo, ask, labelFor } from './ask.ts';
import { FACTS } from './facts.ts';

const x = (n: number) => 'x'.repeat(n);
const hops = (n: number) => ({ path: { hops: Array(n).fill({ network: 'n' }) } });
const hop = (name: object) => ({ path: { hops: [name] } });
const message = (part: object) => ({ message: { id: 'm', marking: 'SECRET', ...part } });
const standards = (n: number) => ({ standards: Array.from({ length: n }, (_, i) => `S-${i}`) });
const sha = (bits: number, digits: number) => message({ digest: `sha${bits}:${'0'.repeat(digits)}` });

it.each<[string, object, object, string]>([
  ['hops', hops(64), hops(65), '/path/hops'],
  ['hops', hops(1), hops(0), '/path/hops'],
  ['a hop by its name', hop({ plmn: '234-15' }), hop({ plmn: '234-1' }), '/path/hops/0/plmn'],
  ['a path', { path: { route: 'r' } }, { path: { route: 'r', assurance: 'pinned' } }, '/path/assurance'],
  ['a path', hops(1), { path: { ...hops(1).path, assurance: 'assumed' } }, '/path/assurance'],
  ['a path', hops(1), { path: { ...hops(1).path, certainty: 'pinned' } }, '/path'],
  ['an id of a message', message({ id: x(64) }), message({ id: x(65) }), '/message/id'],
  ['an id of a message', message({ id: 'A.b_c-1' }), message({ id: 'a\n' }), '/message/id'],
  ['an id of a message', message({ id: 'm' }), message({ id: '' }), '/message/id'],
  [
    'a format',
    message({ markingFormat: x(32) }),
    message({ markingFormat: x(33) }),
    '/message/markingFormat',
  ],
  ['an originator', message({ originator: 'GBR' }), message({ originator: 'gbr' }), '/message/originator'],
  ['a digest', sha(256, 64), sha(256, 63), '/message/digest'],
  ['a digest', sha(384, 96), sha(384, 64), '/message/digest'],
  ['a digest', sha(256, 64), message({ digest: `xsha256:${'0'.repeat(64)}` }), '/message/digest'],
  [
    'a protection',
    message({ protection: { scheme: 'none' } }),
    message({ protection: { scheme: 'none', registration: 'r' } }),
    '/message/protection',
  ],
  [
    'a protection',
    message({ protection: { scheme: 'csfc', registration: 'r' } }),
    message({ protection: { scheme: 'csfc' } }),
    '/message/protection',
  ],
  [
    'a flow',
    message({ flow: 'federal-contract-service' }),
    message({ flow: 'federal-contract-servise' }),
    '/message/flow',
  ],
  ['an exact version', { registry: { exact: 1 } }, { registry: { exact: 0 } }, '/registry/exact'],
  [
    'a least version',
    { registry: { atLeast: 2 ** 53 - 1 } },
    { registry: { atLeast: 2 ** 53 } },
    '/registry/atLeast',
  ],
  ['one version', { registry: { exact: 1 } }, { registry: { exact: 1, atLeast: 1 } }, '/registry'],
  ['an instant', { at: '2020-02-29T23:59:59Z' }, { at: '2020-02-29T24:00:00Z' }, '/at'],
  ['standards', standards(32), standards(33), '/standards'],
  ['standards, each once', { standards: [] }, { standards: ['S', 'S'] }, '/standards'],
  ['an explanation', { explain: 'full' }, { explain: 'all' }, '/explain'],
  [
    'obligations',
    { supportedObligations: ['no-sms'] },
    { supportedObligations: ['no-fax'] },
    '/supportedObligations/0',
  ],
])('%s', (_, taken, refused, field) => {
  const request = { ...message({}), ...hops(1) };
  expect(readRequest({ ...request, ...taken })).toEqual({ ok: true, request: { ...request, ...taken } });
  const reading = readRequest({ ...request, ...refused });
  expect(reading.ok ? [] : reading.reasons.map((r) => r.field?.slice(0, field.length))).toEqual([field]);
});

it('tells sixteen faults and no more', () => {
  const many = readRequest({
    ...message({}),
    path: { hops: [{ network: 'n' }] },
    standards: Array(17).fill(1),
  });
  expect(many.ok ? 0 : many.reasons.length).toBe(16);
});

it('a scheme that names no tunnel is asked on the basis of whoever names none', () => {
  const facts = FACTS.filter((f) => f.id !== 'net-a-accredited');
  const from = approachTo(facts);
  const said = (protection: { readonly protection?: { readonly scheme: 'none' } }) => {
    const message = { ...from.request.message, ...protection };
    const d = ask({ ...from, request: { ...from.request, message } }, labelFor({}));
    return [d.outcome, d.basis, d.reasons.map((r) => r.code)];
  };
  const refused = ['deny', 'trusted-transport', ['NOT_ACCREDITED']];
  expect([said({}), said({ protection: { scheme: 'none' } })]).toEqual([refused, refused]);
});
