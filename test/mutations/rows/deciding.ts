/** Faults in what decides and in what people are told of it, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

const DECISION = 'test/core/decision';
const ADMINISTRATION = 'test/core/administration';

export const DECIDING = mutationsOf('deciding', [
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: `${DECISION}/grades.test.ts > together with what asks that a judgement binds`,
    faults: [
      [
        'each demand has a judgement of its own to stand on',
        "  if (permits && reasons.length === 0 && code !== undefined && demands.bound && !stands(demands))\n    reasons.push({ code }, { code: 'JUDGEMENT_NOT_BOUND' });\n",
        '',
      ],
      [
        'what binds nothing is told only where it is read as well',
        "!stands({ grade: 'unverified', bound: true })",
        '!stands({ grade: demands.grade, bound: true })',
      ],
      [
        'without a tunnel, its makers’ citations count',
        'return { ...input, vendors, protection: undefined };',
        'return { ...input, protection: undefined };',
        `${DECISION}/grades.test.ts > who makes a tunnel that the caller claims`,
      ],
      [
        'without a tunnel, its citations count',
        'return { ...input, vendors, protection: undefined };',
        'return { ...input, vendors };',
        `${DECISION}/grades.test.ts > a tunnel that the caller claims`,
      ],
    ],
  },
  {
    file: 'functions/core/decision/holds.ts',
    caughtBy: `${DECISION}/exemptions.test.ts`,
    faults: [
      [
        'a stop of something else ends the search for stops',
        'if (said.length === 0) continue;',
        'if (said.length === 0) break;',
      ],
      [
        'a stop of a network is told of one hop',
        ".map((h) => ({ code: 'HOLD_NETWORK'",
        ".slice(0, 1)\n        .map((h) => ({ code: 'HOLD_NETWORK'",
      ],
    ],
  },
  {
    file: 'functions/core/decision/exemptions.ts',
    caughtBy: `${DECISION}/exemptions.test.ts > exempt: no longer by one exemption`,
    faults: [
      [
        'only the first exemption of an owner is looked at',
        '    law.exemptions.find(\n      (e) =>\n        e.fact.hold === hold.fact.id &&\n        e.fact.owner === owner &&\n',
        '    law.exemptions.filter((e) => e.fact.hold === hold.fact.id && e.fact.owner === owner).slice(0, 1).find(\n      (e) =>\n',
      ],
    ],
  },
  {
    file: 'functions/core/decision/decide.ts',
    caughtBy: `${DECISION}/until.test.ts > a judgement by other criteria`,
    faults: [
      [
        'only the last basis says whether citations are refused',
        'const refuses = results.some(',
        'const refuses = results.slice(-1).some(',
      ],
      [
        'an answer outlasts a judgement that will bind',
        "r.demands.grade !== 'unverified' || r.demands.bound",
        "r.demands.grade !== 'unverified'",
      ],
      [
        'a scheme without a tunnel asks for one',
        "input.request.message.protection !== undefined && 'registration' in input.request.message.protection",
        'input.request.message.protection !== undefined',
        `${DECISION}/request.test.ts > a scheme that names no tunnel`,
      ],
      [
        'mandates and standards need not be read',
        '...chosen.relied, ',
        '',
        `${DECISION}/succession.test.ts > what is relied on`,
      ],
    ],
  },
  {
    file: 'functions/core/decision/gate.ts',
    caughtBy: `${DECISION}/fail-open.test.ts > a hop of which one vendor is unknown`,
    faults: [
      [
        'a hop of which something cannot be read is judged without a vendor',
        'if (complete) judged',
        'if (complete || unsound.length > 0) judged',
      ],
    ],
  },
  {
    file: 'functions/core/decision/asked-standard.ts',
    caughtBy: `${DECISION}/succession.test.ts`,
    faults: [
      [
        'the seventeenth successor is not looked for',
        'found.size > MOST_SUCCESSORS',
        'found.size >= MOST_SUCCESSORS',
      ],
      ['thirty-two successors are asked', 'MOST_SUCCESSORS = 16', 'MOST_SUCCESSORS = 32'],
      ['a standard that is over may be replaced', 'holdsAt(interval, terms.at) &&\n    (mayBe', '(mayBe'],
    ],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: `${DECISION}/until.test.ts > a deadline bounds it`,
    faults: [
      [
        'a note of a list about purchases outlasts its day',
        'boundaries: result.boundaries,',
        'boundaries: [],',
      ],
      [
        'a waiver is only of what denies',
        'finding.effect, waived !== undefined)',
        "finding.effect, waived !== undefined && finding.effect === 'deny')",
        `${DECISION}/gates.test.ts > a share that nobody states, and a waiver`,
      ],
    ],
  },
  {
    file: 'functions/core/decision/mandates.ts',
    caughtBy: `${DECISION}/fail-open.test.ts > a mandate from two levels`,
    faults: [
      [
        'a mandate is read where one of its levels is',
        'm.from.some((f) => f.frame === label.frame && levelRank(f.frame, f.level) === undefined)',
        'm.from.every((f) => f.frame === label.frame && levelRank(f.frame, f.level) === undefined)',
      ],
    ],
  },
  {
    file: 'functions/core/administration/wide-stops.ts',
    caughtBy: `${ADMINISTRATION}/wide-stops.test.ts`,
    faults: [
      [
        'what nobody who is known stops may be exempted',
        "soundOf('authority', hold.authority, facts)?.speaksFor;\n",
        "soundOf('authority', hold.authority, facts)?.speaksFor ?? [];\n",
        `${ADMINISTRATION}/wide-stops.test.ts > an exemption from a stop by nobody`,
      ],
      [
        'a hold that cannot be read ends the search for one set lately',
        'if (hold !== undefined) yield hold;',
        "if (hold !== undefined) yield hold;\n    else if (key.startsWith('hold/')) break;",
        `${ADMINISTRATION}/wide-stops.test.ts > again:`,
      ],
      ...(
        [
          [
            'a hold that could not be read ends the search among those of one person',
            'if (hold === undefined) continue;',
            'if (hold === undefined) break;',
          ],
          ['what was lifted goes on', 'Math.min(to, ends)', 'to'],
          ['what was put off goes on', 'Math.min(to, ends)', 'ends'],
          ['what has left was over at once', '?.interval.to ?? to;', '?.interval.to ?? from;'],
          [
            'one person’s begins when two people say',
            'interval: { from, to: Math',
            'interval: { from: soundHold(key, facts.get(key))?.interval.from ?? from, to: Math',
          ],
        ] as const
      ).map((row) => [...row, `${ADMINISTRATION}/wide-stops.test.ts > what one person set`] as const),
      [
        'what was its own is in the way of a wide stop',
        'interval.to + PAUSE_MS }, at) &&\n      isWide(fact, facts)',
        'interval.to + PAUSE_MS }, at)',
        `${ADMINISTRATION}/wide-stops.test.ts > again: a network after what was its own`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/holds-in-force.ts',
    caughtBy: `${ADMINISTRATION}/wide-stops.test.ts > are those that stop now`,
    faults: [
      [
        'an exemption by nobody is told',
        'speaksFor.includes(fact.owner) === true ? [fact] : [];',
        'speaksFor.includes(fact.owner) === false ? [] : [fact];',
      ],
    ],
  },
  {
    file: 'functions/core/administration/hold-words.ts',
    caughtBy: `${ADMINISTRATION}/wide-stops.test.ts > are said so that nobody misses`,
    faults: [
      [
        'a stop without an end is said to end',
        "until === null ? 'It has no end of its own.' : `It ends by itself at ${until}.`,",
        '`It ends by itself at ${until}.`,',
      ],
    ],
  },
  {
    file: 'functions/core/administration/authority.ts',
    caughtBy: `${ADMINISTRATION}/authority.test.ts`,
    faults: [
      [
        'a registrar alone speaks for everybody',
        'const genesis = facts.size === 0;',
        'const genesis = facts.size <= 1;',
        `${ADMINISTRATION}/authority.test.ts > only an empty registry is filled`,
      ],
      [
        'people are those of a long time ago',
        'authorityInForce(id, facts, at) ?? []);\n    const people',
        'authorityInForce(id, facts, 0) ?? []);\n    const people',
        `${ADMINISTRATION}/authority.test.ts > who must agree`,
      ],
      [
        'an operation counts once for each who speaks in it',
        'voice.operations += 1;',
        'voice.operations += speakers.length;',
        `${ADMINISTRATION}/authority.test.ts > who must agree`,
      ],
      [
        'a refusal names one that has lapsed',
        '(admitted[0] ?? inForce[0])?.id ?? first',
        'first',
        `${ADMINISTRATION}/authority.test.ts > of those who may come after one that lapsed`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/two-people.ts',
    caughtBy: `${ADMINISTRATION}/authority.test.ts > where keys alone tell`,
    faults: [
      [
        'anybody speaks for an authority that has lapsed',
        'return authority !== undefined && areTwoOf(authority, keys);',
        'return authority === undefined || areTwoOf(authority, keys);',
      ],
    ],
  },
  {
    file: 'functions/core/administration/consent.ts',
    caughtBy: `${ADMINISTRATION}/consent.test.ts`,
    faults: [
      [
        'an authority of one person is not asked',
        'people.length > 0',
        'people.length > 1',
        `${ADMINISTRATION}/consent.test.ts > of a version that changed nothing`,
      ],
      [
        'an authority spoke for its first nation alone',
        'reading.fact.speaksFor : []',
        'reading.fact.speaksFor.slice(0, 1) : []',
        `${ADMINISTRATION}/consent.test.ts > with the nations it spoke for then`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/undo.ts',
    caughtBy: `${ADMINISTRATION}/undo.test.ts > and nobody takes from an authority`,
    faults: [
      [
        'who speaks is asked of the change the other way round',
        '{ before: now, after: was }',
        '{ before: was, after: now }',
      ],
    ],
  },
  {
    file: 'functions/core/administration/flip-groups.ts',
    caughtBy: `${ADMINISTRATION}/flip-groups.test.ts`,
    faults: [
      [
        'twenty-six groups at once',
        'groups: 25,',
        'groups: 26,',
        `${ADMINISTRATION}/flip-groups.test.ts > acknowledged: one group more`,
      ],
      [
        'a thousand and one answers at once',
        'flips: 1_000 }',
        'flips: 1_001 }',
        `${ADMINISTRATION}/flip-groups.test.ts > acknowledged: one answer more`,
      ],
      [
        'the worst of a flip is its lowest frame',
        "function worstOf({ heights: [first = NOWHERE] }: Pick<Placed, 'heights'>): Height {\n  return first;",
        "function worstOf({ heights }: Pick<Placed, 'heights'>): Height {\n  return heights.at(-1) ?? NOWHERE;",
        `${ADMINISTRATION}/flip-groups.test.ts > what is high in one frame`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/loosening.ts',
    caughtBy: `${ADMINISTRATION}/contradictions.test.ts > a waiver as tightening`,
    faults: [['a waiver permits nothing', "  'route',\n  'waiver',\n", "  'route',\n"]],
  },
  {
    file: 'functions/core/administration/contradictions.ts',
    caughtBy: `${ADMINISTRATION}/contradictions.test.ts`,
    faults: [
      [
        'a standard is called after its owner',
        "kindOf(fact) !== 'standard' && ",
        '',
        `${ADMINISTRATION}/contradictions.test.ts > no alarm: a standard is called as it is`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/renewals.ts',
    caughtBy: `${ADMINISTRATION}/contradictions.test.ts`,
    faults: [
      [
        'a grant renews a refusal',
        ", 'criteriaSet', 'outcome']",
        ", 'criteriaSet']",
        `${ADMINISTRATION}/contradictions.test.ts > a grant that renews a refusal`,
      ],
      [
        'a waiver renews that of another network',
        "'owner', 'network', 'standard'",
        "'owner', 'standard'",
        `${ADMINISTRATION}/contradictions.test.ts > a waiver that renews another`,
      ],
      [
        'a waiver is never renewed',
        "  'mandate',\n  'waiver',\n",
        "  'mandate',\n",
        `${ADMINISTRATION}/contradictions.test.ts > a waiver that renews another`,
      ],
    ],
  },
  {
    file: 'functions/core/administration/reason-contradictions.ts',
    caughtBy: `${ADMINISTRATION}/contradictions.test.ts`,
    faults: [
      [
        'an authority in a reason is what it is about',
        ".filter(([meant]) => meant?.kind !== 'authority')",
        '',
        `${ADMINISTRATION}/contradictions.test.ts > no alarm: an authority that asked`,
      ],
      [
        'a nation that leaves is not named',
        'says(fact, code) || says(current, code)',
        'says(fact, code)',
        `${ADMINISTRATION}/contradictions.test.ts > no alarm: a nation that leaves`,
      ],
    ],
  },
  {
    file: 'functions/core/registry/evidence.ts',
    caughtBy: 'test/core/registry/documents.test.ts',
    faults: [
      [
        'owners of an owner need not be known',
        '![vendor, ...owners.sound].every(known)',
        '![vendor].every(known)',
        'test/core/registry/documents.test.ts > of an owner of whom another owns a part',
      ],
      [
        'an owner need not be known',
        '![vendor, ...owners.sound].every(known)',
        '!owners.sound.every(known)',
        'test/core/registry/documents.test.ts > of an owner nobody knows',
      ],
      [
        'nobody owns a part of its owner',
        'byId.has(l.owner) || l.owner === vendor.fact.id',
        'byId.has(l.owner)',
        'test/core/registry/documents.test.ts > of an owner of whom it owns a part',
      ],
      [
        'what cannot be read of owners is no matter',
        '[...owners.taints, ...designations.taints, ...assessments.taints]',
        '[...designations.taints, ...assessments.taints]',
        'test/core/registry/documents.test.ts > among whose owners',
      ],
      [
        'what is said against an owner cannot be placed',
        'const family = [vendor.fact.id, ...byId.keys()];',
        'const family = [vendor.fact.id];',
        'test/core/registry/documents.test.ts > against whose owner',
      ],
      [
        'what cannot be read of waivers is no matter',
        '[...accreditations.taints, ...assessments.taints, ...waivers.taints]',
        '[...accreditations.taints, ...assessments.taints]',
        'test/core/registry/documents.test.ts > what is laid out among the waivers',
      ],
      [
        'what cannot be read of categories is no matter',
        'Object.values(lists).flatMap(',
        'Object.values({ ...lists, categories: lists.holds }).flatMap(',
        'test/core/registry/documents.test.ts > counts a designation of',
      ],
      [
        'one exemption is read',
        'lists.exemptions.sound,',
        'lists.exemptions.sound.slice(0, 1),',
        'test/core/registry/documents.test.ts > has every exemption',
      ],
      [
        'a network of a route that cannot be read is one of none',
        'chain === undefined ? [] : [[id, chain] as const]',
        '[[id, chain ?? []] as const]',
        'test/core/registry/documents.test.ts > a network of a route that cannot be read',
      ],
    ],
  },
]);
