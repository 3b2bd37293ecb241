/** Faults in the readers of markings and in the order of labels. */
import type { FaultsOfFile } from '../mutation.ts';

const FIELD = 'test/core/marking/field/field.test.ts';
const FORMATS = 'test/core/marking/formats.test.ts';
const BANNER = 'test/core/marking/us/banner.test.ts';
const DOCUMENT = 'test/core/marking/us/document.test.ts';
const AGREEMENT = 'test/core/marking/second-reader/agreement.test.ts';
const SCHEMES = 'test/core/marking/schemes.test.ts';
const ADVERSARY = 'test/adversary/markings.test.ts';
const NATION = 'test/theorems/t19-nation.test.ts';
const READ = 'test/core/marking/read.test.ts';
const JOIN = 'test/core/marking/join.test.ts';

export const MARKING_FAULTS: readonly FaultsOfFile[] = [
  {
    file: 'functions/core/marking/ladders.ts',
    caughtBy: 'test/core/decision/levels.test.ts',
    faults: [
      [
        'CONFIDENTIAL is below RESTRICTED',
        "['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET']],\n  // Gov",
        "['UNCLASSIFIED', 'CONFIDENTIAL', 'RESTRICTED', 'SECRET', 'TOP SECRET']],\n  // Gov",
      ],
      [
        'COSMIC TOP SECRET is NATO SECRET',
        "'COSMIC TOP SECRET' : `NATO ${level}`",
        "'NATO SECRET' : `NATO ${level}`",
      ],
      [
        'Indian levels are turned',
        "['IND', ['RESTRICTED', 'CONFIDENTIAL',",
        "['IND', ['CONFIDENTIAL', 'RESTRICTED',",
      ],
      [
        'a level nobody knows is the lowest',
        'return rank < 0 ? undefined : rank;',
        'return Math.max(0, rank);',
      ],
    ],
  },
  {
    file: 'functions/core/marking/nato/ladder.ts',
    caughtBy: 'test/core/decision/levels.test.ts',
    faults: [
      ['NATO levels are turned', "  'RESTRICTED',\n  'CONFIDENTIAL',", "  'CONFIDENTIAL',\n  'RESTRICTED',"],
    ],
  },
  {
    file: 'functions/core/marking/label.ts',
    caughtBy: 'test/theorems/t17-owners.test.ts',
    faults: [
      [
        'the marking nation is nobody',
        '...label.owners, label.markedBy, ...system',
        '...label.owners, ...system',
      ],
      [
        'the marking nation is the only owner',
        '...label.owners, label.markedBy, ...system',
        'label.markedBy',
      ],
    ],
  },
  {
    file: 'functions/core/marking/join.ts',
    caughtBy: JOIN,
    faults: [
      [
        'the lowest level of several is the whole',
        'if (rank > highest.rank)',
        'if (rank < highest.rank || highest.rank < 0)',
      ],
      [
        'audiences join as unions',
        'return lists.length === 0 ? null : intersection(lists);',
        'return lists.length === 0 ? null : union(lists);',
      ],
      [
        'no restriction wins over a list',
        'return lists.length === 0 ? null : intersection(lists);',
        'return lists.length < audiences.length ? null : intersection(lists);',
      ],
      ['owners do not join', 'owners: union(labels.map((label) => label.owners)),', 'owners: first.owners,'],
      [
        'labels of two frames join',
        'if (labels.some((label) => label.frame !== frame || label.markedBy !== markedBy)) return undefined;',
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/read.ts',
    caughtBy: READ,
    faults: [
      [
        'the first of two grammars wins',
        "return others.length === 0 ? only : refuse('AMBIGUOUS');",
        'return only;',
        READ,
      ],
      [
        'an originator that contradicts is believed',
        "if (isCode(label.markedBy, on)) return report('ORIGINATOR_CONTRADICTS', 0);",
        '',
        READ,
      ],
      [
        'errors beside a label are overlooked',
        'marking !== undefined && refusals.errors.length === 0',
        'marking !== undefined',
        READ,
      ],
      [
        'an originator nobody knows is believed',
        "if (originator !== undefined && !isCode(originator, on)) return refuse('UNKNOWN_ORIGINATOR');",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/text.ts',
    caughtBy: FIELD,
    faults: [
      [
        'any letter is read',
        'if (!BASIC.has(unit) && !extra.includes(unit)) {',
        "if (unit === '\\0') {",
        FORMATS,
      ],
      ['stray spaces are read', 'if (stray || (unit ===', 'if ((unit ===', FORMATS],
      ['repetition is in order', 'if (current <= previous)', 'if (current < previous)'],
    ],
  },
  {
    file: 'functions/core/marking/us/compile.ts',
    caughtBy: FIELD,
    faults: [
      [
        'NOFORN is no restriction',
        "if (saysNoforn(marking)) return ['USA'];",
        'if (saysNoforn(marking)) return null;',
      ],
      ['what names nobody is for everybody', "return plain ? null : ['USA'];", 'return null;'],
      [
        'foreign information without a decision is for everybody',
        "const foreign = marking.head.kind !== 'us' || marking.fgi !== undefined;",
        'const foreign = false;',
        ADVERSARY,
      ],
      [
        'nuclear information without a decision is for everybody',
        'marking.aea.length > 0;',
        'marking.aea.length > 9;',
        ADVERSARY,
      ],
      ['programmes are no compartments', '    ...pathNodes(marking.sap).map((node) => `SAR-${node}`),\n', ''],
      [
        'controls outside the community bind nobody',
        "    ...marking.nonIc.map((item) => item.id.replace(' NOFORN', '')),\n",
        '',
      ],
      [
        'a joint owner is dropped',
        'return ownersIn(head.owners);',
        'return ownersIn(head.owners.slice(0, 1));',
        ADVERSARY,
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/combinations.ts',
    caughtBy: AGREEMENT,
    faults: [
      ['NOFORN stands beside a release', "this.#when(noforn && released, 'NOFORN_WITH_RELEASE', at);", ''],
      [
        'a control stands at any level',
        "this.#when(floor !== undefined && this.#below(floor), 'LEVEL_TOO_LOW', at);",
        '',
      ],
      [
        'a compartment stands at any level',
        "this.#when(this.#below(floor), 'LEVEL_TOO_LOW', system.at);",
        '',
      ],
      ['a rank is one less', 'return this.#rank < RANK[level];', 'return this.#rank < RANK[level] - 1;'],
      ['HCS needs no NOFORN', "this.#when(system.name === 'HCS' && !noforn, 'NEEDS_NOFORN', system.at);", ''],
      ['a guarded compartment needs no ORCON', "this.#when(guarded && !orcon, 'NEEDS_ORCON', at);", ''],
      [
        'a joint marking need not release to its owners',
        "this.#when(!covered, 'JOINT_NEEDS_RELEASE', at);",
        '',
      ],
      ['two atomic markings stand together', "this.#when(classified > 1, 'ATOMIC_EXCLUDED', at);", ''],
      [
        'NODIS stands beside EXDIS',
        "this.#when(id === 'NODIS' && ids.includes('EXDIS'), 'DISTRIBUTION_EXCLUDED', at);",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/roll-up.ts',
    caughtBy: DOCUMENT,
    faults: [
      [
        'a banner below its portions stands',
        "if (rank(part) > rank(whole)) return 'BANNER_BELOW_LEVEL';",
        '',
      ],
      [
        'a banner without its portions’ sources stands',
        "if (missing.length > 0 && !sources.has('FGI')) return 'BANNER_LACKS_SOURCE';",
        '',
      ],
      [
        'a banner that releases more stands',
        "if (!audienceSubset(whole.audience, part.audience)) return 'BANNER_WIDENS_RELEASE';",
        '',
      ],
      [
        'any control is absorbed',
        '    default:\n      return false;\n  }\n}\n\nconst NOBODY',
        '    default:\n      return true;\n  }\n}\n\nconst NOBODY',
      ],
      [
        'a document is its banner',
        'banner === undefined ? portions : [banner, ...portions]',
        'banner === undefined ? portions : [banner]',
        'test/adversary/markings.test.ts',
      ],
      [
        'a document without a banner is American',
        'owners: [...new Set(owners)].sort()',
        "owners: ['USA']",
        'test/adversary/markings.test.ts',
      ],
      ['heads need not agree', "if (!headsAgree(banner, portion)) return 'BANNER_LACKS_SOURCE';", ''],
    ],
  },
  {
    file: 'functions/core/marking/us/document.ts',
    caughtBy: DOCUMENT,
    faults: [
      [
        'banners are not compared',
        'if (banner !== undefined && !bannerStands(banner, portions, labels, on, report)) return undefined;',
        '',
      ],
      [
        'a document of any length is read',
        "if (portions.length > MAX_PORTIONS) return report('TOO_LONG', MAX_PORTIONS);",
        '',
        FORMATS,
      ],
      [
        'a portion’s NOFORN is forgotten by the banner',
        'if (portions.some(saysNoforn) && !saysNoforn(banner)) {',
        'if (portions.length > 999) {',
      ],
      ['members nobody knows are read', 'Object.keys(others).length > 0 || ', '', FORMATS],
    ],
  },
  {
    file: 'functions/core/marking/uk/caveats.ts',
    caughtBy: FIELD,
    faults: [
      ['eyes only at any level', "if (!classified(head)) return report('CAVEAT_NEEDS_LEVEL', field.at);", ''],
      [
        'eyes only without the owner',
        "if (!codes.includes('GBR')) return report('CAVEAT_NEEDS_OWNER', field.at);",
        '',
      ],
      [
        'caveats in any order',
        "if (order < last || (order === last && kind === 'national')) return report('CATEGORY_ORDER', field.at);",
        '',
        FORMATS,
      ],
      [
        'a handling instruction at any level',
        "if (allowed?.(head) === false) return report('CAVEAT_NEEDS_LEVEL', field.at);",
        '',
      ],
      [
        'handling instructions bind nobody',
        "if (field.text !== 'FOR PUBLIC RELEASE') controls.push(field.text);",
        '',
        FORMATS,
      ],
    ],
  },
  {
    file: 'functions/core/marking/uk/gsc.ts',
    caughtBy: FIELD,
    faults: [
      [
        'a classified marking is for everybody',
        '(classified || controls.length > 0 ?',
        '(controls.length > 0 ?',
        FORMATS,
      ],
      ['SENSITIVE is for everybody', '(classified || controls.length > 0 ?', '(classified ?', FORMATS],
      [
        'SENSITIVE binds nobody',
        "...(found.sensitive ? ['SENSITIVE'] : []), ...caveats.controls",
        '...caveats.controls',
        FORMATS,
      ],
    ],
  },
  {
    file: 'functions/core/marking/nato/policy.ts',
    caughtBy: FIELD,
    faults: [
      ['a sensitivity at any level', "if (rank < NATO_LADDER.indexOf(floor)) return 'LEVEL_TOO_LOW';", ''],
      [
        'COSMIC is released',
        "released.some((name) => name !== 'NATO') || marking.context !== undefined",
        'marking.context !== undefined',
      ],
      [
        'an unclassified group at any level',
        "if (marking.level !== 'UNCLASSIFIED' && released",
        "if (marking.level === 'TOP SECRET' && released",
      ],
      [
        'ONLY adds to the members',
        'const codes = only ?? [...members, ...(releasable ?? [])];',
        'const codes = [...members, ...(only ?? []), ...(releasable ?? [])];',
        FORMATS,
      ],
      [
        'a context is no compartment',
        '[...sensitivities, ...(context === undefined ? [] : [`NATO/${context}`])]',
        '[...sensitivities]',
        FORMATS,
      ],
    ],
  },
  {
    file: 'functions/core/marking/nato/text.ts',
    caughtBy: FIELD,
    faults: [
      [
        'what follows nobody knows is dropped',
        "if (!remaining.text.endsWith(' ONLY')) return report('UNKNOWN_MARKING', remaining.at);",
        "if (!remaining.text.endsWith(' ONLY')) return { sensitivities };",
      ],
      [
        'a code nobody knows is dropped',
        "if (code === undefined) return report('UNKNOWN_CODE', name.at);",
        'if (code === undefined) continue;',
      ],
    ],
  },
  {
    file: 'functions/core/marking/ism/ism.ts',
    caughtBy: FORMATS,
    faults: [
      [
        'ISM needs no release decision',
        "if (classified && marking.head.kind === 'us' && !decided) note('NEEDS_RELEASE_DECISION', 0);",
        '',
      ],
      ['ISM combinations are not checked', "checkCombinations(marking, on, note, 'ism');", '', FIELD],
      [
        'CUI in classified information',
        "if (marking.head.level !== 'UNCLASSIFIED') return report('UNCLASSIFIED_ONLY', 0);",
        '',
      ],
      ['CUI is for everybody', 'cuiAudience(cui.controls, label.audience)', 'label.audience', NATION],
      ['NATO’s high water is not asked', 'if (nato !== undefined) note(nato, 0);', ''],
    ],
  },
  {
    file: 'functions/core/marking/ism/attributes.ts',
    caughtBy: FORMATS,
    faults: [
      ['attributes nobody knows are read', "} else return report('UNKNOWN_ATTRIBUTE', index);", '}'],
      [
        'attributes may be missing',
        'if (deciding.has(name) === cuiOnly)',
        'if (deciding.has(name) && cuiOnly)',
      ],
      ['tokens repeat', "if (new Set(tokens).size < tokens.length) return report('DUPLICATE', index);", ''],
    ],
  },
  {
    file: 'functions/core/marking/ism/nato-high-water.ts',
    caughtBy: FORMATS,
    faults: [
      ['the high water is turned', 'rank(level) < rank(head.level)', 'rank(level) > rank(head.level)'],
      [
        'a source of NATO needs no high water',
        "return named || shared ? 'MISSING_ATTRIBUTE' : undefined;",
        'return undefined;',
      ],
    ],
  },
  {
    file: 'functions/core/marking/gateway/xep-0258.ts',
    caughtBy: FORMATS,
    faults: [
      ['a second label is read over', "if (others.length > 0) return report('SECOND_LABEL', 0);", ''],
      [
        'a display that says something else is read over',
        "if (shown !== undefined && shown !== read.parts.marking) return report('DISPLAY_MISMATCH', 0);",
        '',
      ],
      ['a second inner label is read over', "if (more.length > 0) return report('SECOND_LABEL', 0);", ''],
    ],
  },
  {
    file: 'functions/core/marking/gateway/ess.ts',
    caughtBy: FORMATS,
    faults: [
      ['a part of an ESS label may repeat', 'tag === 0x06 && policy === undefined', 'tag === 0x06'],
      ['an ESS label may be cut', ' || value.length !== length', ''],
    ],
  },
  {
    file: 'functions/core/marking/aus/epms.ts',
    caughtBy: FIELD,
    faults: [
      [
        'a line break is read',
        'if (code < 0x20 || code > 0x7e || bracket) {',
        'if (code > 0x7e || bracket) {',
        FORMATS,
      ],
      [
        'two audiences stand together',
        'if (caveat.audience !== undefined && caveats.some((other) => other.audience !== undefined)) {',
        'if (caveats.length > 99) {',
      ],
      [
        'PROTECTED is for everybody',
        'const ownerOnly = level.rank >= 2 || caveats.length > 0;',
        'const ownerOnly = caveats.length > 0;',
        FORMATS,
      ],
      [
        'a namespace of anybody',
        "if (namespace?.text !== 'NS=gov.au')",
        'if (namespace === undefined)',
        FORMATS,
      ],
      [
        'a label downgrades to more',
        'if (lower === undefined || lower.rank >= level.rank)',
        'if (lower === undefined)',
      ],
    ],
  },
  {
    file: 'functions/core/marking/scheme.ts',
    caughtBy: SCHEMES,
    faults: [
      ['a scheme that is over is read', '|| (until !== undefined && on > until)', ''],
      ['a scheme that has not begun is read', '(from !== undefined && on < from) || ', ''],
      [
        'a caveat at any level',
        "if (!caveat.levels.includes(level.name)) return report('CAVEAT_NEEDS_LEVEL', field.at);",
        '',
        FIELD,
      ],
      [
        'caveats that exclude each other',
        "if (excluded) return report('CAVEAT_EXCLUDED', field.at);",
        '',
        FIELD,
      ],
      [
        'a release without its owner',
        "if (!codes.includes(caveat.includes)) return report('CAVEAT_NEEDS_OWNER', field.at);",
        '',
        FIELD,
      ],
    ],
  },
  {
    file: 'functions/core/marking/structured.ts',
    caughtBy: FORMATS,
    faults: [
      [
        'members of a label nobody knows are read',
        "if (Object.keys(members).some((key) => !MEMBERS.has(key))) return report('UNKNOWN_ATTRIBUTE', 0);",
        '',
      ],
      ['two audiences are one', 'if (said === undefined || others.length > 0)', 'if (said === undefined)'],
      [
        'bound information is for everybody',
        "if (audience === null && !open) return report('AUDIENCE_NOT_EXPLICIT', 0);",
        '',
      ],
      ['nobody owns it', "if (owners.length === 0) return report('MISSING_ATTRIBUTE', 0);", ''],
      [
        'an empty release is for everybody',
        "list.length === 0 ? report('AUDIENCE_NOT_EXPLICIT', 0) : expand(list, on)",
        'expand(list, on)',
      ],
      ['false is true', "if (members[said] !== true) return report('MALFORMED_ATTRIBUTE', 0);", ''],
    ],
  },
  {
    file: 'functions/core/marking/read-in.ts',
    caughtBy: 'test/theorems/t19-label.test.ts',
    faults: [
      ['a leaf travels without its root', '[node, ...ancestorsOf(node)]', '[node]', FORMATS],
      ["a programme's name ends at its first letters", "node.startsWith('SAR-') ? 'SAR-'.length : 0", '0'],
      ['a category of CUI travels without CUI', "if (node.startsWith('CUI:')) return ['CUI'];", ''],
      [
        'a sub-compartment travels without its compartment',
        '[node.slice(0, dash), ...middle]',
        '[node.slice(0, dash)]',
      ],
      ['SIGMA is a compartment', "space > 0 && !node.startsWith('-SIGMA ', dash)", 'space > 0'],
    ],
  },
  {
    file: 'functions/core/marking/stanag/policy.ts',
    caughtBy: 'test/theorems/t19-label.test.ts',
    faults: [
      [
        'only these nations are some more',
        '...(only === undefined ? {} : { only }),',
        '...(only === undefined ? {} : { releasable: only }),',
      ],
      ['a context is left out', '...(context === undefined ? {} : { context }),', ''],
      [
        'a sensitivity is left out',
        "sensitivities: values('Additional Sensitivity') ?? [],",
        'sensitivities: [],',
      ],
      ['what administers is left out', '    administrative,\n', '    administrative: [],\n'],
    ],
  },
  {
    file: 'functions/core/marking/codes/codes.ts',
    caughtBy: BANNER,
    faults: [
      [
        'a code lasts a day less',
        'entry.until === undefined || on <= entry.until',
        'entry.until === undefined || on < entry.until',
      ],
      ['a code begins whenever', 'if (entry.from !== undefined && on < entry.from) return false;', ''],
    ],
  },
  {
    file: 'functions/core/marking/frame-owners.ts',
    caughtBy: 'test/core/decision/favours.test.ts',
    faults: [['the frame of the US is nobody’s', "['US', 'USA'],", "['US', 'GBR'],"]],
  },
];
