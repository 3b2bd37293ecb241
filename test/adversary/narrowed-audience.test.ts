/**
 * Narrowing an accreditation's audience permits information for a smaller release, one that leaves out the nation that
 * marked it or members of its organisation too: two honest people are asked to acknowledge it, and not told that
 * nothing becomes permit.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWorld } from '../../cli/scenario/world.ts';
import { decide } from '../../functions/core/decision/decide.ts';
import { labelOf } from '../../functions/core/decision/label-of.ts';
import { readRequest } from '../../functions/core/decision/read-request.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { inputFor } from '../../functions/core/registry/input.ts';
import { registryFrom } from '../../functions/core/registry/registry.ts';
import { simulate } from '../core/administration/simulated.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig } from '../registry/rig.ts';

let rig: RegistryRig;

beforeAll(async () => {
  rig = await startRegistryRig();
});

afterAll(() => rig.stop());

async function publish(changes: readonly object[]) {
  const proposal = await rig.as('usa-proposer').post('proposals', { reason: 'A test', changes });
  expect(proposal.status, JSON.stringify(proposal.body)).toBe(201);
  const { id } = proposal.body;
  const shown = await simulated(rig.as('usa-proposer'), id);
  const unacknowledged = await rig
    .as('usa-approver')
    .post(`proposals/${id}/approve`, { ...approvalOf(shown), permits: [] });
  const approved = await rig.as('usa-approver').post(`proposals/${id}/approve`, approvalOf(shown));
  return [shown.simulation.permits > 0, unacknowledged.status, approved.status];
}

const factAt = async (key: string) => (await rig.as('auditor').get(`facts/${key}`)).body.fact;

it('a smaller release that becomes permit is shown, and cannot be approved unacknowledged', async () => {
  const mandate = await factAt('mandate/usa-trusted-transport');
  const was = await factAt('accreditation/us-on-gb-b');
  const { judged: _judged, ...plain } = was;
  const carries = [{ frame: 'US', level: 'SECRET', compartments: ['SI'], controls: [] }];
  const wide = { ...plain, carries, audience: ['GBR', 'JPN', 'USA'] };
  await publish([
    {
      op: 'replace',
      fact: { ...mandate, accreditors: ['us-accreditor', 'us-dod'] },
      was: factDigest(mandate),
    },
    { op: 'replace', fact: wide, was: factDigest(was) },
    { op: 'add', fact: { ...plain, id: 'plain-on-gb-b', authority: 'us-dod' } },
  ]);
  const narrow = { op: 'replace', fact: { ...wide, audience: ['GBR', 'USA'] }, was: factDigest(wide) };
  expect(await publish([narrow])).toEqual([true, 422, 200]);
});

it('a release that leaves out the nation that marked it is shown too', async () => {
  const was = await factAt('accreditation/plain-on-gb-b');
  const audience = was.audience.filter((nation: string) => nation !== 'USA');
  expect([was.audience, audience]).toEqual([['GBR', 'USA'], ['GBR']]);
  const narrow = { op: 'replace', fact: { ...was, audience }, was: factDigest(was) };
  expect(await publish([narrow])).toEqual([true, 422, 200]);
});

/** An organisation's frame, over the sample's facts and one route: its owner's mandate and its accreditation of the route's network. */
interface Organised {
  readonly organisation: string;
  readonly frame: string;
  readonly level: string;
  readonly network: string;
}

const AT = Date.parse('2026-11-29T00:00:00Z');
const SOURCES = [{ citation: 'x', verified: true }];
const VALID = { from: '2026-01-01', to: '2030-01-01', zone: 'UTC' };

function factsOf(o: Organised, audience: readonly string[]): ReadonlyMap<string, RawFact> {
  const { organisation, network } = o;
  const at = { frame: o.frame, level: o.level };
  const [office, id] = [`${organisation.toLowerCase()}-office`, organisation.toLowerCase()];
  const own = { authority: office, valid: VALID, sources: SOURCES };
  const path = { rule: 'path-assurance', id: 'p', cites: ['s'], accept: ['pinned', 'observed'] };
  const facts: readonly RawFact[] = [
    ...Object.values(loadWorld()).flat(),
    {
      ...{ kind: 'standard', id: `${organisation}-TEST`, authority: office, owner: organisation, title: 't' },
      ...{ status: 'policy', about: 'carriage', announced: null, complyBy: null },
      ...{ valid: { ...VALID, to: null }, scope: { levels: [at], flows: null, providers: null } },
      ...{ belowScope: 'satisfied', rules: [path], sources: [{ key: 's', citation: 'x', verified: true }] },
      requirements: [{ paragraph: '1', says: 'Everything.', encoded: [path.id] }],
    },
    {
      ...{ kind: 'authority', id: office, name: 'n', speaksFor: [organisation], proposers: ['one'] },
      ...{ approvers: ['two'], holders: [], valid: VALID, sources: SOURCES },
    },
    {
      ...{
        kind: 'mandate',
        id: `${id}-mandate`,
        owner: organisation,
        from: [at],
        basis: 'trusted-transport',
      },
      ...{ standards: [`${organisation}-TEST`], accreditors: [office], assurances: ['pinned'] },
      ...{ acceptUnverified: true, acceptUnbound: true, ...own },
    },
    {
      ...{ kind: 'accreditation', id, subject: { network }, audience, ...own },
      carries: [{ ...at, compartments: [], controls: [] }],
    },
    {
      ...{ kind: 'route', id: 'only', name: 'r', synthetic: true, hops: [network], alternates: [] },
      ...{ assurance: 'pinned', valid: VALID, sources: SOURCES },
    },
  ];
  return new Map(facts.map((fact) => [`${String(fact['kind'])}/${String(fact['id'])}`, fact]));
}

function outcomeOf(facts: ReadonlyMap<string, RawFact>, marking: unknown): string {
  const read = readRequest({ message: { id: 'm', marking }, path: { route: 'only' } });
  if (!read.ok) return 'no request';
  const label = labelOf(read.request.message, AT);
  if (!label.ok) return 'no label';
  return decide(inputFor(registryFrom([...facts.values()]), read.request, label, AT)).outcome;
}

const only = (...vals: readonly string[]) => ({
  ocl: { pol: 'NATO', cls: 'SECRET', catl: [{ type: 'P', name: 'Only', vals }] },
  context: { '@base': 'urn:nato:stanag:5636:A:1:elements:json' },
});
const released = (frame: string, level: string, ...releasableTo: readonly string[]) => ({
  ...{ frame, level, owners: [frame], markedBy: frame, releasableTo },
});
const NATO: Organised = { organisation: 'NATO', frame: 'NATO', level: 'NATO SECRET', network: 'gb-b' };
const EU: Organised = { organisation: 'EU', frame: 'EU', level: 'EU SECRET', network: 'de-a' };

describe('narrowing what an organisation accredits', () => {
  it.each<[string, Organised, readonly string[], readonly string[], readonly unknown[]]>(
    // biome-ignore format: one row a line
    [
    ['NATO’s', NATO, ['GBR', 'USA'], ['GBR'], ['NATO SECRET United Kingdom ONLY', 'NATO SECRET France, United Kingdom ONLY', only('FRA', 'GBR'), released('NATO', 'NATO SECRET', 'GBR')]],
    ['the Union’s', EU, ['DEU', 'FRA'], ['DEU'], [released('EU', 'EU SECRET', 'DEU'), released('EU', 'EU SECRET', 'DEU', 'SWE')]],
  ],
  )(
    '%s, what is for some members alone becomes permit, and the simulation says so',
    (_whose, of, wide, narrow, markings) => {
      const [before, after] = [factsOf(of, wide), factsOf(of, narrow)];
      for (const marking of markings)
        expect([outcomeOf(before, marking), outcomeOf(after, marking)], JSON.stringify(marking)).toEqual([
          'deny',
          'permit',
        ]);
      const touched = [`accreditation/${of.organisation.toLowerCase()}`];
      const report = simulate({ before, after, touched, at: AT });
      const told = report.flips.flatMap((f) => (f.direction === 'to-permit' ? f.cases : []));
      expect(told.map((c) => c.marking)).toContain(`${of.frame} ${of.level}//REL TO ${narrow.join(', ')}`);
      expect(report.toDeny).toBe(0);
    },
  );
});
