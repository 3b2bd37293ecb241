/** One sound fact of every kind, with every member that a fact of its kind may have. */
import type { FactKind } from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import * as make from '../decision/facts.ts';
import { ALL_CASES } from '../rules/cases.ts';

const { stored, FOREVER, YEARS } = make;

const read = { ...make.READ, uri: 'https://example.org/a', retrieved: '2024-01-31' };
const source = { sources: [read] };
const ending = { ending: [read], valid: YEARS };
const everywhere = {
  segments: ['access-mobile'],
  functions: ['gNB-DU'],
  class: 'se-central',
  generations: ['5G'],
  siteClasses: ['sensitive'],
  bands: ['3.5 GHz'],
  uses: ['public-safety'],
  installedFrom: '2020-01-01',
} as const;

/** Every rule of the vocabulary; what one leaves open is filled in, and what stands in two of them is in one. */
const rules = ALL_CASES.map(([name, { rule }]) => ({
  ...rule,
  id: name,
  ...(rule.rule === 'removal-deadline' && { where: everywhere }),
  ...('by' in rule && { by: '2024-06-14' }),
}));

const device = {
  ...make.deployment('gNB-DU', 'maker-a', {
    band: '3.5 GHz',
    removed: '2029-01-01',
    uses: ['public-safety'],
  }),
  remoteAccessFrom: ['GBR'],
  purchased: '2019-05-01',
  product: 'consumer-router',
  producedIn: ['GBR'],
  shares: { sites: 1, traffic: 2, premises: 3, capacity: 4 },
};

export const SPECIMENS: Readonly<Record<FactKind, RawFact>> = {
  accreditation: stored(make.accreditation({ id: 'a' }), source),
  assessment: stored(make.assessment({ id: 'a', outcome: 'not-trusted' }), {
    ...source,
    ...ending,
    conditions: ['kept apart'],
    items: [{ criterion: 'C1', result: 'met', rationale: 'seen', evidence: [read] }],
  }),
  authority: stored(make.authority({ id: 'a', proposers: ['p'], approvers: ['q'], holders: ['h'] }), source),
  'criteria-set': stored(make.criteriaSet({ id: 'A' }), source),
  designation: stored(make.designation({ id: 'a' }), {
    ...source,
    ...ending,
    note: 'as printed',
    scope: {
      segments: ['core'],
      functions: ['AMF'],
      generations: ['5G'],
      uses: ['public-safety'],
      services: ['section-214'],
      producedOutside: ['USA'],
    },
  }),
  equivalence: stored(make.equivalence({ id: 'a' }), source),
  exemption: stored(make.exemption({ id: 'a' }), { sources: [{ ...read, primary: true }] }),
  hold: stored(make.hold({ id: 'a', scope: { owner: 'USA' } }), { ...source, ...ending }),
  mandate: stored(make.mandate({ id: 'a', valid: YEARS }), {
    ...source,
    acceptSecondary: true,
    acceptIncomplete: ['A'],
  }),
  network: stored(make.network({ id: 'a', hostedOn: 'b', valid: YEARS }, []), {
    ...source,
    identifiers: [{ scheme: 'plmn', value: '999-01' }],
    remoteAccessCountries: ['GBR'],
    services: ['section-214'],
    connectedBy: ['roaming'],
    providerSets: ['some'],
    inventory: { complete: true, asOf: '2024-01-01', deployments: [stored(device)] },
  }),
  protection: stored(make.protection({ id: 'a' }), source),
  route: stored(make.route({ id: 'a', alternates: ['net-c'], valid: YEARS }), source),
  standard: stored(make.standard({ id: 'A', rules: [] }), {
    rules: rules as never,
    requirements: [
      ...make.encodedBy([{ id: 'brought' }]),
      { paragraph: '2', says: 'A form.', outOfScope: 'No message is carried by it.' },
      { paragraph: '3', says: 'A schedule.', missing: 'Nobody has read it.' },
    ],
    buildsOn: [{ standard: 'B', rules: null }],
    replaces: ['C'],
    endedBy: { says: 'Repealed.', cites: ['text'] },
    announced: '2019-01-01',
    complyBy: '2024-01-01',
    scope: {
      levels: [{ frame: 'US', level: 'SECRET' }],
      flows: ['diplomatic'],
      providers: { sets: ['some'], others: 'satisfied', who: 'Some of them.', cites: ['text'] },
    },
    valid: YEARS,
    sources: [{ ...read, key: 'text', primary: true }],
  }),
  vendor: stored(make.vendor({ id: 'a', ownedBy: [{ owner: 'b', share: 5000, valid: YEARS }] }), {
    ...source,
    valid: FOREVER,
  }),
  waiver: stored(make.waiver({ id: 'a' }), source),
};
