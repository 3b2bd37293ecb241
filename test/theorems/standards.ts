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

export const STANDARDS = [TRUSTED, CAPPED, PLACED, DATED, SEALED, PURCHASES] as const;
