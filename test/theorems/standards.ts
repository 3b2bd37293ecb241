/** Standards of the theorems: between them every kind of condition a permit can depend on. */
import { CAPPED, FOREVER, READ, standard, TRUSTED } from '../core/decision/facts.ts';

const cites = ['text'];
const affiliates = [{ entries: 'stated', share: 5000, counting: 'each-link', valid: FOREVER }] as const;
const adopted = {
  instrument: 'RISKY',
  authority: 'gb-office',
  classes: ['capped' as const],
  affiliates: [...affiliates],
};

export const PLACED = standard({
  id: 'PLACED',
  rules: [
    {
      rule: 'jurisdiction',
      id: 'where',
      cites,
      legal: ['USA', 'GBR'],
      physical: ['USA', 'GBR'],
      remoteAccess: ['USA', 'GBR'],
      where: {},
      by: null,
    },
    {
      rule: 'operator-ownership',
      id: 'whose',
      cites,
      adopt: [adopted],
      share: 2500,
      counting: 'aggregate',
    },
  ],
});

export const DATED = standard({
  id: 'DATED',
  belowScope: 'satisfied',
  scope: {
    levels: [
      { frame: 'US', level: 'SECRET' },
      { frame: 'UK', level: 'SECRET' },
    ],
    flows: null,
    providers: null,
  },
  rules: [
    { rule: 'inventory-complete', id: 'fresh', cites, maxAgeDays: 365 },
    {
      rule: 'removal-deadline',
      id: 'gone',
      cites,
      adopt: [adopted],
      where: { segments: ['access-mobile', 'access-fixed'] },
      by: '2024-09-30',
    },
  ],
});

export const SEALED = standard({
  id: 'SEALED',
  rules: [
    {
      rule: 'protection-required',
      id: 'tunnel',
      cites,
      accept: [{ scheme: 'csfc', leastLayers: 2, independentIn: ['vendor', 'codeBase'] }],
      obligations: [],
      reEvaluateWithinHours: null,
    },
  ],
});

/** A list about purchases: asked for or not, it says nothing of carrying traffic. */
export const PURCHASES = standard({
  id: 'PURCHASES',
  about: 'procurement-ban',
  sources: [{ ...READ, key: 'text' }],
  rules: [{ rule: 'adopted-designation-absent', id: 'listed', cites, adopt: [adopted], where: {} }],
});

/** Whom it binds: networks of one set of providers. */
export const SET = 'uk-dvd-2022-10';
const binding = (others: 'satisfied' | 'not-applicable') => ({
  ...PLACED.scope,
  providers: { sets: [SET], others },
});

/** Some of an earlier standard, all of another, and through that one of a third, which has ended. */
const BUILT = standard({
  id: 'BUILT',
  owner: 'GBR',
  authority: 'gb-office',
  rules: [{ rule: 'path-assurance', id: 'known', cites, accept: ['pinned'] }],
  buildsOn: [
    { standard: 'CAPPED', rules: ['sites', 'cap'] },
    { standard: 'MIDDLE', rules: null },
  ],
});
const MIDDLE = standard({
  id: 'MIDDLE',
  rules: [{ rule: 'path-assurance', id: 'guessed', cites, accept: ['pinned', 'observed', 'assumed'] }],
  buildsOn: [{ standard: 'ENDED', rules: ['recent'] }],
});
const ENDED = standard({
  id: 'ENDED',
  valid: { from: '2019-01-01', to: '2021-12-31', zone: 'UTC' },
  endedBy: { says: 'It ran out.', cites },
  rules: [
    { rule: 'inventory-complete', id: 'recent', cites, maxAgeDays: 200 },
    { rule: 'path-assurance', id: 'never', cites, accept: ['assumed'] },
  ],
});

/** Took the place of CAPPED, and carries what still stands of it. */
const NEWER = standard({
  id: 'NEWER',
  owner: 'GBR',
  authority: 'gb-office',
  replaces: ['CAPPED'],
  buildsOn: [{ standard: 'CAPPED', rules: ['core', 'excluded'] }],
  rules: [
    { rule: 'path-assurance', id: 'seen', cites, accept: ['pinned', 'observed'] },
    {
      rule: 'share-cap',
      id: 'homes',
      cites,
      adopt: [adopted],
      where: { segments: ['cpe'] },
      bases: ['sites'],
      max: 3500,
      by: null,
    },
  ],
});

/** Took the place of PLACED for some, and lacks something. */
const LICENCE = standard({
  id: 'LICENCE',
  replaces: ['PLACED'],
  scope: binding('not-applicable'),
  rules: [{ rule: 'inventory-complete', id: 'counted', cites, maxAgeDays: 100 }],
  requirements: [{ paragraph: '2', says: 'More.', missing: 'nobody read it' }],
});

/** For some, and nobody has listed what it asks. */
const NARROW = standard({
  id: 'NARROW',
  scope: binding('satisfied'),
  requirements: undefined,
  rules: [{ rule: 'path-assurance', id: 'held', cites, accept: ['pinned'] }],
});

/** Nobody’s law. */
const DRAFT = standard({
  id: 'DRAFT',
  status: 'proposed',
  replaces: ['TRUSTED', 'DATED'],
  rules: [{ rule: 'path-assurance', id: 'none', cites, accept: ['assumed'] }],
});

/** Those that lack something, which owners may accept by name. */
export const INCOMPLETE = ['LICENCE', 'NARROW'] as const;

export const STANDARDS = [
  TRUSTED,
  CAPPED,
  PLACED,
  DATED,
  SEALED,
  PURCHASES,
  BUILT,
  MIDDLE,
  ENDED,
  NEWER,
  LICENCE,
  NARROW,
  DRAFT,
] as const;
