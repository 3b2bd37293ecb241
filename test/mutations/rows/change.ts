/** Faults in what is asked before a change: its checks, its reach, its questions, and what goes dark. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { mutationsOf } from '../mutation.ts';

export const CHANGE = mutationsOf('change', [
  {
    file: 'functions/core/facts/place-of-kind.ts',
    caughtBy: 'test/core/administration/view-changes.test.ts',
    faults: [
      [
        'a protection is laid with nothing',
        "protection: 'own'",
        "protection: 'law'",
        'test/core/administration/view-changes.test.ts',
      ],
      [
        'a vendor is laid with nothing',
        "vendor: 'own'",
        "vendor: 'law'",
        'test/core/administration/view-changes.test.ts',
      ],
      [
        'assessments are laid beside nothing',
        "assessment: 'subject'",
        "assessment: 'own'",
        'test/core/administration/view-changes.test.ts',
      ],
      [
        'designations are laid beside nothing',
        "designation: 'subject'",
        "designation: 'own'",
        'test/core/administration/view-changes.test.ts',
      ],
      [
        'accreditations are laid beside nothing',
        "accreditation: 'subject'",
        "accreditation: 'own'",
        'test/core/administration/view-changes.test.ts',
      ],
      [
        'waivers are laid beside nothing',
        "waiver: 'network'",
        "waiver: 'own'",
        'test/core/administration/view-changes.test.ts',
      ],
      [
        'criteria sets are not law',
        "'criteria-set': 'law'",
        "'criteria-set': 'own'",
        'test/core/administration/reach.test.ts',
      ],
      [
        'equivalences are not law',
        "equivalence: 'law'",
        "equivalence: 'own'",
        'test/core/administration/reach.test.ts',
      ],
      ['holds are not law', "hold: 'law'", "hold: 'own'", 'test/core/administration/reach.test.ts'],
    ],
  },
  {
    file: 'functions/core/administration/affected.ts',
    caughtBy: 'test/core/administration/view-changes.test.ts',
    faults: [
      [
        'affected: waivers reach nothing',
        "return typeof network === 'string' ? [`network/${network}`] : [];",
        "return typeof network === 'string' ? [] : [];",
      ],
      ['affected: only networks named', '/^(?:network|protection|vendor)\\//', '/^(?:network|vendor)\\//'],
      [
        'affected: vendors named by facts reach nothing',
        '/^(?:network|protection|vendor)\\//',
        '/^(?:network|protection)\\//',
      ],
      [
        'affected: routes of a reached network',
        "kind === 'network' ? ['network', 'route']",
        "kind === 'network' ? ['network']",
      ],
      [
        'affected: hosted networks',
        "kind === 'network' ? ['network', 'route']",
        "kind === 'network' ? ['route']",
      ],
      ['affected: owned vendors', "kind === 'vendor' ? ['vendor', ...also]", "kind === 'vendor' ? [...also]"],
      ['affected: only the new side', 'const sides = [before, after];', 'const sides = [after];'],
      ['affected: only the old side', 'const sides = [before, after];', 'const sides = [before];'],
      ['affected: law of the last', 'law ||= terms.reachesAll(raw)', 'law = terms.reachesAll(raw)'],
      [
        'affected: identifiers of now',
        'sides.flatMap(({ facts }) => identifiersOf',
        '[after].flatMap(({ facts }) => identifiersOf',
      ],
      [
        'affected: identifiers of then',
        'sides.flatMap(({ facts }) => identifiersOf',
        '[before].flatMap(({ facts }) => identifiersOf',
      ],
    ],
  },
  {
    file: 'functions/core/administration/affected.ts',
    caughtBy: 'test/core/administration/reach.test.ts',
    faults: [
      [
        'affected: vendors reach networks',
        "throughVendors: ['network', 'protection'], reachesAll",
        'throughVendors: [], reachesAll',
      ],
      [
        'affected: holds never reach all',
        'standsInLaw(raw) && heldNetwork(raw) === undefined',
        "standsInLaw(raw) && raw['kind'] !== 'hold'",
      ],
      [
        'affected: hold on a network reaches nothing',
        'return network === undefined ? [] : [`network/${network}`];',
        'return [];',
      ],
      [
        'affected: unverified hold reaches its network only',
        'reading.fact.sources.every((s) => s.verified) ? reading.fact.scope.network : undefined',
        'reading.fact.scope.network',
      ],
      ['affected: some verified', 'reading.fact.sources.every((s)', 'reading.fact.sources.some((s)'],
      [
        'affected: unsound hold is of its network',
        "!reading.sound || reading.fact.kind !== 'hold' || !('network' in reading.fact.scope)) return undefined;",
        "!reading.sound || reading.fact.kind !== 'hold' || !('network' in reading.fact.scope)) return reading.sound ? undefined : 'x';",
      ],
    ],
  },
  {
    file: 'functions/core/administration/closure.ts',
    caughtBy: 'test/core/administration/view-changes.test.ts',
    faults: [
      ['closure: owners of vendors left', "(withVendors || kind === 'vendor')", 'withVendors'],
      [
        'closure: networks named left',
        "if (named === 'network') return [key];",
        "if (named === 'network' && kind !== 'route') return [key];",
      ],
      [
        'closure: hosts left',
        "if (named === 'network') return [key];",
        "if (named === 'network' && kind !== 'network') return [key];",
      ],
      [
        'closure: claimants left',
        'index.claimants(i).map',
        'index.claimants(i).slice(0, 1).map',
        'test/core/administration/reach.test.ts',
      ],
      ['closure: protections left', '    ...[...wanted.protections].map((id) => `protection/${id}`),\n', ''],
      ['closure: routes left', '    ...[...wanted.routes].map((id) => `route/${id}`),\n', ''],
    ],
  },
  {
    file: 'functions/core/administration/closure.ts',
    caughtBy: 'test/core/administration/simulate.test.ts',
    faults: [
      ['closure: vendors of networks left', "(withVendors || kind === 'vendor')", "kind === 'vendor'"],
    ],
  },
  {
    file: 'functions/core/administration/references.ts',
    caughtBy: 'test/core/administration/reach.test.ts',
    faults: [
      ['references: alternates', ", ...each('network', raw['alternates'], '/alternates')", ''],
      ['references: operator', "        ...one('vendor', raw['operator'], '/operator'),\n", ''],
      ['references: hostedOn', "        ...one('network', raw['hostedOn'], '/hostedOn'),\n", ''],
      [
        'references: deployments',
        "        ...each('vendor', member(raw['inventory'], 'deployments'), '/inventory/deployments', 'vendor'),\n",
        '',
      ],
      ['references: owner', "each('vendor', raw['ownedBy'], '/ownedBy', 'owner')", '[]'],
      ['references: criteria set', ", ...one('criteria-set', raw['criteriaSet'], '/criteriaSet')", ''],
      ['references: accreditors', "        ...each('authority', raw['accreditors'], '/accreditors'),\n", ''],
      [
        'references: standards of mandates',
        "        ...each('standard', raw['standards'], '/standards'),\n",
        '',
      ],
      ['references: waiver network', "        ...one('network', raw['network'], '/network'),\n", ''],
      [
        'references: authorities of rules',
        "if (name === 'authorities') return each('authority', inner, here);",
        "if (name === 'authorities') return [];",
      ],
      [
        'references: own authority',
        "[...one('authority', raw['authority'], '/authority'), ...ownReferences(raw)]",
        'ownReferences(raw)',
      ],
      [
        'references: protection subject',
        "(['network', 'vendor', 'protection'] as const)",
        "(['network', 'vendor'] as const)",
      ],
      [
        'references: vendor subject',
        "(['network', 'vendor', 'protection'] as const)",
        "(['network', 'protection'] as const)",
      ],
      [
        'references: network subject',
        "(['network', 'vendor', 'protection'] as const)",
        "(['vendor', 'protection'] as const)",
      ],
      [
        'references: lists in rules',
        'if (Array.isArray(value)) return value.flatMap((v: unknown, i) => namedByRule(v, `${path}/${i}`));',
        'if (Array.isArray(value)) return namedByRule(value[0], `${path}/0`);',
      ],
      ['references: waiver standard', "        ...one('standard', raw['standard'], '/standard'),\n", ''],
      [
        'references: authority of rules',
        "if (name === 'authority' || name === 'criteriaAuthority') return one('authority', inner, here);",
        "if (name === 'authority') return [];",
      ],
      ['references: layers', "return each('vendor', raw['layers'], '/layers', 'vendor');", 'return [];'],
      [
        'references: hold',
        "return one('network', member(raw['scope'], 'network'), '/scope/network');",
        'return [];',
      ],
      [
        'references: criteria sets of rules',
        "    if (name === 'criteriaSet') return one('criteria-set', inner, here);\n",
        '',
      ],
      [
        'references: whose criteria',
        "name === 'authority' || name === 'criteriaAuthority'",
        "name === 'authority'",
      ],
      ['references: deep rules', 'return namedByRule(inner, here);', 'return [];'],
    ],
  },
  {
    file: 'functions/core/administration/registry-index.ts',
    caughtBy: 'test/core/administration/view-changes.test.ts',
    faults: [
      [
        'registry-index: first identifier',
        'for (const identifier of new Set(identifiersOf(raw)))',
        'for (const identifier of new Set(identifiersOf(raw).slice(0, 1)))',
      ],
      [
        'registry-index: law of base',
        'lawKeys: () => merged(base.lawKeys(), now.lawKeys())',
        'lawKeys: () => base.lawKeys()',
      ],
      [
        'registry-index: kinds of base',
        'merged(base.keysOfKind(kind), now.keysOfKind(kind))',
        'base.keysOfKind(kind)',
      ],
      [
        'registry-index: referrers of base',
        'merged(base.referrers(key), now.referrers(key))',
        'base.referrers(key)',
      ],
      ['registry-index: claimants of what changed', '(id) => `network/${id}`),', '(id) => id),'],
      ['registry-index: scheme left', '[`${scheme}:${value}`]', '[`plmn:${value}`]'],
    ],
  },
  {
    file: 'functions/core/administration/view-changes.ts',
    caughtBy: 'test/core/administration/view-changes.test.ts',
    faults: [
      [
        'view-changes: identifiers not written',
        '    ...[...reach.identifiers].map((i) => `identifier/${i}`),\n',
        '',
      ],
      ['view-changes: law as it was', 'law: viewIs.law', 'law: viewWas.law'],
      [
        'view-changes: protections not written',
        '    ...[...reach.protections].map((id) => `protection/${id}`),\n',
        '',
      ],
      [
        'view-changes: removed is kept',
        'if (a === undefined || b === undefined) return a === b;',
        'if (a === undefined || b === undefined) return true;',
      ],
      [
        'view-changes: removed is not removed',
        'changed.set(key, after.get(key) ?? null)',
        'changed.set(key, after.get(key) ?? before.get(key) ?? null)',
      ],
    ],
  },
  {
    file: 'functions/core/administration/law-facts.ts',
    caughtBy: 'test/core/administration/reach.test.ts',
    faults: [
      [
        'law-facts: no subject',
        "subject === undefined || subject.startsWith('category/')",
        "subject?.startsWith('category/') === true",
      ],
      [
        'law-facts: categories',
        "subject === undefined || subject.startsWith('category/')",
        'subject === undefined',
      ],
      [
        'law-facts: unknown kind',
        "if (kind === undefined || PLACE_OF_KIND[kind] === 'law') return true;",
        "if (kind !== undefined && PLACE_OF_KIND[kind] === 'law') return true;",
      ],
    ],
  },
  {
    file: 'functions/core/administration/label-classes.ts',
    caughtBy: 'test/core/administration/asked.test.ts',
    faults: [
      ['label-classes: level', '[label.frame, label.level, label.markedBy', '[label.frame, label.markedBy'],
      [
        'label-classes: compartments',
        '    limits.compartments.map((c) => within(label.compartments, c)),\n',
        '',
      ],
      ['label-classes: controls', '    limits.controls.map((c) => within(label.controls, c)),\n', ''],
      [
        'label-classes: within reversed',
        'part.every((x) => whole.includes(x))',
        'part.some((x) => whole.includes(x))',
      ],
      [
        'label-classes: second world',
        'registries.flatMap((r) => Object',
        'registries.slice(-1).flatMap((r) => Object',
      ],
      ['label-classes: protections', 'tunnel ? tunnel.accreditations : []', '[]'],
      [
        'label-classes: what permits in the first world alone is not asked about',
        'registries.flatMap((registry) => thinkable',
        'registries.slice(-1).flatMap((registry) => thinkable',
        'test/core/administration/asked.test.ts',
      ],
      [
        'label-classes: what permits in the second world alone is not asked about',
        'registries.flatMap((registry) => thinkable',
        'registries.slice(0, 1).flatMap((registry) => thinkable',
        'test/core/administration/asked.test.ts',
      ],
      ['label-classes: nothing is translated', 'equivalences: translations.get(m) ?? []', 'equivalences: []'],
      [
        'label-classes: who translates must do so at the epoch',
        'authorities: always(law.authorities)',
        'authorities: law.authorities',
      ],
      [
        'label-classes: one mandate stands for all',
        'each.some((m) => carried(marking.label, m))',
        'each.slice(0, 1).some((m) => carried(marking.label, m))',
        'test/core/administration/asked.test.ts',
      ],
      [
        'label-classes: audiences',
        'limits.audiences.map((a) => audience === null || within(a, audience))',
        'limits.audiences.map((a) => audience !== null && within(a, audience))',
      ],
      ['label-classes: owners', 'label.markedBy, label.owners]', 'label.markedBy]'],
      [
        'label-classes: first world',
        'registries.flatMap((r) => Object',
        'registries.slice(0, 1).flatMap((r) => Object',
      ],
      [
        'label-classes: audiences gone',
        '    limits.audiences.map((a) => audience === null || within(a, audience)),\n',
        '',
      ],
      [
        'label-classes: first carries',
        '({ fact }) => fact.carries)',
        '({ fact }) => fact.carries.slice(0, 1))',
      ],
      ['label-classes: frame', '[label.frame, label.level', '[label.level'],
    ],
  },
  {
    file: 'functions/core/administration/marking-profiles.ts',
    caughtBy: 'test/core/administration/simulate.test.ts',
    faults: [
      ['marking-profiles: alone', 'const others = [undefined, ...sorted', 'const others = [...sorted'],
      [
        'marking-profiles: id forgets controls',
        "    ...(caveats.controls.length > 0 ? [caveats.controls.join('/')] : []),\n",
        '',
        'test/core/administration/asked.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/recent.ts',
    caughtBy: 'test/core/administration/asked.test.ts',
    faults: [
      ['recent: unreadable label', 'else unreadable.push(position);', ''],
      ['recent: unreadable for now', 'label.ok || label.until !== null', 'label.ok'],
      ['recent: no request', '      unreadable.push(position);\n      continue;', '      continue;'],
      [
        'recent: positions from one',
        '        position,\n        request,',
        '        position: position + 1,\n        request,',
      ],
      [
        'recent: a caller’s words are shown',
        '({ frame, level }: Label): string {\n  return `${frame} ${level}//as requested`;',
        '({ frame, level, controls }: Label): string {\n  return `${frame} ${level}//${controls}`;',
      ],
      [
        'recent: standards unsaid',
        '    ...(standards !== undefined && standards.length > 0 && { standards }),\n',
        '',
        'test/core/administration/flip-causes.test.ts',
      ],
      [
        'recent: can do all',
        'supports: supportedObligations ?? []',
        'supports: []',
        'test/core/administration/flip-causes.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/inquiry.ts',
    caughtBy: 'test/core/administration/simulate.test.ts',
    faults: [['recent: day', 'labelOf(carried.message, at)', 'labelOf(carried.message, 0)']],
  },
  {
    file: 'functions/core/administration/questions.ts',
    caughtBy: 'test/core/administration/asked.test.ts',
    faults: [
      ['questions: flows never', 'if (flows.length > 0) scopes.push(flows);', ''],
      ['questions: assurances', 'return ASSURANCES.map', 'return ASSURANCES.slice(0, 2).map'],
      ['questions: identifier split', 'identifier.slice(colon + 1)', 'identifier.slice(colon)'],
      [
        'questions: asked forgets flow',
        '            ...(flow !== undefined && { flow }),\n          },\n        }),',
        '          },\n        }),',
      ],
      [
        'questions: asked forgets assurance',
        '            ...(assurance !== undefined && { assurance }),\n',
        '',
      ],
      [
        'questions: tunnels of none',
        "(m) => member(m, 'basis') !== 'trusted-transport' || member(m, 'acceptUnverified') !== true",
        "(m) => member(m, 'basis') !== 'trusted-transport'",
      ],
      ['questions: tunnels if every', 'tunnels: mandates.some(', 'tunnels: mandates.every('],
      ['questions: tunnels by basis', "member(m, 'basis') !== 'trusted-transport' ||", ''],
      [
        'questions: no tunnel not asked',
        'protections: [undefined, ...byId]',
        'protections: byId.length > 0 ? byId : [undefined]',
      ],
      [
        'questions: no flow not asked',
        'flows: [undefined, ...toldApart(scopes)]',
        'flows: scopes.length > 0 ? toldApart(scopes) : [undefined]',
      ],
      [
        'questions: obligations',
        'const EVERY_OBLIGATION = Object.keys(OBLIGATION_TYPES) as ObligationType[];',
        'const EVERY_OBLIGATION = (Object.keys(OBLIGATION_TYPES) as ObligationType[]).slice(1);',
      ],
      ['questions: schemes', '`${id} ${scheme}`', 'id'],
      [
        'questions: mandates of last side',
        'const mandates = sides.flatMap',
        'const mandates = sides.slice(-1).flatMap',
      ],
      [
        'questions: mandates of first',
        'const mandates = sides.flatMap',
        'const mandates = sides.slice(0, 1).flatMap',
      ],
      [
        'questions: asked forgets tunnel',
        '            ...(protection !== undefined && { protection: protection.id }),\n',
        '',
      ],
    ],
  },
  {
    file: 'functions/core/administration/causes.ts',
    caughtBy: 'test/core/administration/forecast.test.ts',
    faults: [
      ['causes: ends only', "if (interval.from === instant) found(key, 'begins');", ''],
      ['causes: begins only', "if (interval.to === instant) found(key, 'ends');", ''],
      ['causes: removed only', '[d.installed, d.removed]', '[d.removed]'],
      ['causes: deadline always', 'if (causes.size === 0)\n', ''],
      ['causes: any authority', 'speaking.has(a.fact.id)', 'true'],
      [
        'causes: no authority',
        'return from.law.authorities.filter((a) => speaking.has(a.fact.id));',
        'return [];',
      ],
      ['causes: any standard', 'standards.has(s.fact.id)', 'true'],
      ['causes: installed only', '[d.installed, d.removed]', '[d.installed]'],
      ['causes: zone', 'startOfDay(day, n.valid.zone)', "startOfDay(day, 'UTC')"],
      ['causes: ownership begins', 'return from === instant || to === instant;', 'return to === instant;'],
      ['causes: ownership ends', 'return from === instant || to === instant;', 'return from === instant;'],
      ['causes: owners ownership', '[evidence.vendor, ...evidence.owners.values()]', '[evidence.vendor]'],
      [
        'causes: not sorted',
        '(`${a.key} ${a.what}` < `${b.key} ${b.what}` ? -1 : 1)',
        '(`${a.key} ${a.what}` > `${b.key} ${b.what}` ? -1 : 1)',
      ],
      ['causes: first side', 'for (const side of sides) {', 'for (const side of sides.slice(0, 1)) {'],
      ['causes: last side', 'for (const side of sides) {', 'for (const side of sides.slice(-1)) {'],
    ],
  },
  {
    file: 'functions/core/decision/relied-on.ts',
    caughtBy: 'test/core/administration/forecast.test.ts',
    faults: [
      [
        'no category is relied on',
        ', law: ({ law }) => law.categories',
        '',
        'test/adversary/categories.test.ts',
      ],
      ['no designation is relied on', '(v) => v.designations', '() => []'],
      ['no accreditation of a network', 'network: (n) => n.accreditations, ', ''],
      ['no accreditation of a tunnel', ', protection: (p) => p.accreditations', ''],
      ['mandates of anybody', 'owners.includes(m.fact.owner)', 'true'],
      [
        'no translation',
        'law.equivalences.filter((e) => e.fact.from.frame === frame)',
        '(frame === "" ? [...law.equivalences] : [])',
      ],
      ['translations of any frame', 'e.fact.from.frame === frame', '(e === null || frame !== "")'],
      ['no criteria', '({ law }) => law.criteriaSets', '() => []'],
      ['no hold', '({ law }) => law.holds', '() => []'],
      ['no route', '(r) => [r]', '() => []'],
      ['no waiver', '(n) => n.waivers', '() => []'],
      ['no assessment of a network', 'network: (n) => n.assessments, ', ''],
      ['no assessment of a vendor', ', vendor: (v) => v.assessments', ''],
      ['no owner', '[v.vendor, ...v.owners.values()]', '[v.vendor]'],
      ['no vendor', '[v.vendor, ...v.owners.values()]', '[...v.owners.values()]'],
      ['no tunnel', '(p) => [p.protection]', '() => []'],
    ],
  },
  {
    file: 'functions/core/administration/ending.ts',
    caughtBy: 'test/core/administration/change.test.ts',
    faults: [
      [
        'ending: end of day',
        'instantOf(on) ?? endOfDay(on, valid.zone)',
        "instantOf(on) ?? endOfDay(on, 'UTC')",
      ],
      ['ending: not after its beginning', 'if (to <= interval.from)', 'if (to < interval.from)'],
      ['ending: keys taken', 'while (keys.has(`ending-${n}`)) n += 1;', ''],
      [
        'ending: very many sources keep a fact from ending',
        'known.slice(0, Math.max(0, MOST_ENTRIES - added.length))',
        'known',
        'test/core/administration/change.test.ts > as many sources as it may',
      ],
      ['ending: known sources', 'sources: [...known.slice(', 'sources: [...[].slice('],
      ['ending: ending', 'return { ...raw, ending };', 'return raw;'],
      [
        'ending: same end',
        "if (to === interval.to) return { ok: false, message: 'the fact already ends then' };",
        '',
      ],
      ['ending: sources twice', '!texts.has(canonicalText(s))', 'true'],
    ],
  },
  {
    file: 'functions/core/administration/marking-profiles.ts',
    caughtBy: 'test/core/administration/blind-spots.test.ts',
    faults: [
      [
        'marking-profiles: caveats never with an audience of their own',
        'for (const c of carried)\n',
        'for (const c of carried.slice(0, 0))\n',
      ],
      [
        'marking-profiles: no release leaves out whoever marked',
        '[c.audience, sorted([...nations, ...c.audience])]',
        '[sorted([...nations, ...c.audience])]',
      ],
    ],
  },
  {
    file: 'functions/core/administration/most-carried.ts',
    caughtBy: 'test/core/administration/asked.test.ts > markings',
    faults: [
      [
        'most-carried: NATO stays a compartment of its own frame',
        "compartments.filter((c) => c !== 'NATO')",
        'compartments',
      ],
    ],
  },
  {
    file: 'functions/core/administration/most-carried.ts',
    caughtBy: 'test/core/administration/most-carried.test.ts',
    faults: [
      ['most-carried: no translation', '[as, ...(frames.get(as) ?? [])]', '[as]'],
      [
        'most-carried: each alone',
        'const carried = combined(distinct(each.map(([, c]) => c)));',
        'const carried = distinct(each.map(([, c]) => c));',
      ],
      ['most-carried: caveats of one of two', 'one.filter((x) => other.includes(x))', '[...one]'],
    ],
  },
  {
    file: 'functions/core/administration/marking-profiles.ts',
    caughtBy: 'test/core/administration/asked.test.ts',
    faults: [
      ['marking-profiles: base frames', "['US', 'UK'] as const", "['US'] as const"],
      ['marking-profiles: base caveats', "      { compartments: ['SI', 'TK'], controls: [] },\n", ''],
      ['marking-profiles: ORCON', "      { compartments: [], controls: ['ORCON'] },\n", ''],
      [
        'marking-profiles: audiences of accreditations',
        'const narrow = [...wide, ...audiences.map((a) => sorted([...nations, ...a]))];',
        'const narrow = wide;',
      ],
      ['marking-profiles: own nation not added', 'sorted([...nations, ...a])', 'sorted(a)'],
      [
        'marking-profiles: no restriction',
        'const wide = [null, nations, everybody];',
        'const wide = [nations, everybody];',
      ],
      [
        'marking-profiles: own alone',
        'const wide = [null, nations, everybody];',
        'const wide = [null, everybody];',
      ],
      [
        'marking-profiles: everybody',
        'const wide = [null, nations, everybody];',
        'const wide = [null, nations];',
      ],
      ['marking-profiles: other owners', '.filter((o) => o !== own)', '.filter((o) => o === own)'],
      [
        'marking-profiles: caveats of accreditations',
        'const caveats = [...(BASE_CAVEATS.get(frame) ?? []), ...carried];',
        'const caveats = BASE_CAVEATS.get(frame) ?? [];',
      ],
      [
        'marking-profiles: caveats with no restriction',
        'for (const audience of wide) add(profiles, profile(frame, level, other, c',
        'for (const audience of wide.slice(1)) add(profiles, profile(frame, level, other, c',
      ],
      [
        'marking-profiles: standards',
        "for (const entry of entries(member(scope, 'levels'))) this.frame(member(entry, 'frame'));",
        '',
      ],
      [
        'marking-profiles: equivalences',
        "this.frame(member(member(index.facts.get(key), 'from'), 'frame'));",
        'void key;',
      ],
      [
        'marking-profiles: equivalence to',
        "member(member(index.facts.get(key), 'from'), 'frame')",
        "member(member(index.facts.get(key), 'to'), 'frame')",
      ],
      [
        'marking-profiles: first side',
        'for (const side of sides) spoken.gather(side);',
        'for (const side of sides.slice(0, 1)) spoken.gather(side);',
      ],
      [
        'marking-profiles: last side',
        'for (const side of sides) spoken.gather(side);',
        'for (const side of sides.slice(-1)) spoken.gather(side);',
      ],
      [
        'marking-profiles: top level',
        'for (const level of ladderOf(frame) ?? [])',
        'for (const level of ladderOf(frame)?.slice(0, -1) ?? [])',
      ],
      [
        'marking-profiles: lowest level',
        'for (const level of ladderOf(frame) ?? [])',
        'for (const level of ladderOf(frame)?.slice(1) ?? [])',
      ],
      [
        'marking-profiles: id forgets owners',
        "    ...(other === undefined ? [] : [`OWNERS ${[markedBy, other].sort().join(', ')}`]),\n",
        '',
      ],
      [
        'marking-profiles: mandates frames',
        "const frame = this.frame(member(entry, 'frame'));\n        if (frame === undefined || typeof owner",
        "const frame = member(entry, 'frame') as string;\n        if (frame === undefined || typeof owner",
      ],
      [
        'marking-profiles: owner only one',
        'this.owners.set(frame, known.add(owner));',
        'this.owners.set(frame, new Set([owner]));',
      ],
      ['marking-profiles: NOFORN of anybody', "alone && frame === 'US' ? 'NOFORN'", "alone ? 'NOFORN'"],
    ],
  },
  {
    file: 'functions/core/registry/input.ts',
    caughtBy: 'test/board/board.test.ts',
    faults: [
      ['no vendor is read', 'reading === undefined ? []', 'reading !== undefined ? []'],
      [
        'paths of another time',
        'asRoute(pathOf(request, registry, at)',
        'asRoute(pathOf(request, registry, 0)',
      ],
    ],
  },
  {
    file: 'functions/core/registry/input.ts',
    caughtBy: 'test/core/administration/forecast.test.ts',
    faults: [
      [
        'a tunnel of another time',
        'const protection = claimedProtection(request, registry, at)',
        'const protection = claimedProtection(request, registry, 0)',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/audience.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'audience: some',
        '.filter((c) => !accreditation.fact.audience.includes(c))',
        '.filter((c) => !accreditation.fact.audience.includes(c)).slice(1)',
      ],
      ['audience: tunnel', '?.fact.endpointCountries ?? []', '?.fact.endpointCountries.slice(0, 1) ?? []'],
    ],
  },
  {
    file: 'functions/core/administration/checks/codes.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'codes: remote',
        "        ...list(key, '/remoteAccessCountries', n.remoteAccessCountries),\n",
        '',
        'test/core/administration/checks.test.ts',
      ],
      [
        'codes: ends',
        "list(key, '/endpointCountries', fact.endpointCountries)",
        '[]',
        'test/core/administration/checks.test.ts',
      ],
      ['codes: speaksFor', "list(key, '/speaksFor', fact.speaksFor)", '[]'],
      [
        'codes: owners nations only',
        '.filter(({ code }) => !isOwner(code))',
        '.filter(({ code }) => !isNation(code))',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/cycles.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['cycles: touching', 'both.from < both.to', 'both.from <= both.to'],
      ['cycles: one of eight', 'chain.size > MAX_HOSTS', 'chain.size >= MAX_HOSTS'],
      [
        'cycles: not at one time',
        'const during = common(next.during, intervalOf(link.valid));',
        'const during = intervalOf(link.valid);',
      ],
      ['cycles: latest beginning', 'from: Math.max(a.from, b.from)', 'from: Math.min(a.from, b.from)'],
      ['cycles: earliest end', 'to: Math.min(a.to, b.to)', 'to: Math.max(a.to, b.to)'],
    ],
  },
  {
    file: 'functions/core/administration/checks/document-sizes.ts',
    caughtBy: 'test/core/administration/limits.test.ts',
    faults: [
      [
        'document-sizes: law',
        'ctx.scope.some((key) => inLaw.has(key))',
        'ctx.scope.every((key) => inLaw.has(key))',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/document-sizes.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [['document-sizes: unstorable', 'facts.filter(isStorable)', 'facts']],
  },
  {
    file: 'functions/core/administration/checks/identifiers.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'identifiers: two others',
        'if (others.length === 0) return [];',
        'if (others.length <= 1) return [];',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/levels.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['levels: mandate', 'fact.from.map((f, i) => at(key, `/from/${i}`, f))', '[]'],
      [
        'levels: frame',
        'if (ladder === undefined)\n      return [{',
        "if (ladder === undefined)\n      return frame !== '' ? [] : [{",
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/neutrality.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['neutrality: case', '    .toLowerCase()\n', ''],
      ['neutrality: name', "[member(raw, 'id'), member(raw, 'name')]", "[member(raw, 'id')]"],
      ['neutrality: longest', 'Math.max(longest, phrase.length)', 'phrase.length'],
      ['neutrality: shorter', 'length <= longest &&', 'length < longest &&'],
      ['neutrality: end', 'from + length <= list.length', 'from + length < list.length'],
      ['neutrality: beginning', 'let from = 0; from', 'let from = 1; from'],
      ['neutrality: sources nowhere', ".filter(([name]) => !(path === '' && name === 'sources'))\n", '\n'],
      ['neutrality: lists', 'return value.flatMap((v: Json, i) => texts(v, `${path}/${i}`));', 'return [];'],
      [
        'neutrality: mandates',
        "['standard', 'mandate', 'criteria-set'] as const",
        "['standard', 'criteria-set'] as const",
      ],
      [
        'neutrality: nested',
        'texts(inner as Json, `${path}/${name}`)',
        "(typeof inner === 'string' ? [{ path: `${path}/${name}`, text: inner }] : [])",
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/overlaps.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'overlaps: authority of accreditation',
        "['accreditation', f.authority, f.subject, c.frame]",
        "['accreditation', f.subject, c.frame]",
      ],
      [
        'overlaps: frame',
        "['accreditation', f.authority, f.subject, c.frame]",
        "['accreditation', f.authority, f.subject]",
      ],
      ['overlaps: outcome', ", f.outcome === 'not-trusted']", ']'],
      [
        'overlaps: outcome exact',
        "f.outcome === 'not-trusted'",
        'f.outcome',
        'test/core/administration/checks.test.ts',
      ],
      ['overlaps: instrument', ' f.instrument,', ''],
      [
        'overlaps: to',
        "['equivalence', f.authority, f.from, f.to.frame]",
        "['equivalence', f.authority, f.from, f.to]",
        'test/core/administration/checks.test.ts',
      ],
      ['overlaps: waiver rule', 'f.standard, f.rule, f.network', 'f.standard, f.network'],
      [
        'overlaps: equivalences',
        "return ctx.index.keysOfKind('equivalence');",
        'return [];',
        'test/core/administration/checks.test.ts',
      ],
      [
        'overlaps: waivers',
        'return ctx.index.referrers(`network/${f.network}`);',
        'return [];',
        'test/core/administration/checks.test.ts',
      ],
      ['overlaps: links', '(l) => l.owner === link.owner && overlap', '(l) => overlap'],
      ['overlaps: links of any time', 'overlap(intervalOf(l.valid), intervalOf(link.valid))', 'true'],
      [
        'overlaps: every statement',
        'statementsOf(rival.fact).some(',
        'statementsOf(rival.fact).every(',
        'test/core/administration/checks.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/shares.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['shares: installed day', "(d.installed ?? '') <= day", "(d.installed ?? '') < day"],
      ['shares: removed day', 'day < d.removed', 'day <= d.removed'],
      ['shares: installed days', "[d.installed ?? '', d.removed ?? '']", "[d.removed ?? '']"],
      [
        'shares: at most',
        'sum === WHOLE : sum <= WHOLE',
        'sum <= WHOLE : sum <= WHOLE',
        'test/core/administration/checks.test.ts',
      ],
      ['shares: less', 'sum === WHOLE : sum <= WHOLE', 'sum === WHOLE : sum < WHOLE'],
      ['shares: by segment', '({ deployment: d }) => d.function)', '({ deployment: d }) => d.segment)'],
      ['shares: whole', 'WHOLE = 10_000', 'WHOLE = 100'],
      ['shares: first day', 'for (const day of days) {', 'for (const day of days.slice(0, 1)) {'],
      ['shares: last of stating', 'const [first] = stating;', 'const first = stating.at(-1);'],
    ],
  },
  {
    file: 'functions/core/administration/checks/soundness.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['soundness: key', 'if (factKey(reading.fact) === key) return [];', 'return [];'],
      ['soundness: unfit', "if (unfit !== undefined) return [{ key, path: '', message: unfit }];", ''],
    ],
  },
  {
    file: 'functions/core/administration/checks/locked-out.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['locked-out: one person', 'people.length >= 2', 'people.length >= 1'],
      ['locked-out: people who cannot act', '.length > 0 && !hasTwo(reading.fact)', '.length > 64'],
      ['locked-out: nobody proposes', 'proposers.length > 0 && ', ''],
      ['locked-out: nobody approves', ' && approvers.length > 0', ''],
      [
        'locked-out: anybody in force',
        'authority !== undefined && hasTwo(authority)',
        'authority !== undefined',
      ],
      ['locked-out: a lapse is the end of it', 'falls && isChangeable(raw, authorities, to)', 'falls'],
      [
        'locked-out: a succession is none',
        'falls && isChangeable(raw, authorities, to)',
        'raw === undefined',
      ],
      [
        'locked-out: an heir while others speak',
        ' && !isSpokenFor(own, authorities, to)',
        '',
        'test/adversary/nations.test.ts',
      ],
      ['locked-out: what is over', 't >= Math.max(at, from)', 't >= from'],
      [
        'locked-out: now alone',
        'const instants = [at, ...sound.flatMap(({ from, to }) => [from, to])]',
        'const instants = [at]',
      ],
      ['locked-out: what was so before', '!was.has(key) || authorities.includes(key)', 'true'],
    ],
  },
  {
    file: 'functions/core/administration/checks/spoken-for.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [['spoken-for: length', 'fact.speaksFor.length === 1 && ', '']],
  },
  {
    file: 'functions/core/administration/checks/synthetic.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      ['synthetic: routes', "'protection', 'route', 'vendor'", "'protection', 'vendor'"],
      ['synthetic: sample', 'ctx.sample\n', '!ctx.sample\n'],
    ],
  },
  {
    file: 'functions/core/administration/checks/waived-rule.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'waived-rule: kind for id',
        'fact.rules.find((r) => r.id === fact.rule)',
        'fact.rules.find((r) => r.rule === fact.rule)',
      ],
      ['waived-rule: any', 'if (isWaivable(rule.rule)) return [];', 'return [];'],
      [
        'waived-rule: unknown',
        'if (rule === undefined)\n',
        'if (rule === undefined && standard === undefined)\n',
      ],
    ],
  },
  {
    file: 'functions/core/administration/validate.ts',
    caughtBy: 'test/core/administration/validate.test.ts',
    faults: [
      [
        'validate: claimants',
        'for (const id of index.claimants(identifier)) scope.add(`network/${id}`);',
        'void identifier;',
      ],
      [
        'validate: vendors',
        'for (const kind of NEUTRAL_KINDS) for',
        'for (const kind of NEUTRAL_KINDS.slice(1)) for',
      ],
      [
        'validate: authorities',
        "if (key.startsWith('authority/')) for",
        "if (key === 'authority/registrar') for",
      ],
      ['validate: referrers', 'for (const referrer of index.referrers(key)) scope.add(referrer);', ''],
      ['validate: dependants', 'options.dependants !== false', 'options.dependants === true'],
      [
        'validate: order',
        '(order.get(a.key) ?? 0) - (order.get(b.key) ?? 0)',
        '(order.get(b.key) ?? 0) - (order.get(a.key) ?? 0)',
      ],
      ['validate: scope', 'return [...index.facts.keys()].sort();', 'return [...index.facts.keys()];'],
      [
        'validate: whole index',
        'before === undefined || touched === undefined ? indexOf(facts)',
        'touched === undefined ? indexOf(facts)',
      ],
      ['validate: end', "inFact: c.op !== 'end'", "inFact: c.op === 'add'"],
      [
        'validate: criteria sets',
        "const NEUTRAL_KINDS = ['standard', 'mandate', 'criteria-set'] as const;",
        "const NEUTRAL_KINDS = ['standard', 'mandate'] as const;",
      ],
      [
        'validate: mandates',
        "const NEUTRAL_KINDS = ['standard', 'mandate', 'criteria-set'] as const;",
        "const NEUTRAL_KINDS = ['standard', 'criteria-set'] as const;",
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/check.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [['check: other key', 'reading.sound && reading.key === key', 'reading.sound']],
  },
  {
    file: 'functions/core/administration/checks/codes.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['codes: jurisdiction', "        { key, path: '/jurisdiction', code: n.jurisdiction },\n", ''],
      ['codes: physical', "        ...list(key, '/physicalCountries', n.physicalCountries),\n", ''],
      [
        'codes: deployments',
        'list(key, `/inventory/deployments/${i}/remoteAccessFrom`, d.remoteAccessFrom)',
        '[]',
      ],
      [
        'codes: audience',
        "    ...ctx.judged('accreditation').flatMap(({ key, fact }) => list(key, '/audience', fact.audience)),\n",
        '',
      ],
      [
        'codes: waiver owner',
        "(['exemption', 'mandate', 'standard', 'waiver'] as const).flatMap((kind) =>\n      ctx.judged(kind).map(({ key, fact }) => ({ key, path: '/owner'",
        "(['exemption', 'mandate', 'standard'] as const).flatMap((kind) =>\n      ctx.judged(kind).map(({ key, fact }) => ({ key, path: '/owner'",
      ],
      [
        'codes: mandate owner',
        "(['exemption', 'mandate', 'standard', 'waiver'] as const)",
        "(['exemption', 'standard', 'waiver'] as const)",
      ],
      [
        'codes: standard owner',
        "(['exemption', 'mandate', 'standard', 'waiver'] as const)",
        "(['exemption', 'mandate', 'waiver'] as const)",
      ],
      [
        'codes: exemption owner',
        "(['exemption', 'mandate', 'standard', 'waiver'] as const)",
        "(['mandate', 'standard', 'waiver'] as const)",
      ],
      [
        'codes: hold owner',
        "'owner' in fact.scope ? [{ key, path: '/scope/owner', code: fact.scope.owner }] : []",
        '[]',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/cycles.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      [
        'cycles: first owner',
        '(vendor?.fact.ownedBy ?? []).entries()',
        '(vendor?.fact.ownedBy ?? []).slice(0, 1).entries()',
      ],
      ['cycles: state forgets when', '`${next.id} ${next.during.from} ${next.during.to}`', 'next.id'],
      [
        'cycles: loops elsewhere',
        "next === id ? 'the network is hosted on itself' : undefined",
        "'the network is hosted on itself'",
      ],
      [
        'cycles: state forgets beginning',
        '`${next.id} ${next.during.from} ${next.during.to}`',
        '`${next.id} ${next.during.to}`',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/document-sizes.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['document-sizes: vendors', '    ...[...vendors].flatMap((id) =>', '    ...[].flatMap((id) =>'],
      [
        'document-sizes: protections',
        '[networks, routes, protections].flatMap',
        '[networks, routes].flatMap',
      ],
      [
        'document-sizes: vendors most',
        'view.vendors.get(id) ?? null, MAX_DOCUMENT_BYTES',
        'view.vendors.get(id) ?? null, MAX_LAW_BYTES',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/grants.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      [
        'grants: one authority',
        "ctx.index.keysOfKind('authority').flatMap",
        'judged.map((j) => j.key).flatMap',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/identifiers.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      [
        'identifiers: first',
        'identifiersOf(ctx.index.facts.get(key)).flatMap',
        'identifiersOf(ctx.index.facts.get(key)).slice(0, 1).flatMap',
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/levels.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['levels: first of carries', 'fact.carries.map((c, i)', 'fact.carries.slice(0, 1).map((c, i)'],
      ['levels: standard', 'fact.scope.levels.map((l, i) => at(key, `/scope/levels/${i}`, l))', '[]'],
      [
        'levels: equivalence to',
        "[at(key, '/from', fact.from), at(key, '/to', fact.to)]",
        "[at(key, '/from', fact.from)]",
      ],
      [
        'levels: equivalence from',
        "[at(key, '/from', fact.from), at(key, '/to', fact.to)]",
        "[at(key, '/to', fact.to)]",
      ],
    ],
  },
  {
    file: 'functions/core/administration/checks/neutrality.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['neutrality: id', "[member(raw, 'id'), member(raw, 'name')]", "[member(raw, 'name')]"],
      [
        'neutrality: criteria',
        "['standard', 'mandate', 'criteria-set'] as const",
        "['standard', 'mandate'] as const",
      ],
      ['neutrality: letters', '/[^\\p{L}\\p{N}]+/u', '/[^a-z0-9]+/u'],
      ['neutrality: digits', '/[^\\p{L}\\p{N}]+/u', '/[^\\p{L}]+/u'],
    ],
  },
  {
    file: 'functions/core/administration/checks/overlaps.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['overlaps: criteria', 'f.subject, f.criteriaSet, f.outcome', 'f.subject, f.outcome'],
      ['overlaps: class', ' f.class,', ''],
      [
        'overlaps: from',
        "['equivalence', f.authority, f.from, f.to.frame]",
        "['equivalence', f.authority, f.to.frame]",
      ],
      ['overlaps: waiver owner', "['waiver', f.owner, f.standard", "['waiver', f.standard"],
      ['overlaps: waiver standard', 'f.standard, f.rule, f.network', 'f.rule, f.network'],
      ['overlaps: categories', "kind === 'category' ? ctx.index.keysOfKind('designation') : ", ''],
      [
        'overlaps: told once',
        'if (ctx.scope.includes(other) && other < key) return [];',
        'if (other < key) return [];',
      ],
      [
        'overlaps: authority of assessment',
        "['assessment', f.authority, f.subject",
        "['assessment', f.subject",
      ],
      ['overlaps: authority of designation', "['designation', f.authority, ", "['designation', "],
      ['overlaps: equivalence authority', "['equivalence', f.authority, f.from", "['equivalence', f.from"],
      ['overlaps: scope', ', canonicalText(f.scope)]', ']'],
    ],
  },
  {
    file: 'functions/core/administration/checks/shares.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['shares: removed days', "[d.installed ?? '', d.removed ?? '']", "[d.installed ?? '']"],
      ['shares: bases', 'SHARE_BASES.flatMap', 'SHARE_BASES.slice(0, 1).flatMap'],
    ],
  },
  {
    file: 'functions/core/administration/checks/soundness.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [['soundness: first problem', 'reading.problems.map', 'reading.problems.slice(0, 1).map']],
  },
  {
    file: 'functions/core/administration/checks/spoken-for.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['spoken-for: registrar accredits', "new Set(['hold'])", "new Set(['hold', 'accreditation'])"],
      [
        'spoken-for: criteria of anybody',
        ' || set.authority === r.criteriaAuthority',
        ' || set.id.length > 0',
      ],
      ['spoken-for: nobody too', ' && (isRegistrar || !fact.speaksFor.includes(NO_NATION))', ''],
      ['spoken-for: first', 'speaker.fact.speaksFor.includes(owner)', 'speaker.fact.speaksFor[0] === owner'],
      ['spoken-for: registrar mandates', "new Set(['hold'])", "new Set(['hold', 'mandate'])"],
    ],
  },
  {
    file: 'functions/core/administration/checks/synthetic.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [['synthetic: tunnels', "'network', 'protection'", "'network'"]],
  },
]);
