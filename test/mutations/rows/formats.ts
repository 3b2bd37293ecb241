/** Faults in the readers of every format, and in what their lists allow. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { mutationsOf } from '../mutation.ts';

export const FORMATS = mutationsOf('formats', [
  {
    file: 'functions/core/marking/ism/ism.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'ism: high water is not NATO',
        "(attributes.tokens('highWaterNATO').length > 0 ? ['NATO'] : [])",
        '[]',
      ],
      ['ism: CUI node', "...(bound ? ['CUI'] : []),", ''],
      ['ism: CUI names', '...cui.categories.map((name) => `CUI:${name}`),', ''],
      [
        'ism: CUI controls',
        'controls: [...label.controls, ...cui.controls].sort()',
        'controls: [...label.controls].sort()',
      ],
      ['ism: PROPIN', "if (has('PROPIN') && !decided) note('NEEDS_RELEASE_DECISION', 0);", ''],
      ['ism: USGOV', "if (has('ORCON-USGOV') && !has('ORCON')) note('NEEDS_ORCON', 0);", ''],
      ['ism: combinations', "  checkCombinations(marking, on, note, 'ism');\n", ''],
      ['ism: list is an object', ' || Array.isArray(input)) return report', ') return report'],
      ['ism: SP', 'specified.map((name) => `SP-${name}`)', 'specified.map((name) => name)'],
      [
        'ism: decided',
        "['NOFORN', 'REL TO', 'RELIDO', 'DISPLAY ONLY'].some(has)",
        "['NOFORN', 'REL TO', 'RELIDO', 'DISPLAY ONLY', 'ORCON'].some(has)",
      ],
      [
        'ism: CUI in IC',
        "complies(attributes, 'USIC') || !complies(attributes, 'USA-CUI', 'USA-CUI-ONLY')",
        "!complies(attributes, 'USA-CUI', 'USA-CUI-ONLY')",
      ],
      [
        'ism: CUI without word',
        "complies(attributes, 'USIC') || !complies(attributes, 'USA-CUI', 'USA-CUI-ONLY')",
        "complies(attributes, 'USIC')",
      ],
      ['ism: unknown CUI', 'if ([...basic, ...specified].some', 'if ([...basic].some'],
      ['ism: AC', "controls.includes('AC') || controls.includes('AWP')", "controls.includes('AWP')"],
      ['ism: AWP', "controls.includes('AC') || controls.includes('AWP')", "controls.includes('AC')"],
      [
        'ism: privilege',
        "if (privileged && !basic.includes('PRIVILEGE'))",
        'if (privileged && basic.length === 0)',
      ],
      [
        'ism: CUI only',
        "return attributes.cuiOnly ? report('CUI_ONLY', 0) : { categories",
        'return { categories',
      ],
      ['ism: canonical order', '[first, ...rest.sort()]', '[first, ...rest]'],
    ],
  },
  {
    file: 'functions/core/marking/ism/marking.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['marking: parents', 'dash >= 0 && !tokens.includes(token.slice(0, dash))', 'false'],
      [
        'marking: deprecated',
        'if ([...release, ...display].some((code) => isDeprecated(code, created)))',
        'if ([...display].some((code) => isDeprecated(code, created)))',
      ],
      ['marking: created', "attributes.informs('createDate') ?? on", 'on'],
      [
        'marking: USA first',
        "release[0] !== 'USA' || release.length < 2",
        "!release.includes('USA') || release.length < 2",
      ],
      ['marking: USA alone', "release[0] !== 'USA' || release.length < 2", "release[0] !== 'USA'"],
      [
        'marking: lists',
        'tokens.includes(token) !== attributes.tokens(list).length > 0',
        'tokens.includes(token) && attributes.tokens(list).length === 0',
      ],
      [
        'marking: RESTRICTED',
        "level === 'RESTRICTED' ? report('UNKNOWN_LEVEL', 0) : { kind: 'us', level, at: 0 }",
        "{ kind: 'us', level, at: 0 }",
      ],
      [
        'marking: SAR level',
        'ranks.indexOf(own) < ranks.indexOf(level)',
        'ranks.indexOf(own) > ranks.indexOf(level)',
      ],
      [
        'marking: deep',
        "if (tokens.some((token) => token.split('-').length > 3)) return report('MALFORMED_NAME', 0);",
        '',
      ],
      [
        'marking: unknown code of display',
        '[...release, ...display].some((code) => !isCode(code, on))',
        'release.some((code) => !isCode(code, on))',
      ],
      ['marking: display USA', "if (display.includes('USA')) return report('USA_NOT_ALLOWED', 0);", ''],
      ['marking: joint', "if (!owners.includes('USA') || owners.length < 2)", 'if (owners.length < 2)'],
      [
        'marking: joint alone',
        "if (!owners.includes('USA') || owners.length < 2)",
        "if (!owners.includes('USA'))",
      ],
      ['marking: USA among others', "if (owners.length > 1) return report('JOINT_WITHOUT_USA', 0);", ''],
      ['marking: NATO among others', "owners.includes('NATO') ? report('UNKNOWN_CODE', 0) : ", ''],
      ['marking: joint words', "!['true', 'false'].includes(joint[0])", "joint[0] === ''"],
      [
        'marking: SAR unclassified',
        "own === undefined || own === 'UNCLASSIFIED' || own === 'RESTRICTED'",
        'own === undefined',
      ],
      ['marking: SAR authority', 'isLetters(authority, 3, 16) && named', 'named'],
      ['marking: SAR parts', " || compartments.includes('')", ''],
      [
        'marking: atomic parents',
        "if (tokens.some((token) => !tokens.includes(token.split('-', 1)[0] ?? '')))\n    return report('MISSING_PARENT', 0);",
        '',
      ],
      ['marking: atomic unknown', '!bases.includes(token) && !ATOMIC_SUBSETS.has(token)', 'false'],
      ['marking: non US unknown', 'nonUs.some((token) => !foreign.includes(token)) ||', ''],
      [
        'marking: sources',
        "if (named.some((code) => !isCode(code, on))) return report('UNKNOWN_CODE', 0);",
        '',
      ],
      ['marking: USA source', "if (named.includes('USA')) return report('USA_NOT_ALLOWED', 0);", ''],
      ['marking: hidden word', "hidden.length > 1 || hidden[0] !== 'FGI'", 'hidden.length > 1'],
      [
        'marking: unknown non IC',
        "if (known.length < tokens.length) return report('UNKNOWN_MARKING', 0);",
        '',
      ],
      ['marking: two classifications', 'level === undefined || more.length > 0', 'level === undefined'],
      ['marking: SAR unshaped', '[...identifier].every((letter) => SAR_LETTERS.has(letter))', 'true'],
    ],
  },
  {
    file: 'functions/core/marking/ism/attributes.ts',
    caughtBy: 'test/core/marking/closed-lists.test.ts',
    faults: [
      [
        'attributes: estimate',
        "if (informing.get('hasApproximateMarkings') === 'true') return report('APPROXIMATE', 0);",
        '',
      ],
      [
        'attributes: classified only',
        "deciding.get('classification')?.[0] === 'U' && CLASSIFIED_ONLY",
        'false && CLASSIFIED_ONLY',
      ],
      [
        'attributes: declassEvent',
        "  'declassEvent',\n  'declassException',\n] as const;",
        "  'declassException',\n] as const;",
      ],
    ],
  },
  {
    file: 'functions/core/marking/ism/nato-high-water.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['nato-high-water: concealed', '!(named || shared || concealed)', '!(named || shared)'],
      ['nato-high-water: two', 'level === undefined || more.length > 0', 'level === undefined'],
      ['nato-high-water: shared', "head.kind === 'joint' && head.owners.includes('NATO')", 'false'],
    ],
  },
  {
    file: 'functions/core/marking/ism/ism-xml.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['ism-xml: foreign attributes', 'own.length === 0 || foreign > 0', 'own.length === 0'],
      ['ism-xml: children', 'element.children.length > 0 || ', ''],
    ],
  },
  {
    file: 'functions/core/marking/stanag/policy.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['policy: type', "if (pinned !== type) return report('CATEGORY_TYPE', 0);", ''],
      ['policy: empty', "if (values.length === 0) return report('EMPTY_CATEGORY', 0);", ''],
      ['policy: rule', 'if (wrong !== undefined) return report(wrong, 0);', ''],
      ['policy: sensitivities', "sensitivities: values('Additional Sensitivity') ?? []", 'sensitivities: []'],
      [
        'policy: sample of any',
        "SAMPLE_POLICIES.has(label.policy) ? compileSample(label, report) : report('UNKNOWN_POLICY', 0)",
        'compileSample(label, report)',
      ],
      ['policy: only dropped', '...(only === undefined ? {} : { only }),', ''],
      ['policy: duplicates', "if (new Set(names).size < names.length) return report('DUPLICATE', 0);", ''],
      [
        'policy: values twice',
        "if (new Set(values).size < values.length) return report('DUPLICATE', 0);",
        '',
      ],
      [
        'policy: both',
        "if (release !== undefined && only !== undefined) return report('CAVEAT_EXCLUDED', 0);",
        '',
      ],
      [
        'policy: unknown codes of Only',
        '[...(release ?? []), ...(only ?? [])].every(known)',
        '[...(release ?? [])].every(known)',
      ],
      ['policy: two contexts', ' || contexts.length > 1)', ')'],
      [
        'policy: administrative',
        "if (!administrative.every((value) => NATO_ADMINISTRATIVE.includes(value)))\n    return report('UNKNOWN_MARKING', 0);",
        '',
      ],
      ['policy: context unknown', '!contexts.every(isContext) || ', ''],
      ['policy: sample others', "if (others.length > 0) return report('UNKNOWN_MARKING', 0);", ''],
      ['policy: sample case', '!lower || !codes.every(isNation)', '!codes.every(isNation)'],
      [
        'policy: sample ladder',
        "if (!SAMPLE_LADDER.includes(label.classification)) return report('UNKNOWN_LEVEL', 0);",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/stanag/stanag-4774-xml.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'stanag-4774-xml: second label',
        "if (is(element, 'Classification') || is(element, 'PolicyIdentifier')) return report('SECOND_LABEL', 0);",
        "if (is(element, 'Classification') || is(element, 'PolicyIdentifier')) continue;",
      ],
      [
        'stanag-4774-xml: namespace',
        'element.uri === LABEL_NAMESPACE && element.name === name',
        'element.name === name',
      ],
      ['stanag-4774-xml: policy identifier', '&& attribute.value === identifier,', ','],
      [
        'stanag-4774-xml: two',
        'element.attributes.length <= 1 ? name',
        'element.attributes.length <= 3 ? name',
      ],
      [
        'stanag-4774-xml: root attributes',
        'root.attributes.every(isReviewDate) && onlyElements(root)',
        'onlyElements(root)',
      ],
      [
        'stanag-4774-xml: metadata twice',
        'metadata.findIndex((other) => other.name === element.name) === index',
        'true',
      ],
      [
        'stanag-4774-xml: trims',
        "text === '' || text !== text.trim() ? undefined : text",
        "text === '' ? undefined : text.trim()",
      ],
      ['stanag-4774-xml: type word', ' || !TYPES.has(type))', ')'],
      [
        'stanag-4774-xml: unread values',
        'if (values.some((value) => value === undefined)) return undefined;',
        '',
      ],
      ['stanag-4774-xml: more attributes', ' || element.attributes.length > 2', ''],
      [
        'stanag-4774-xml: unknown metadata',
        "(is(element, 'OriginatorID') || is(element, 'CreationDateTime')) &&",
        '',
      ],
      ['stanag-4774-xml: information attributes', '    information.attributes.length > 0 ||\n', ''],
    ],
  },
  {
    file: 'functions/core/marking/stanag/stanag-5636-json.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'stanag-5636-json: extras',
        'keys.every((key) => required.includes(key) || optional.includes(key))',
        'true',
      ],
      ['stanag-5636-json: base', "if (context['@base'] !== BASE) return report('UNKNOWN_POLICY', 0);", ''],
      ['stanag-5636-json: dcr', "dcr === undefined || (typeof dcr === 'string' && isTimestamp(dcr))", 'true'],
      ['stanag-5636-json: dcr shape', 'text.length === 20 &&', ''],
      ['stanag-5636-json: entries', 'catl.length > MAX_ENTRIES', 'false'],
      ['stanag-5636-json: values', "vals.some((value) => typeof value !== 'string')", 'false'],
      [
        'stanag-5636-json: required',
        'if (!required.every((key) => keys.includes(key))) return undefined;',
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/gateway/ess.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['ess: beyond', 'classification <= 5', 'classification <= 15'],
      [
        'ess: display ends',
        'ladder.includes(display) || !display.endsWith(` ${level}`)',
        '!display.endsWith(` ${level}`)',
      ],
      ['ess: audience', '      audience: [],\n', '      audience: null,\n'],
      [
        'ess: display not compared',
        "if (display !== undefined && !displayAgrees(display, compiled.label.level))\n    return report('DISPLAY_MISMATCH', 0);",
        '',
      ],
      ['ess: unmarked', 'classification >= 1', 'classification >= 0'],
      ['ess: padding', "bytes.toString('base64') === encoded ? bytes : undefined", 'bytes'],
      [
        'ess: second classification',
        'tag === 0x02 && classification === undefined && length === 1',
        'tag === 0x02 && length === 1',
      ],
      ['ess: length of set', ' || bytes[1] !== bytes.length - 2', ''],
      ['ess: unended arc', 'if (index === bytes.length - 1) return undefined;', ''],
      ['ess: display ladder', ' && !ladder.includes(policy)', ''],
      ['ess: first arc', 'Math.min(2, Math.floor(value / 40))', 'Math.floor(value / 40)'],
      ['ess: set', 'bytes[0] !== 0x31 || ', ''],
      ['ess: length classification', ' && length === 1) classification', ') classification'],
    ],
  },
  {
    file: 'functions/core/marking/gateway/sio-label.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['sio-label: both', "if (parameters.has(name)) return report('SECOND_LABEL', at);", ''],
      [
        'sio-label: label and parts',
        "return both ? report('SECOND_LABEL', 0) : parameters;",
        'return parameters;',
      ],
      ['sio-label: gaps', 'values.some((value) => value === undefined)', 'false'],
      [
        'sio-label: display',
        "if (marking !== undefined && marking !== read.parts.marking) return report('DISPLAY_MISMATCH', 0);",
        '',
      ],
      ['sio-label: length', "if (input.length > MAX_HEADER) return report('TOO_LONG', MAX_HEADER);", ''],
      [
        'sio-label: order of parts',
        "[...parameters.keys()].filter((name) => name.startsWith('label*'));\n  const values = parts.map((_name, index) => parameters.get(`label*${index}`));",
        "[...parameters.keys()].filter((name) => name.startsWith('label*'));\n  const values = parts.map((name) => parameters.get(name));",
      ],
      ['sio-label: no type', 'label === undefined || type === undefined', 'label === undefined'],
      ['sio-label: part names', ' || String(Number(part)) !== part)', ')'],
      ['sio-label: base64', "bytes.toString('base64') !== encoded || ", ''],
      ['sio-label: quotes', "!'\"\\\\;'.includes(letter)", 'true'],
      ['sio-label: not utf8', "|| text.includes('\\ufffd')", ''],
    ],
  },
  {
    file: 'functions/core/marking/us/cui.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'cui: controlled portion',
        "!(form === 'banner' && indicator === 'CONTROLLED')",
        "indicator !== 'CONTROLLED'",
      ],
      ['cui: extra', "if (extra !== undefined) return report('CATEGORY_ORDER', extra.at);", ''],
      ['cui: unknown category', 'if (!CUI_CATEGORIES.has(name))', "if (name === '')"],
      [
        'cui: order',
        'if (wrong !== undefined)\n    return report(wrong.duplicate',
        'if (wrong?.duplicate === true)\n    return report(wrong.duplicate',
      ],
      ['cui: both spellings', "if (repeated >= 0) return report('DUPLICATE', items[repeated]?.at ?? 0);", ''],
      ['cui: federal', 'if (federal.length > 1) {', 'if (federal.length > 2) {'],
      ['cui: binding stays national', 'cuiAudience(binding, rel', 'cuiAudience([], rel'],
      [
        'cui: display stays national',
        "names.includes('NOFORN') || displayOnly !== undefined;",
        "names.includes('NOFORN');",
      ],
      ['cui: CUI node', "compartments: ['CUI', ...categories", 'compartments: [...categories'],
      ['cui: controls', 'controls: [...binding].sort()', 'controls: []'],
      ['cui: expands', 'expand(rel, on)', 'rel'],
      ['cui: display lost', 'displayOnly: [...(displayOnly ?? [])].sort()', 'displayOnly: []'],
      [
        'cui: order of controls',
        'previous !== undefined && previous.name >= control.name',
        'previous !== undefined && previous.name === control.name',
      ],
      [
        'cui: NOFORN with release',
        "if (noforn && (name === 'REL TO' || name === 'DISPLAY ONLY')) {",
        "if (noforn && name === 'REL TO') {",
      ],
      [
        'cui: NOCON',
        "name === 'FED ONLY' || name === 'FEDCON' || name === 'NOCON'",
        "name === 'FED ONLY' || name === 'FEDCON'",
      ],
      ['cui: nested portion', "!bracketed || inner.includes('(') || inner.includes(')')", '!bracketed'],
      ['cui: empty', "if (empty !== undefined) return report('EMPTY_CATEGORY', empty.at);", ''],
    ],
  },
  {
    file: 'functions/core/marking/us/head.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'head: concealed',
        "if (found.owners.text === 'FGI') return",
        "if (found.owners.text === 'FGI' && false) return",
      ],
      ['head: ISAF top secret', "if (id === 'TOP SECRET') continue;", ''],
      ['head: activity lost', 'level: id, activity: name, at: slice.at', 'level: id, at: slice.at'],
      [
        'head: list from banner',
        "if (options.jointOwners === undefined) return report('LIST_FROM_BANNER', rest.at);",
        "if (options.jointOwners === undefined) return { kind: 'joint', level, owners: ['USA'], at };",
      ],
    ],
  },
  {
    file: 'functions/core/marking/aus/epms.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['epms: owner only', 'level.rank >= 2 || caveats.length > 0', 'level.rank >= 2'],
      ['epms: rank', 'level.rank >= 2 || caveats.length > 0', 'level.rank > 2 || caveats.length > 0'],
      [
        'epms: markers',
        '[...sorted.flatMap((caveat) => caveat.control ?? []), ...markers].sort()',
        'sorted.flatMap((caveat) => caveat.control ?? []).sort()',
      ],
      [
        'epms: foreign',
        'fgi: [...new Set(sorted.flatMap((caveat) => caveat.foreign ?? []))].sort()',
        'fgi: []',
      ],
      ['epms: origin', 'origin === undefined || !isOrigin(origin.text)', 'origin === undefined'],
      ['epms: versions', '!VERSIONS.has(version.text.slice(4))', 'false'],
      [
        'epms: compartments',
        'compartments: sorted.flatMap((caveat) => caveat.compartment ?? []).sort()',
        'compartments: []',
      ],
      ['epms: bracket', '(code === 0x5b && at > 0) || ', ''],
      ['epms: control characters', 'code < 0x20 || code > 0x7e || bracket', 'code > 0x7e || bracket'],
      [
        'epms: two releases',
        'caveat.audience !== undefined && caveats.some((other) => other.audience !== undefined)',
        'false',
      ],
      [
        'epms: duplicate',
        "if (caveats.some((other) => other.text === caveat.text)) return report('DUPLICATE', field.at);",
        '',
      ],
      ['epms: note', "note.text === 'NOTE=' || note.text.length > 133", "note.text === 'NOTE='"],
      ['epms: access twice', "if (access.includes(marker)) return report('DUPLICATE', field.at);", ''],
      ['epms: two ats', 'others.length === 0 &&', ''],
      ['epms: dots', "    field.includes('.')\n", '    true\n'],
    ],
  },
  {
    file: 'functions/core/marking/aus/epms-caveats.ts',
    caughtBy: 'test/core/marking/closed-lists.test.ts',
    faults: [
      ['epms-caveats: order', "code.text <= (names[index - 1] ?? '')", 'false'],
      ['epms-caveats: Australia', "names.length < 2 || !names.includes('AUS')", 'names.length < 2'],
      [
        'epms-caveats: foreign Australia',
        "!isNation(value.text) || value.text === 'AUS'",
        '!isNation(value.text)',
      ],
    ],
  },
  {
    file: 'functions/core/marking/aus/epms-caveats.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['epms-caveats: AGAO', "{ text, audience: ['AUS'], control: 'AGAO' }", "{ text, audience: ['AUS'] }"],
      ['epms-caveats: more parts', 'value === undefined || others.length > 0', 'value === undefined'],
      [
        'epms-caveats: unknown nation',
        "if (unknown !== undefined) return report('UNKNOWN_CODE', unknown.at);",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/uk/gsc.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['gsc: sensitive open', 'classified || controls.length > 0', 'classified'],
      ['gsc: secret open', 'classified || controls.length > 0', 'controls.length > 0'],
      ['gsc: SENSITIVE', "...(found.sensitive ? ['SENSITIVE'] : []), ...caveats", '...caveats'],
      ['gsc: retired', "RETIRED.has(name.text) ? 'RETIRED_MARKING' : 'UNKNOWN_LEVEL'", "'UNKNOWN_LEVEL'"],
      ['gsc: eyes', 'caveats.audience ?? (classified', '(classified'],
    ],
  },
  {
    file: 'functions/core/marking/uk/caveats.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['caveats: prefix', "if (!head.prefixed) return report('CAVEAT_NEEDS_PREFIX', field.at);", ''],
      [
        'caveats: public is a control',
        "if (field.text !== 'FOR PUBLIC RELEASE') controls.push",
        'controls.push',
      ],
      ['caveats: FIVE', "['AUS', 'CAN', 'GBR', 'NZL', 'USA']]", "['AUS', 'CAN', 'GBR', 'USA']]"],
      ['caveats: EU', "rel = ['EU', 'GBR'];", "rel = ['GBR'];"],
      [
        'caveats: order',
        "order < last || (order === last && kind === 'national')",
        "order === last && kind === 'national'",
      ],
      ['caveats: release and eyes', "if (rel !== undefined) return report('CAVEAT_EXCLUDED', field.at);", ''],
      ['caveats: NZ', "['NZ', ['NZL']]", "['NZ', ['NGA']]"],
      ['caveats: field twice', "if (written.includes(field.text)) return report('DUPLICATE', field.at);", ''],
      [
        'caveats: nation twice',
        "if (nations.some((code) => codes.includes(code))) return report('DUPLICATE', name.at);",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/nato/policy.ts',
    caughtBy: 'test/core/marking/closed-lists.test.ts',
    faults: [
      ['policy: group', "['MD', 'any']", "['MD', 'unclassified']"],
      ['policy: groups', "['PFP', 'unclassified']", "['PFP', 'any']"],
      ['policy: floor', "['CRYPTO', 'CONFIDENTIAL']", "['CRYPTO', 'RESTRICTED']"],
    ],
  },
  {
    file: 'functions/core/marking/nato/policy.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'policy: context is no compartment',
        '[...sensitivities, ...(context === undefined ? [] : [`NATO/${context}`])].sort()',
        '[...sensitivities].sort()',
      ],
      ['policy: cosmic context', ' || marking.context !== undefined)', ')'],
      ['policy: names', "['KOR', 'Korea'],\n", ''],
    ],
  },
  {
    file: 'functions/core/marking/nato/text.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['text: order', 'previous !== undefined && releaseOrder(previous, code) > 0', 'false'],
      ['text: twice', "if (codes.includes(code)) return report('DUPLICATE', name.at);", ''],
      ['text: sensitivities order', 'previous !== undefined && previous >= word', 'previous === word'],
      ['text: admin order', "index > 0 && word.text <= (words[index - 1]?.text ?? '')", 'false'],
      ['text: two admins', 'line === undefined || others.length > 0', 'line === undefined'],
    ],
  },
  {
    file: 'functions/core/marking/nato/text.ts',
    caughtBy: 'test/core/marking/closed-lists.test.ts',
    faults: [
      [
        'text: NATO released',
        "if (releasable?.includes('NATO')) return report('DUPLICATE', released.at);",
        '',
      ],
      ['text: context unknown', ' || !isContext(context)) continue;', ') continue;'],
    ],
  },
  {
    file: 'functions/core/marking/codes/codes.ts',
    caughtBy: 'test/core/marking/',
    faults: [
      ['codes: from', 'on < entry.from', 'on <= entry.from'],
      [
        'codes: members by date',
        'for (const member of entry.members) if (inForce(member, on)) audience',
        'for (const member of entry.members) audience',
      ],
      ['codes: deprecated', 'end !== undefined && on > end', 'end !== undefined && on >= end'],
    ],
  },
  {
    file: 'functions/core/marking/codes/codes.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [['codes: unexpandable', 'entry === undefined || !entry.expandable', 'entry === undefined']],
  },
  {
    file: 'functions/core/marking/codes/codes.ts',
    caughtBy: 'test/core/marking/closed-lists.test.ts',
    faults: [['codes: calendar', ' && new Date(time).toISOString().slice(0, 10) === text', '']],
  },
  {
    file: 'functions/core/marking/codes/lists.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      ['lists: order', 'codeOrder(previous, piece.text) >= 0', 'codeOrder(previous, piece.text) === 0'],
    ],
  },
  {
    file: 'functions/core/marking/codes/lists.ts',
    caughtBy: 'test/core/marking/',
    faults: [
      ['lists: USA twice', "if (codes.includes('USA')) return report('DUPLICATE', others.at);", ''],
      ['lists: alone', "first !== 'USA' || rest.length === 0", "first !== 'USA'"],
      ['lists: orgs among nations', 'if (rank(left) !== rank(right)) return rank(left) - rank(right);', ''],
    ],
  },
  {
    file: 'functions/core/marking/frame-owners.ts',
    caughtBy: 'test/core/administration/checks.test.ts',
    faults: [
      ['frame-owners: UK', "['UK', 'GBR'],\n", ''],
      ['frame-owners: first word', "frame.split('-')[0] ?? frame", 'frame'],
    ],
  },
  {
    file: 'functions/core/marking/us/controls.ts',
    caughtBy: 'test/core/marking/us/',
    faults: [
      ['controls: FGI USA', "codes.includes('USA') ? report('USA_NOT_ALLOWED', list.at) : ", ''],
      [
        'controls: AEA order',
        "if (entry.order < last) return report('ITEM_ORDER', item.at);\n    last = entry.order;\n    const rest",
        'last = entry.order;\n    const rest',
      ],
      [
        'controls: sigma parent',
        "numbers === undefined || (parent !== 'RD' && parent !== 'FRD')",
        'numbers === undefined',
      ],
      [
        'controls: sigma known',
        "if (!SIGMAS.includes(number.text)) return report('RETIRED_MARKING', number.at);",
        '',
      ],
      ['controls: IC order', "if (order < last) return report('ITEM_ORDER', item.at);", ''],
      ['controls: CNWDI of FRD', "entry.id === 'RD' && cnwdiWords", 'cnwdiWords'],
      [
        'controls: missing list',
        "if (entry.id === 'REL TO' || entry.id === 'DISPLAY ONLY') return report('MISSING_LIST', item.at);",
        '',
      ],
      [
        'controls: sigma order',
        "if (previous !== undefined && previous > number.text) return report('ITEM_ORDER', number.at);",
        '',
      ],
      [
        'controls: nonIC order',
        "if (entry.order < last) return report('ITEM_ORDER', item.at);\n    last = entry.order;\n    items.push({ id: entry.id, at: item.at });",
        'last = entry.order;\n    items.push({ id: entry.id, at: item.at });',
      ],
      [
        'controls: display USA',
        "if (codes.includes('USA')) return report('USA_NOT_ALLOWED', list.at);\n      return { id: 'DISPLAY",
        "return { id: 'DISPLAY",
      ],
      ['controls: extra suffix', 'if (extra !== undefined) return unknown(extra, report);', ''],
      [
        'controls: NATO SAP order',
        "if (previous !== undefined && previous > item.text) return report('ITEM_ORDER', item.at);",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/systems.ts',
    caughtBy: 'test/core/marking/us/',
    faults: [
      [
        'systems: needs compartment',
        "if (compartments.length === 0 && rule.needsCompartment) return report('MISSING_COMPARTMENT', item.at);",
        '',
      ],
      [
        'systems: shape',
        "if (!fits(name, system.unpublished?.shape)) return report('MALFORMED_NAME', piece.at);",
        '',
      ],
      [
        'systems: compartment word reserved',
        "      if (isReserved(word.text)) return report('RESERVED_WORD', word.at);\n",
        '',
      ],
      [
        'systems: multiple',
        "if (name === 'MULTIPLE PROGRAMS') return report('MISSING_PROGRAM', item.at);",
        '',
      ],
      ['systems: duplicates', "if (repeated >= 0) return report('DUPLICATE', items[repeated]?.at ?? 0);", ''],
      [
        'systems: order',
        "wrong === undefined ? items : report('ITEM_ORDER'",
        "true ? items : report('ITEM_ORDER'",
      ],
      ['systems: sub order', '  if (!ascending(subs, tail, report)) return undefined;\n', ''],
      [
        'systems: indicator twice',
        "if (name === 'SAR' || name === 'SPECIAL ACCESS REQUIRED')",
        "if (name === 'SPECIAL ACCESS REQUIRED')",
      ],
      [
        'systems: reserved sub',
        "    if (isReserved(sub.text)) return report('RESERVED_WORD', sub.at);\n",
        '',
      ],
      [
        'systems: reserved compartment',
        "    if (isReserved(name)) return report('RESERVED_WORD', piece.at);\n",
        '',
      ],
      ['systems: program reserved', "  if (isReserved(name)) return report('RESERVED_WORD', item.at);\n", ''],
      [
        'systems: word reserved',
        "    if (isReserved(word.text)) return report('RESERVED_WORD', word.at);\n  }\n  if (name",
        '  }\n  if (name',
      ],
      ['systems: one letter', "if (name.length < 2) return report('MALFORMED_NAME', item.at);", ''],
    ],
  },
  {
    file: 'functions/core/marking/us/parse.ts',
    caughtBy: 'test/core/marking/us/',
    faults: [
      ['parse: order', 'order <= last', 'order < last'],
      ['parse: order gone', "if (order <= last) return report('CATEGORY_ORDER', segment.at);", ''],
      [
        'parse: unknown skipped',
        'if (category === undefined) return unknownSegment(segment, report);',
        'if (category === undefined) continue;',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/banner.ts',
    caughtBy: 'test/core/marking/us/',
    faults: [
      [
        'banner: release',
        "if (release === undefined) return report('LIST_FROM_BANNER', bare.at);",
        'if (release === undefined) return marking;',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/reserved.ts',
    caughtBy: 'test/core/marking/us/',
    faults: [
      ['reserved: one letter', 'word.length > 1', 'word.length > 3'],
      ['reserved: NATO SAP', '    ...NATO_SAP,\n', ''],
    ],
  },
  {
    file: 'functions/core/marking/gateway/xep-0258.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'xep-0258: display attributes',
        'element.uri === SECURITY_LABEL && plain ? textOnly',
        'element.uri === SECURITY_LABEL ? textOnly',
      ],
      [
        'xep-0258: display namespace',
        'element.uri === SECURITY_LABEL && plain ? textOnly',
        'plain ? textOnly',
      ],
      ['xep-0258: root attributes', '    root.attributes.length > 0 ||\n', ''],
      ['xep-0258: label attributes', ' || label.attributes.length > 0) {', ') {'],
      [
        'xep-0258: unread display',
        "if (display !== undefined && shown === undefined) return report('UNEXPECTED_XML', 0);",
        '',
      ],
      ['xep-0258: root name', "    root.name !== 'securitylabel' ||\n", ''],
      ['xep-0258: text in label', 'inner === undefined || !onlyElements(label)', 'inner === undefined'],
      ['xep-0258: namespace of label', '!own(label) || ', ''],
    ],
  },
  {
    file: 'functions/core/marking/us/head.ts',
    caughtBy: 'test/core/marking/us/',
    faults: [
      ['head: RESTRICTED', "level === undefined || level === 'RESTRICTED'", 'level === undefined'],
      [
        'head: joint without USA',
        "if (!owners.includes('USA') || owners.length < 2)",
        'if (owners.length < 2)',
      ],
      [
        'head: joint alone',
        "if (!owners.includes('USA') || owners.length < 2)",
        "if (!owners.includes('USA'))",
      ],
      ['head: USA foreign', "if (owners.includes('USA')) return report('USA_NOT_ALLOWED', slice.at);", ''],
      ['head: NATO foreign', "if (owners.includes('NATO')) return report('UNKNOWN_LEVEL', slice.at);", ''],
      [
        'head: banner joint',
        "if (options.form !== 'portion') return report('JOINT_WITHOUT_USA', rest.at);",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/ism/attributes.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [
      [
        'attributes: one owner for CUI',
        "for (const name of ['classification', 'ownerProducer'])",
        "for (const name of ['classification'])",
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/systems.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [['systems: portion length', "form === 'portion' && !isWord(name, 2, 3)", 'false']],
  },
  {
    file: 'functions/core/marking/us/banner.ts',
    caughtBy: 'test/core/marking/formats.test.ts',
    faults: [['banner: brackets', "!text.startsWith('(') || !text.endsWith(')')", "!text.startsWith('(')"]],
  },
]);
