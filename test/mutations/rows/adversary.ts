/** Faults that give somebody who means harm a permit: by the marking, the path, the people, the store or the doors. */
import { mutationsOf } from '../mutation.ts';

export const ADVERSARY = mutationsOf('adversary', [
  {
    file: 'functions/store/judge-approval.ts',
    caughtBy: 'test/adversary/people.test.ts',
    faults: [
      ['one person lifts', "new Set(['hold', 'revoke'])", "new Set(['hold', 'revoke', 'change'])"],
      ['anybody begins a registry', 'areTwoFounders(pairOf(said), founders)\n', 'true\n'],
      ['anybody changes an authority', ': maySay(pairOf(said), changes, before, said.to)', ': true'],
      [
        'a keyring need not be what was signed',
        "(said.people === peopleDigest(now) ? undefined : 'PEOPLE') ??",
        '',
      ],
      ['anybody signs', '? areTwoOfAny(pairOf(said), people.now, said.to)', '? true'],
      [
        'two people confirm for everybody',
        ': missingFrom(said.keys, people.now, said.to, founders) === null',
        ': true',
      ],
      ['another root than was signed', 'said.root === commit.root &&', ''],
      [
        'time does not matter',
        "isBefore(said.to, people.last.to) || isBefore(now, said.to) ? 'TIME' : undefined",
        'undefined',
      ],
    ],
  },
  {
    file: 'functions/core/administration/two-people.ts',
    caughtBy: 'test/adversary/people.test.ts',
    faults: [['a change of nothing is anybody’s', 'changes.length > 0 &&', '']],
  },
  {
    file: 'functions/store/keyring.ts',
    caughtBy: 'test/adversary/keyrings.test.ts',
    faults: [
      [
        'a keyring need not begin with what was acknowledged',
        'return acknowledged.every(({ count, digest }) => digests[count - 1] === digest);',
        'return digests.length > 0;',
        'test/store/judge-approval.test.ts > with a keyring',
      ],
      [
        'only the newest keyring counts',
        'return acknowledged.every(',
        'return acknowledged.slice(-1).every(',
        'test/store/keyring.test.ts',
      ],
      [
        'a shorter keyring will do',
        'return acknowledged.every(',
        'return acknowledged.some(',
        'test/store/keyring.test.ts',
      ],
      [
        'a digest of one link alone',
        'digests.at(-1) ?? null, link',
        'null, link',
        'test/store/judge-approval.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/audit-approvals.ts',
    caughtBy: 'test/adversary/lost-links.test.ts',
    faults: [
      [
        'what is the same is laid out again',
        'between === undefined || isSame) return',
        'between === undefined) return',
        'test/adversary/history.test.ts > laid out',
      ],
      [
        'a stop of everything there is, one by one, is audited to its end',
        'changes.length > MOST_OF_A_STOP) return',
        'changes.length > 1e9) return',
        'test/adversary/history.test.ts > at once',
      ],
      [
        'an audit of the last link alone',
        "  if (was !== undefined && link && !isOneMore(keyring, was)) return ['KEYRING_PEOPLE'];\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/store/links-made.ts',
    caughtBy: 'test/store/links-made.test.ts',
    faults: [
      [
        'a row’s word for them is enough',
        'Math.max(begun?.count ?? 0, ',
        'Math.max(newest.count - 1, ',
        'test/adversary/lost-links.test.ts',
      ],
      ['a keyring of any name', ' && by.keyring === keyringDigest(ring)', ''],
      ['what was proven is asked again', '    proven = { epoch, ...acknowledgedLinks(keyring) };\n', ''],
      [
        'what was proven in one epoch is in another',
        'proven?.epoch === epoch && beginsWith',
        'proven !== undefined && beginsWith',
      ],
      ['a link from before what was acknowledged counts', 'return isSince && isMadeBy', 'return isMadeBy'],
      [
        'a link that lost the race counts',
        'isMadeBy((await at(version))?.commit, ring)',
        '(await at(version)) !== undefined',
      ],
      [
        'an approval carried is one made',
        'isCarried && approvedIn(by, saidBy(approval)) === madeIn(ring)',
        'isCarried && approvedIn(by, saidBy(approval)) !== null',
      ],
      [
        'an approval of anything',
        'by !== undefined && isCarried && approvedIn',
        'by !== undefined && approvedIn',
      ],
      ['a way through other epochs', ' && at?.commit.epoch === epoch; steps', ' && at; steps'],
      [
        'a row names a version of another place',
        'return comparePlaces(at.commit, place) === 0 ? at : undefined;',
        'return at;',
      ],
      [
        'a way beside what was acknowledged',
        'if (row !== null && row.digest !== parent) return undefined;',
        '',
      ],
      [
        'no way below',
        '    if (row !== null && made !== undefined) return made;\n',
        '    if (made !== undefined) return made;\n',
      ],
      ['HEAD’s own way only', 'if (row === null) continue;', 'if (row !== null) continue;'],
      ['a way that leaves versions out', '    if (at.commit.version !== below) return undefined;\n', ''],
    ],
  },
  {
    file: 'functions/store/approved-head.ts',
    caughtBy: 'test/store/judge-approval.test.ts > with a keyring',
    faults: [
      [
        'a stop carries what a forged row says was approved',
        '!isMaker)\n      throw',
        'false)\n      throw',
        'test/adversary/keyrings.test.ts > is carried by no stop',
      ],
      [
        'a keyring that nobody acknowledged',
        'least.length === 0 || ',
        '',
        'test/store/judge-approval.test.ts > still to acknowledge',
      ],
      [
        'the keyring that was confirmed is forgotten',
        '[await confirmedLinks(epoch, objects, context), ...rows]',
        '(await confirmedLinks(epoch, objects, context), rows)',
        'test/store/judge-approval.test.ts > that was confirmed for its epoch',
      ],
      [
        'an epoch that nobody confirmed',
        'epoch > 1 ? [await confirmedLinks',
        'epoch > 2 ? [await confirmedLinks',
        'test/store/judge-approval.test.ts > that was confirmed for its epoch',
      ],
      ['any keyring', ' || !beginsWith(keyring, least)', ''],
    ],
  },
  {
    file: 'functions/decide/decide-on.ts',
    caughtBy: 'test/adversary/people.test.ts',
    faults: [
      ['what one person publishes permits', 'inputFor({ ...own, signed }, request', 'inputFor(own, request'],
    ],
  },
  {
    file: 'functions/store/audit-approvals.ts',
    caughtBy: 'test/adversary/people.test.ts',
    faults: [
      [
        'a stop that permits is no finding',
        "isEmpty || !changes.every(onlyRestricts) ? ['NOT_RESTRICTING'] : []",
        '[]',
      ],
      [
        'a stop may carry another approval',
        "if (!isCarried(commit, parent)) return ['APPROVAL_CARRIED'];\n  if (changes",
        'if (changes',
      ],
      ['another nation may sign', ' || changes.length === 0', ' || changes.length > 0'],
      ['a restore brings back anything', ' && commit.root === parent?.root ?', ' ?'],
    ],
  },
  {
    file: 'functions/registry/signatures.ts',
    caughtBy: 'test/adversary/events.test.ts',
    faults: [
      ['a signature is not looked at', 'if (!isSignedByItsKey(given))', 'if (given.key === undefined)'],
      [
        'a signature is for whatever was asked',
        'if (given.statement.content !== content)',
        'if (content === undefined)',
      ],
      [
        'a signature for another registry counts',
        'if (given.statement.registry !== registry)',
        'if (registry === undefined)',
      ],
    ],
  },
  {
    file: 'functions/core/decision/binding.ts',
    caughtBy: 'test/adversary/judgements.test.ts',
    faults: [
      [
        'what says nothing of what it judged is bound',
        "if (judged === undefined) return 'unbound';",
        "if (judged === undefined) return 'bound';",
      ],
      [
        'any digest binds',
        "judged === digestOfSubject(subject) ? 'bound' : 'changed'",
        "digestOfSubject(subject).length > 0 ? 'bound' : 'changed'",
      ],
      [
        'a change of a network is not told',
        '[...accreditations, ...assessments].map',
        '[...accreditations, ...assessments].slice(99).map',
      ],
      [
        'a change of a vendor is not told',
        'evidence.assessments.map((judgement)',
        'evidence.assessments.slice(99).map((judgement)',
      ],
    ],
  },
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: 'test/adversary/judgements.test.ts',
    faults: [
      [
        'no mandate asks for a binding',
        'bound: mandates.some((m) => !m.fact.acceptUnbound),',
        'bound: false,',
      ],
    ],
  },
  {
    file: 'functions/core/decision/citations.ts',
    caughtBy: 'test/adversary/judgements.test.ts',
    faults: [
      ['a judgement of something else counts', "(!bound || bindingOf(a.fact, subject) === 'bound')", 'true'],
      [
        'a judgement of what has changed counts',
        "(!bound || bindingOf(a.fact, subject) === 'bound')",
        "(!bound || bindingOf(a.fact, subject) !== 'unbound')",
      ],
    ],
  },
  {
    file: 'functions/core/administration/left-behind.ts',
    caughtBy: 'test/adversary/judgements.test.ts',
    faults: [['only what changed itself is left behind', '[key, ...index.referrers(key)]', '[key]']],
  },
  {
    file: 'functions/core/decision/standards.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      [
        'layers are not judged',
        'if (binds && terms.tunnel !== undefined) {',
        'if (terms.hops.length === 99) {',
      ],
      [
        'what is said of a layer is not counted',
        'reasonOf(finding, s, stated), finding.effect, false)',
        "reasonOf(finding, s, stated), 'note', false)",
      ],
    ],
  },
  {
    file: 'functions/core/decision/tunnel.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      ['the maker of a layer need not be known', "complete ? [] : [{ code: 'VENDOR_UNKNOWN' }]", '[]'],
      ['what is unread about a maker is left out', '...unsound.map(', '...unsound.slice(99).map('],
    ],
  },
  {
    file: 'functions/core/registry/path.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [['the makers of layers are not loaded', '[...ids, ...makers]', 'ids']],
  },
  {
    file: 'functions/core/rules/layers.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      ['only the outer layer is judged', 'return layers.map(', 'return layers.slice(0, 1).map('],
      ['only the inner layers are judged', 'return layers.map(', 'return layers.slice(1).map('],
      ['a layer has no share', 'shares: ALL,', 'shares: {},'],
    ],
  },
  {
    file: 'functions/core/rules/ownership.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      ['a family is one owner up', 'if (fact !== undefined) waiting.push(fact);', ''],
      ['a family has no owners in common', '[...family].some((member) => own.has(member))', 'family.has(id)'],
      ['a family is for ever', ' || !holdsAt(intervalOf(valid), at)) continue;', ') continue;'],
    ],
  },
  {
    file: 'functions/core/rules/adopted-designation-absent.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      [
        'layers may be of a designated maker',
        'evaluate, ofLayers, waivable',
        'evaluate, ofLayers: null, waivable',
      ],
    ],
  },
  {
    file: 'functions/core/rules/assessed.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      [
        'makers of layers need no assessment',
        'evaluate, ofLayers, waivable',
        'evaluate, ofLayers: null, waivable',
      ],
    ],
  },
  {
    file: 'functions/core/rules/jurisdiction.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      [
        'layers may be reached from anywhere',
        'evaluate, ofLayers, waivable',
        'evaluate, ofLayers: null, waivable',
      ],
    ],
  },
  {
    file: 'functions/core/administration/affected.ts',
    caughtBy: 'test/adversary/tunnels.test.ts',
    faults: [
      ['a maker reaches no tunnel', "['network', 'protection'], reachesAll", "['network'], reachesAll"],
    ],
  },
  {
    file: 'functions/core/registry/path.ts',
    caughtBy: 'test/adversary/paths.test.ts',
    faults: [
      ['alternates are not judged', '...route.fact.hops, ...route.fact.alternates]', '...route.fact.hops]'],
      ['a route holds at all times', 'if (!holdsAt(route.interval, at))', 'if (at < 0)'],
    ],
  },
  {
    file: 'functions/core/request.ts',
    caughtBy: 'test/adversary/slips.test.ts > what a message is part of',
    faults: [
      [
        'any word is a flow',
        'z.optional(z.enum(FLOW_WORDS))',
        'z.optional(z.pipe(id, z.transform((word) => FLOW_WORDS.find((w) => w === word) ?? FLOW_WORDS[10])))',
      ],
    ],
  },
  {
    file: 'functions/core/decision/read-request.ts',
    caughtBy: 'test/adversary/slips.test.ts > what a message is part of',
    faults: [
      [
        'nobody says which flows there are',
        "  if (field === '/message/flow') return { code: 'FLOW_INVALID', field };\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: 'test/theorems/t20-claims.test.ts > T20: a standard',
    faults: [
      [
        'a standard misspelt asks nothing',
        'standardIds(owners, request.standards ?? [])',
        'standardIds(owners, (request.standards ?? []).filter((id) => law.standards.has(id)))',
      ],
    ],
  },
  {
    file: 'functions/access/authzen-request.ts',
    caughtBy: 'test/adversary/slips.test.ts > a member of an AuthZEN question',
    faults: [
      ['other properties of a message are nobody’s', "!hasOnly('message', subject.properties)", 'false'],
      ['other properties of an action are nobody’s', "!hasOnly('action', action.properties)", 'false'],
      ['hops beside a route are nobody’s', 'if (!hasOnly(type, properties))', 'if (false)'],
    ],
  },
  {
    file: 'functions/authzen/slips.ts',
    caughtBy: 'test/adversary/slips.test.ts > a member of an AuthZEN question',
    faults: [
      ['letters may be swapped', 'slipsBetween(given, meant) <= most', 'slipsBetween(given, meant) === 0'],
      [
        'one letter more is another name',
        'Math.abs(given.length - meant.length) > most',
        'given.length !== meant.length',
      ],
      ['case and dashes make another name', "name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')", 'name'],
      ['nobody looks into what has another name', 'others.flatMap(([, v]) => namesIn(v))', '[]'],
      ['nobody looks inside of lists', 'value.flatMap(namesIn)', '[]'],
      ['names of the guard may stand anywhere', 'wordsIn([...read, ...own])', 'wordsIn(read)'],
      [
        'nobody looks inside of the parts',
        '[slipAmong(body, OF_REQUEST, own), ...inside]',
        '[slipAmong(body, OF_REQUEST, own)]',
      ],
      ['every short name is a slip', 'if (word.length < 4) return 0;', 'if (word.length < 4) return 2;'],
    ],
  },
  {
    file: 'functions/authzen/evaluations.ts',
    caughtBy: 'test/adversary/slips.test.ts > a member of an AuthZEN question',
    faults: [
      ['slips in items are ignored', 'isObject(item) ? slipIn(item, members) : undefined', 'undefined'],
    ],
  },
  {
    file: 'functions/access/search-question.ts',
    caughtBy: 'test/adversary/slips.test.ts > a search whose question is wrong',
    faults: [
      ['a standard misspelt finds nothing', "['STANDARD_UNKNOWN', 'FLOW_UNKNOWN']", "['FLOW_UNKNOWN']"],
      ['a flow unsaid finds nothing', "['STANDARD_UNKNOWN', 'FLOW_UNKNOWN']", "['STANDARD_UNKNOWN']"],
      [
        'a tunnel misspelt finds nothing',
        'if (isClaimed && claimedProtection(request, registry, at) === undefined)',
        'if (isClaimed && request === undefined)',
      ],
      ['an explanation for auditors finds nothing', "code === 'EXPLAIN_NOT_GRANTED' ||", ''],
    ],
  },
  {
    file: 'functions/access/pdp.ts',
    caughtBy: 'test/adversary/slips.test.ts > a search whose question is wrong',
    faults: [
      [
        'a marking that nobody reads may be done nothing with',
        '    readableLabel(request, options.clock());\n',
        '',
      ],
      [
        'properties of what is searched for are ignored',
        'if (Object.keys(subject.properties ?? {}).length > 0)',
        'if (false)',
      ],
    ],
  },
  {
    file: 'functions/core/request.ts',
    caughtBy: 'test/adversary/paths.test.ts',
    faults: [
      [
        'other members of a path are ignored',
        'z.strictObject({ hops: z.array(hop)',
        'z.object({ hops: z.array(hop)',
      ],
    ],
  },
  {
    file: 'functions/core/decision/read-request.ts',
    caughtBy: 'test/adversary/paths.test.ts',
    faults: [
      ['an assurance is any unknown member', "issue.keys.includes('assurance')", "issue.keys.includes('')"],
    ],
  },
  {
    file: 'functions/core/decision/decide.ts',
    caughtBy: 'test/adversary/paths.test.ts',
    faults: [['an assumed path is not told', '...(path.known && { pathAssurance: path.assurance }),', '']],
  },
  {
    file: 'functions/core/marking/us/once.ts',
    caughtBy: 'test/core/marking/document-work.test.ts',
    faults: [
      [
        'a list is reckoned for each portion',
        'if (last?.others.every((other, i) => other === others[i])) return last.result;',
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/roll-up.ts',
    caughtBy: 'test/core/marking/document-work.test.ts',
    faults: [
      [
        'a banner is looked at for each portion',
        '  return (portion, part) => {\n',
        '  return (portion, part) => {\n    new Set(whole.compartments);\n    new Set(whole.audience);\n',
      ],
    ],
  },
  {
    file: 'functions/core/marking/join.ts',
    caughtBy: 'test/core/marking/document-work.test.ts',
    faults: [
      [
        'equal lists join one by one',
        'const [first = [], ...rest] = new Set(lists);',
        'const [first = [], ...rest] = lists;',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/roll-up.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      ['a foreign owner is a source without a banner', "banner?.head.kind === 'us' && (head", '(head'],
      ['a co-owner is a source', "(head.kind === 'foreign' || head.kind === 'nato')", "head.kind !== 'us'"],
      [
        'a banner speaks for the owners of its portions',
        'ownersAmong(present.filter((marking) => !isSource',
        'ownersAmong([banner ?? present[0] ?? []].flat().filter((marking) => !isSource',
      ],
    ],
  },
  {
    file: 'functions/core/marking/read-in.ts',
    caughtBy: 'test/theorems/t19-format.test.ts',
    faults: [['ORCON-USGOV is no ORCON', '[control, taken?.get(control) ?? control]', '[control]']],
  },
  {
    file: 'functions/core/marking/us/roll-up.ts',
    caughtBy: 'test/core/marking/us/document.test.ts',
    faults: [
      ['a banner says ORCON by ORCON-USGOV', 'new Set(controlsOf(banner))', 'new Set(whole.controls)'],
    ],
  },
  {
    file: 'functions/core/marking/read-in.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      ['NATO as an owner needs no read-in', "owners.includes('NATO') ||", ''],
      ['NATO as a source needs no read-in', "fgi.includes('NATO') ||", ''],
      ['ATOMAL needs no NATO read-in', 'NATO_CATEGORIES.has(node) ||', ''],
      [
        'a British label of NATO information needs no read-in',
        "inside && frame !== 'NATO'",
        "inside && frame === 'US'",
      ],
      [
        'what a leaf takes need not be among what is carried',
        '}).every((each) =>',
        '}).some((each) =>',
        'test/core/administration/asked.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/marking/label.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [['a frame has no owner', '...system]', ']']],
  },
  {
    file: 'functions/core/marking/reading-dates.ts',
    caughtBy: 'test/core/marking/reading-dates.test.ts',
    faults: [
      ['looking ahead has no bound', 'count * size > MOST_READ_AHEAD ? 0 : count', 'count'],
      ['what is too much to look at never reads otherwise', 'return later[0];', 'return undefined;'],
      ['an object is small', 'JSON.stringify(input).length', '1'],
      [
        'a banner is read for one portion',
        'Math.min(portions.length, MAX_PORTIONS) * banner.length',
        'banner.length',
        'test/adversary/work.test.ts',
      ],
      [
        'the text of a document is no document',
        "input.trimStart().startsWith('{')",
        "input.trimStart().startsWith('}')",
        'test/adversary/work.test.ts',
      ],
      [
        'a text behind a blank is no document',
        "input.trimStart().startsWith('{')",
        "input.startsWith('{')",
        'test/adversary/work.test.ts',
      ],
    ],
  },
  {
    file: 'functions/access/work.ts',
    caughtBy: 'test/adversary/work.test.ts',
    faults: [
      [
        'what a banner says for each portion is no work',
        'Math.floor(sizeOf(marking).repeated / BYTES_PER_STEP)',
        '0 * sizeOf(marking).repeated',
      ],
      ['readings of a batch are no work', 'return reading + steps(', 'return steps('],
      [
        'readings of a comparison are no work',
        'message.protection), reading);',
        'message.protection), 0 * reading);',
      ],
      [
        'a long marking is read like a short one',
        '(1 + Math.floor(size / BYTES_PER_STEP))',
        '(1 + 0 * size)',
      ],
    ],
  },
  {
    file: 'functions/core/marking/label.ts',
    caughtBy: 'test/adversary/made-labels.test.ts',
    faults: [
      [
        'a label that nobody read takes no read-in',
        'readIns({ frame, owners, fgi, compartments })',
        'compartments',
      ],
    ],
  },
  {
    file: 'functions/core/decision/highest.ts',
    caughtBy: 'test/adversary/made-labels.test.ts',
    faults: [
      ['the most a path carries has no read-in', 'const full = labelFrom({', 'const full: Label = ({'],
      [
        'the most a path carries is never complete',
        'completeAmong(frame, common(extents.map((e) => e.compartments)))',
        'common(extents.map((e) => e.compartments))',
        'test/core/decision/highest.test.ts',
      ],
      [
        'the Alliance’s own information is for itself, as if it were a nation',
        'ownerAudience(owner, on)',
        '[owner]',
        'test/core/decision/highest.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/marking-profiles.ts',
    caughtBy: 'test/adversary/made-labels.test.ts',
    faults: [
      [
        'a marking asked about has no read-in',
        'const label = labelFrom({ frame, level, ...caveats, owners, markedBy, audience });',
        'const label: Label = { frame, level, ...caveats, owners, markedBy, audience, fgi: [], displayOnly: [] };',
      ],
    ],
  },
  {
    file: 'functions/core/administration/most-carried.ts',
    caughtBy: 'test/core/administration/asked.test.ts',
    faults: [
      ['what is carried with no read-in of its own is asked about', 'completeAmong(frame, read)', 'read'],
    ],
  },
  {
    file: 'functions/board/profiles.ts',
    caughtBy: 'test/adversary/made-labels.test.ts',
    faults: [
      [
        "a marking with its owner's read-in is not plain",
        'label.compartments.join() === bare.compartments.join()',
        "label.compartments.join() === ''",
      ],
    ],
  },
  {
    file: 'functions/core/marking/ism/ism.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      [
        'a concealed NATO source needs no read-in',
        "attributes.tokens('highWaterNATO').length > 0 ? ['NATO'] : []",
        '[] as string[]',
      ],
      ['CUI-only without CUI is unclassified', "attributes.cuiOnly ? report('CUI_ONLY', 0) :", ''],
      [
        'a document under the rules of CUI without a category is none',
        "complies(attributes, 'USA-CUI', 'USA-CUI-ONLY') && marking",
        'cui.categories.length + cui.controls.length > 0 && marking',
      ],
    ],
  },
  {
    file: 'functions/core/marking/scheme.ts',
    caughtBy: 'test/theorems/t19-nation.test.ts',
    faults: [
      ['a caveat with two effects has one', "|| (c.effect === 'audience' && c.also === 'control')", ''],
    ],
  },
  {
    file: 'functions/core/marking/schemes/aus.json',
    caughtBy: 'test/theorems/t19-nation.test.ts',
    faults: [['AGAO is an audience alone', '"also": "control",', '']],
  },
  {
    file: 'functions/core/marking/scheme-format.ts',
    caughtBy: 'test/core/marking/schemes.test.ts',
    faults: [
      ['a second effect nobody knows', "oneOf(caveat['also'], ['control'], `${path}.also`);", ''],
      [
        'a second effect of a control',
        'if (effect !== \'audience\') fail(`${path}.also`, `not used with "${effect}"`);',
        '',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/cui-register.ts',
    caughtBy: 'test/theorems/t19-nation.test.ts',
    faults: [['a list widens what stays federal', "listed.filter((code) => code === 'USA')", 'listed']],
  },
  {
    file: 'functions/core/marking/ism/marking.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      [
        'a control named like a member of every object',
        '!LIST_TOKENS.has(token)',
        '!(token in Object.fromEntries(LIST_TOKENS))',
      ],
      [
        'the authority is part of a programme',
        "const [name = '', ...compartments] = identifier.split('-');",
        "const [name = '', ...compartments] = [token.slice(4)];",
      ],
    ],
  },
  {
    file: 'functions/core/marking/ism/attributes.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      [
        'an estimate is as good as a marking',
        "informing.get('hasApproximateMarkings') === 'true'",
        "informing.get('hasApproximateMarkings') === 'yes'",
      ],
      [
        'CUI-only may be classified',
        'if (deciding.has(name) === cuiOnly)',
        'if (!deciding.has(name) && !cuiOnly)',
      ],
    ],
  },
  {
    file: 'functions/core/marking/us/combinations.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      ['LES-NF beside NF is fine in ISM', "this.#ism ? 'CAVEAT_EXCLUDED' : 'SUPERSEDED'", "'SUPERSEDED'"],
    ],
  },
  {
    file: 'functions/core/marking/xml.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      [
        'any encoding is read as UTF-8',
        "|| (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8')",
        '',
      ],
      ['XML 1.1 is read as 1.0', "version !== '1.0' ||", ''],
    ],
  },
  {
    file: 'functions/core/marking/xml.ts',
    caughtBy: 'test/core/marking/xml.test.ts',
    faults: [
      ['a document type', "if (sign === '!' || sign === '?') forbidden();", "if (sign === '?') forbidden();"],
      ['an end of another', 'if (reading.open.at(-1)?.written !== written) malformed();', ''],
      ['a second root', 'if (root !== undefined) malformed();', ''],
      [
        'a document that does not end',
        'root === undefined || reading.open.length > 0 || end !== -1',
        'root === undefined',
      ],
      [
        'what is behind a character that is none',
        'reading.open.length > 0 || end !== -1',
        'reading.open.length > 0',
      ],
      ['text around the root', '/[^ \\t\\n]/.test(text)', 'false'],
      [
        'an attribute twice',
        'if (new Set(named.map(({ uri: of, name }) => JSON.stringify([of, name]))).size < named.length) malformed();',
        '',
      ],
      ['any prefix', 'return prefixes.get(prefix) ?? malformed();', "return prefixes.get(prefix) ?? '';"],
      ['a prefix for what XML keeps for itself', "uri === XMLNS || declared === 'xmlns'", 'false'],
      ['another xml', "(declared === 'xml') !== (uri === XML) || ", ''],
      ['a prefix of nothing', " || (declared !== '' && uri === '')", ''],
      [
        'attributes are of the element’s namespace',
        "uri: own === '' ? '' : uriOf(own, prefixes)",
        "uri: own === '' ? uri : uriOf(own, prefixes)",
      ],
      ['a level more', 'if (open.length >= MAX_DEPTH ||', 'if (open.length > MAX_DEPTH ||'],
      ['an element more', 'reading.elements > MAX_ELEMENTS', 'reading.elements > MAX_ELEMENTS + 1'],
      ['a tag within a value', '(?:"([^"<]*)"', '(?:"([^"]*)"'],
    ],
  },
  {
    file: 'functions/core/marking/reading-dates.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      ['memberships end without notice', '...each.members.flatMap(changesOf)', ''],
      [
        'schemes come without notice',
        '...Object.values(SCHEMES).flatMap(({ inForce }) => changesOf(inForce)),',
        '',
      ],
      ['a last day counts as the first day after', 'Date.parse(last) + DAY_MS', 'Date.parse(last)'],
    ],
  },
  {
    file: 'functions/core/decision/boundaries.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      ['an answer outlives the reading of its marking', '  if (labelUntil !== null) meet(labelUntil);\n', ''],
    ],
  },
  {
    file: 'functions/core/registry/input.ts',
    caughtBy: 'test/adversary/markings-over-time.test.ts',
    faults: [
      [
        'a decision forgets when a reading ends',
        '...from, label, labelUntil }',
        '...from, label, labelUntil: null }',
      ],
    ],
  },
  {
    file: 'functions/explain/explain.ts',
    caughtBy: 'test/adversary/markings-over-time.test.ts',
    faults: [
      [
        'the outlook reads a marking once',
        'labelOf(request.message, later)',
        'labelOf(request.message, input.at)',
      ],
    ],
  },
  {
    file: 'functions/core/facts/moment.ts',
    caughtBy: 'test/core/facts/zones.test.ts',
    faults: [
      [
        'a day without a midnight begins before it',
        'if (written + offsetAt(written, zone) === midnight) return written;',
        'return written;',
      ],
      [
        'a day with two midnights begins at the second',
        'offsetAt(midnight - DAY_MS',
        'offsetAt(midnight + DAY_MS',
      ],
      ['a day begins with the next', 'dayOf(middle, zone) >= day', 'dayOf(middle, zone) > day'],
    ],
  },
  {
    file: 'functions/core/administration/speakers.ts',
    caughtBy: 'test/adversary/nations.test.ts',
    faults: [
      [
        'the registrar inherits what lapsed',
        'if (speaking.length === 0) return successorsOf(ever);',
        'if (speaking.length === 0) return [REGISTRAR];',
      ],
      ['one lapsed authority names the heir of all', 'others.every((ids) => ids.includes(id))', 'true'],
      ['an authority nobody can read spoke for nobody', '!== false);', '=== true);'],
      [
        'an unsound authority names its heir',
        "reading.sound && reading.fact.kind === 'authority' ? (reading.fact.succession ?? []) : []",
        "(member(raw, 'succession') ?? []) as string[]",
      ],
      ['a nation may be let fall', 'after === undefined || left.includes(n)', 'true'],
    ],
  },
  {
    file: 'infra/http-api.ts',
    caughtBy: 'test/adversary/policies.test.ts',
    faults: [
      [
        'the private API allows everybody in the account',
        '        new iam.PolicyStatement({\n          effect: iam.Effect.DENY,',
        '        new iam.PolicyStatement({\n          effect: iam.Effect.ALLOW,',
      ],
    ],
  },
  {
    file: 'functions/core/decision/hypothetical.ts',
    caughtBy: 'test/adversary/hypothetical.test.ts',
    faults: [
      ['another time can be acted on', "at: 'always'", "at: 'never'"],
      ['an exact version can be acted on', "registry: 'exact'", "registry: 'never'"],
      ['whatever was published since can be acted on', "registry: 'exact'", "registry: 'always'"],
      [
        'a result stands on top',
        '{ ...nothing, hypothetical: result }',
        '{ ...result, hypothetical: result }',
      ],
    ],
  },
  {
    file: 'functions/core/decision/answer.ts',
    caughtBy: 'test/adversary/hypothetical.test.ts',
    faults: [
      [
        'a hypothetical outcome stands on top',
        '...setApart(hypothetical, result, NOTHING_ABOUT_NOW),',
        '...setApart(hypothetical, result, { ...NOTHING_ABOUT_NOW, outcome: result.outcome }),',
      ],
      [
        'a hypothetical refusal stands on top',
        '...setApart<Result>(envelope.hypothetical, refused, NOTHING_ABOUT_NOW),',
        '...refused,',
      ],
      [
        'codes say everything of a requested standard',
        'full ? core : withoutEquipment(core)',
        'core',
        'test/adversary/equipment.test.ts',
      ],
    ],
  },
  {
    file: 'functions/access/best-path.ts',
    caughtBy: 'test/adversary/equipment.test.ts',
    faults: [
      [
        'repairs say everything of a requested standard',
        'repairsOf(input, (d) => withoutEquipment(d).reasons)',
        'repairsOf(input)',
      ],
      [
        'dates of a requested standard',
        'const { validUntil } = withoutEquipment(decision);',
        'const { validUntil } = decision;',
      ],
      [
        'paths are judged, however many',
        'if (steps > MAX_STEPS)',
        'if (steps > 64 * MAX_STEPS)',
        'test/adversary/work.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/decision/requested.ts',
    caughtBy: 'test/core/decision/requested.test.ts',
    faults: [
      ['its reasons are told', 'decision.reasons.filter(isOthers)', 'decision.reasons'],
      ['its notes are told', 'decision.notes.filter(isOthers)', 'decision.notes'],
      ['its waivers are told', '!decision.waiversByRequest.includes(key)', 'key !== ""'],
      ['its dates are told', 'validUntil: null', 'validUntil: decision.validUntil'],
      [
        'whose equipment is unverified is counted',
        'decision.unverified.filter(isOfLaw)',
        'decision.unverified',
      ],
      ['nothing is told', 'return code === undefined ? [] :', 'return true ? [] :'],
      ['what is only the law is not told', 'return ofLaw ??', 'return'],
    ],
  },
  {
    file: 'functions/core/decision/judge-basis.ts',
    caughtBy: 'test/core/decision/requested.test.ts',
    faults: [
      [
        'waivers of requested standards are anybody’s',
        'waiversByRequest: waiversOf(asked).filter((key) => !waiversOf(mandated).includes(key))',
        'waiversByRequest: waiversOf(mandated)',
      ],
    ],
  },
  {
    file: 'functions/decide/direct.ts',
    caughtBy: 'test/adversary/direct.test.ts',
    faults: [
      [
        'the object form is read',
        'text === undefined ? guard.notText(trace)',
        'text === undefined ? await guard.decideValue(event, trace)',
      ],
      ['members beside the text are ignored', ' && others.length === 0', ''],
      ['any member is the request', "name === 'request' && ", ''],
      [
        'an inherited text is read',
        'Object.entries(event)',
        'Object.entries({ request: (event as { request?: unknown }).request })',
      ],
    ],
  },
  {
    file: 'functions/authzen/work.ts',
    caughtBy: 'test/adversary/work.test.ts',
    faults: [
      ['work without a limit', '!(steps <= maxSteps)', 'steps < 0'],
      ['reading is no work', 'Math.floor(bytes / BYTES_PER_STEP) + ', ''],
      ['looking for slips is no work', 'bytesElsewhere(question)', '0'],
      ['looking for slips around a batch is no work', 'bytesElsewhere(body)', '0'],
      ['what comes later is not read', 'return size;', 'return sizes.size > 4 ? 0 : size;'],
      ['judging is no work', ' + stepsOf(question)', ''],
    ],
  },
  {
    file: 'functions/authzen/calls.ts',
    caughtBy: 'test/adversary/work.test.ts',
    faults: [
      [
        'an evaluation of any size',
        'const evaluation: Prepare = (body, _caller, { work, members }) => {\n  boundWork([body], work);',
        'const evaluation: Prepare = (body, _caller, { members }) => {',
      ],
    ],
  },
  {
    file: 'functions/access/work.ts',
    caughtBy: 'test/adversary/work.test.ts',
    faults: [
      ['hops are no work', 'Math.max(1, hops)', '1'],
      ['standards are no work', '(1 + lengthOf(standards, MAX_STANDARDS))', '1'],
      ['two bases are one', 'undefined ? 1 : 2', 'undefined ? 1 : 1'],
      ['a route is one hop', ': MAX_HOPS;', ': 1;'],
      ['hops nobody would read count', 'Math.min(list.length, most)', 'list.length'],
    ],
  },
  {
    file: 'functions/authzen/api-gateway.ts',
    caughtBy: 'test/adversary/work.test.ts',
    faults: [
      ['an answer of any size', 'isTooLarge(response.body)', 'false'],
      ['the size of a body by its letters', 'Buffer.byteLength(JSON.stringify(body))', 'body.length'],
    ],
  },
  {
    file: 'biome.json',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      [
        'names from outside may be looked up with `in`',
        '"plugins": ["./lint/no-in-with-a-name.grit"]',
        '"plugins": []',
      ],
    ],
  },
  {
    file: 'functions/core/administration/silence.ts',
    caughtBy: 'test/core/administration/silence.test.ts',
    faults: [
      ['the day after the last is not silent', 'from <= until', 'from < until'],
      [
        'one that cannot be read speaks',
        'if (reading.sound) intervals.push(reading.interval);',
        'intervals.push(reading.sound ? reading.interval : { from: at, to: until + 1 });',
      ],
      [
        'what cannot be read never began',
        '!reading.sound || reading.interval.from <= at',
        'reading.sound && reading.interval.from <= at',
      ],
      ['what has yet to begin has begun', '!reading.sound || reading.interval.from <= at', 'true'],
      ['a second authority is not looked at', 'if (next === end) return end;', 'return next;'],
      ['by name alone', 'a.from - b.from || (a.nation < b.nation ? -1 : 1)', 'a.nation < b.nation ? -1 : 1'],
    ],
  },
  {
    file: 'functions/store/store-error.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['an old HEAD does not page', "    code === 'HEAD_BELOW_FLOOR' ||\n", ''],
      ['a HEAD told to nobody does not page', "    code === 'HEAD_UNACKNOWLEDGED' ||\n", ''],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      [
        'a nation silent in a week is told in a month',
        'NationsSilentIn7Days: silent(7)',
        'NationsSilentIn7Days: silent(30)',
      ],
      ['the last instant is not told', 's.from <= at + days * DAY_MS', 's.from < at + days * DAY_MS'],
    ],
  },
  {
    file: 'functions/watch/readings.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [['a quarter is a month', '90 * DAY_MS', '30 * DAY_MS']],
  },
  {
    file: 'functions/store/floor.ts',
    caughtBy: 'test/store/floor.test.ts',
    faults: [
      [
        'a registry without a floor opens',
        'if (floor === null || floor.table !== table) return',
        'if (floor !== null && floor.table !== table) return',
      ],
      ['a floor from a backup counts', ' || floor.table !== table', ''],
      ['an older HEAD opens', "if (comparePlaces(head.commit, floor) < 0) return 'HEAD_BELOW_FLOOR';", ''],
      ['an older epoch opens', 'a.epoch - b.epoch || a.version - b.version', 'a.version - b.version'],
      [
        'HEAD beside the floor opens',
        "digest === floor.digest ? 'HEAD_UNACKNOWLEDGED' : 'HEAD_BELOW_FLOOR'",
        'null',
      ],
      [
        'HEAD above the floor opens',
        "? 'HEAD_UNACKNOWLEDGED' : 'HEAD_BELOW_FLOOR'",
        "? null : 'HEAD_BELOW_FLOOR'",
      ],
      [
        'a later epoch opens',
        "if (head.commit.epoch > floor.epoch) return 'HEAD_UNACKNOWLEDGED';",
        'if (head.commit.epoch > floor.epoch) return null;',
      ],
      [
        'the floor’s commit in another place',
        "  if (comparePlaces(head.commit, floor) < 0) return 'HEAD_BELOW_FLOOR';\n  if (head.digest === floor.digest) return null;\n",
        "  if (head.digest === floor.digest) return null;\n  if (comparePlaces(head.commit, floor) < 0) return 'HEAD_BELOW_FLOOR';\n",
        'test/adversary/past-state.test.ts',
      ],
      [
        'nobody waits for a publication under way',
        "if (problem !== 'HEAD_UNACKNOWLEDGED') return problem;",
        'if (problem !== undefined) return problem;',
      ],
      ['a garbled place', '/^(\\d{10})\\.(\\d{10})$/', '/(\\d+)\\.(\\d+)/'],
    ],
  },
  {
    file: 'functions/store/floor-rows.ts',
    caughtBy: 'test/store/floor.test.ts',
    faults: [
      [
        'the oldest row is the floor',
        'ScanIndexForward: false',
        'ScanIndexForward: true',
        'test/store/registry-reader.test.ts',
      ],
      [
        'the floor may be stale',
        'ConsistentRead: true',
        'ConsistentRead: false',
        'test/store/registry-reader.test.ts',
      ],
      [
        'what stands beyond a page does not count',
        'query.Limit === undefined && next',
        'query.Limit !== undefined && next',
      ],
      ['a keyring counts before it was acknowledged', '!(since > version)', 'since >= 0'],
      ['a keyring counts where nobody says since when', '({ since = 0 })', '({ since = version + 1 })'],
    ],
  },
  {
    file: 'functions/store/table-id.ts',
    caughtBy: 'test/store/table-id.test.ts',
    faults: [
      ['a table is for ever what it was', 'last === undefined || !isSame || ', 'last === undefined || '],
      ['a table that is another is not asked which', ' || (said !== undefined && said !== last.id)', ''],
      ['a clock that went back asks nothing', 'last.at <= at && at - last.at', 'at - last.at'],
    ],
  },
  {
    file: 'functions/store/floored-head.ts',
    caughtBy: 'test/store/floor.test.ts',
    faults: [
      [
        'a HEAD that is gone is a beginning',
        "floor.row === null ? 'HEAD_MISSING' : 'HEAD_BELOW_FLOOR'",
        "'HEAD_MISSING'",
      ],
      ['one look for ever', 'startedAt - last.at < floorForMs', 'floorForMs > 0'],
      ['one look for a clock that went back', 'last.at <= startedAt && ', ''],
      ['one look for every HEAD', 'found?.digest === last.digest', 'found !== undefined'],
      ['a lease starts after the look it rests on', 'readStartedAt: last.at', 'readStartedAt: startedAt'],
      ['an overtaken read is held', 'head = await readCopy(0);', ''],
      [
        'the floor says nothing',
        'const look = () => floorProblem(at, floor.row, floor.id, loader.within(context));',
        'const look = async () => null;',
        'test/theorems/past.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/raise-floor.ts',
    caughtBy: 'test/store/floor.test.ts',
    faults: [
      ['another history takes the place', 'row.digest === digest && ', ''],
      [
        'a backup takes the place',
        "if (there?.table !== row.table) throw new StoreError('FLOOR_MISSING');",
        'if (there === null) return;',
      ],
      ['one try', 'attempts: 5', 'attempts: 1'],
      [
        'a beginning takes no place',
        '          await takePlace(insert, floor, place, ours, objects, context);\n',
        '          void place;\n',
        'test/adversary/beginnings.test.ts',
      ],
      ['approvals are forgotten', "    ['APPROVAL', floor],\n", ''],
      ['keyrings are forgotten', "    ['KEYRING', links],\n", ''],
      [
        'rows of others are in no way',
        'there === null || isSameRow(there, row)',
        'true',
        'test/store/openable.test.ts',
      ],
      [
        'who gave way takes from others',
        'if (own !== null && own.digest !== ours.digest) throw error;',
        '',
        'test/store/restores.test.ts',
      ],
      ['a keyring is acknowledged for later versions only', '!((row.since ?? 0) > since)', 'true'],
    ],
  },
  {
    file: 'functions/store/publisher.ts',
    caughtBy: 'test/theorems/past.test.ts',
    faults: [
      ['acknowledged before the floor is raised', '    await floor.raise(ours, objects, context, id);\n', ''],
      [
        'a second beginning',
        'if (ours.commit.ancestors.length === 0) await demandBeginning(ours, work);',
        '',
        'test/adversary/past-state.test.ts',
      ],
      [
        'a stop waits for what is in its way',
        'if (!ALONE.has(ours.commit.kind)) await demandOpening',
        'await demandOpening',
        'test/store/openable.test.ts',
      ],
      [
        'HEAD moves where nobody can follow',
        'if (!ALONE.has(ours.commit.kind)) await demandOpening',
        'if (ALONE.has(ours.commit.kind)) await demandOpening',
        'test/store/openable.test.ts',
      ],
      [
        'what is signed is not judged before it is published',
        '      if (ours.commit.confirmed) await judge.judge(ours, objects, context, false);\n',
        '',
        'test/store/openable.test.ts',
      ],
      [
        'a restore begins an epoch that was',
        'floorEpoch: await highestEpoch(),',
        'floorEpoch: (await highestEpoch()) * 0,',
        'test/store/integrity.test.ts',
      ],
    ],
  },
  {
    file: 'functions/registry/act-alone.ts',
    caughtBy: 'test/registry/first-and-worst-day.test.ts',
    faults: [['told so, without the floor', '      await context.publisher.acknowledge(head);\n', '']],
  },
  {
    file: 'functions/store/carried-stops.ts',
    caughtBy: 'test/registry/confirm.test.ts',
    faults: [
      ['what a stop did is not looked at', ' || !changes.every(onlyRestricts)) throw', ') throw'],
      [
        'what decisions read may say anything',
        "if (!(await createLayoutJudge('refused')({ source: objects, root, parent, changes }))) throw refused;",
        '',
      ],
    ],
  },
  {
    file: 'functions/store/lineage.ts',
    caughtBy: 'test/registry/confirm.test.ts',
    faults: [['stops are confirmed unseen', 'await demandSoundStops(founders, from, head, objects);', '']],
  },
  {
    file: 'functions/registry/confirm.ts',
    caughtBy: 'test/registry/confirm.test.ts',
    faults: [
      [
        'what nobody could confirm is signed',
        'await demandConfirmable(context, head, begins.floor, call.signal)',
        'null',
      ],
      [
        'whoever has lapsed signs',
        '.filter(({ signed: kept }) => areKnown([kept.key], speaking, now, context.founders))',
        '',
      ],
    ],
  },
  {
    file: 'functions/store/history-verify.ts',
    caughtBy: 'test/store/history-audit.test.ts',
    faults: [
      [
        'HEAD is not held against the floor',
        'else if (!(await isAtFloor())) problem',
        'else if (false) problem',
      ],
      [
        'what nobody may decide on is sound',
        '    if (!isOpened) problem(',
        '    if (!isOpened && held) problem(',
      ],
      [
        'a HEAD that came back is not held',
        'found.commit.confirmed && found.commit.home',
        'found.commit.home',
        'test/store/restores.test.ts > an audit',
      ],
      [
        'a HEAD of other tables is not held',
        '(found.commit.confirmed && found.commit.home === homeOf(tables.state))',
        'found.commit.confirmed',
        'test/store/restores.test.ts > an audit',
      ],
      [
        'no version is held against the floor',
        'return row === null || row.digest === at.digest;',
        'return true;',
      ],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['the outlook takes as long as it takes', 'options.elapsed() - begun < OUTLOOK_UNTIL_MS', 'begun >= 0'],
      ['HEAD moves by its own word alone', ' || (seen !== undefined && seen !== registry.digest)', ''],
      ['what is held does not page', 'HeadBelowFloor: snapshot.held === null ? 0 : 1', 'HeadBelowFloor: 0'],
      [
        'a HEAD that is gone does not page',
        '...(held ? FOUND_BELOW : { WatchFailures: 1 })',
        'WatchFailures: 1',
      ],
      [
        'a HEAD that is gone pages twice',
        '{ WatchFailures: 0, HeadBelowFloor: 1, ',
        '{ WatchFailures: 1, HeadBelowFloor: 1, ',
      ],
    ],
  },
  {
    file: 'functions/store/history-verify.ts',
    caughtBy: 'test/adversary/history.test.ts > is not hidden',
    faults: [
      [
        'what is missing is nobody’s, where contents are left out',
        'contents ? createFindings(client, tables.objects, context).load : load',
        'createFindings(client, tables.objects, context).load',
      ],
    ],
  },
  {
    file: 'functions/store/audit-findings.ts',
    caughtBy: 'test/adversary/history.test.ts > is not hidden',
    faults: [['a tombstone hides anything', '(await isConsented(digest, item, version))', 'true']],
  },
  {
    file: 'functions/store/audit-approvals.ts',
    caughtBy: 'test/adversary/history.test.ts > beside facts',
    faults: [
      ['what decisions read need not follow', 'flaw === null ? problems : [...problems, flaw]', 'problems'],
    ],
  },
  {
    file: 'functions/store/audit-layout.ts',
    caughtBy: 'test/adversary/history.test.ts > a first version',
    faults: [
      [
        'a first version is laid out anyhow',
        'return (await stageApplied(',
        'return parent === null || (await stageApplied(',
      ],
    ],
  },
  {
    file: 'functions/watch/audit.ts',
    caughtBy: 'test/adversary/history.test.ts > the watch',
    faults: [
      ['one look is all', 'if (cursor !== null && clock() < endsAt) {', 'if (cursor === undefined) {'],
      [
        'what was found before is forgotten',
        'merged(before?.problems ?? [], report.problems)',
        'isReached ? merged(before.problems, report.problems) : report.problems',
      ],
      [
        'what is known goes on under whatever comes back',
        'known?.head.commit.epoch === epoch && known.head.commit.version < version',
        'known !== undefined',
      ],
      ['HEAD goes on from anywhere', 'named: [...digests]', 'named: [...digests].slice(-1)'],
      ['nothing is left to look at', 'unaudited: known.cursor?.version ?? 0', 'unaudited: 0'],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: 'test/watch/watch.test.ts > what the audit found',
    faults: [
      ['what the audit finds does not page', 'HistoryProblems: problems.length', 'HistoryProblems: 0'],
      [
        'a HEAD that does not load hides what was found',
        '(held ? FOUND_BELOW : { WatchFailures: 1 }), ...history }',
        '(held ? FOUND_BELOW : { WatchFailures: 1 }) }',
      ],
    ],
  },
  {
    file: 'functions/store/proven-people.ts',
    caughtBy: 'test/registry/confirm.test.ts',
    faults: [
      [
        'who speaks is what facts say',
        'peopleDigest(authorities) !== peopleDigest(judged.value.now)',
        'authorities.size === 0',
      ],
    ],
  },
  {
    file: 'cli/registry/computed.ts',
    caughtBy: 'test/adversary/signers.test.ts',
    faults: [
      [
        'any root is what it comes to',
        'const differing = (Object.keys(said) as (keyof R)[])',
        "const differing = (Object.keys(said) as (keyof R)[]).filter((name) => name !== 'root')",
      ],
      [
        'any people are who result',
        'const differing = (Object.keys(said) as (keyof R)[])',
        "const differing = (Object.keys(said) as (keyof R)[]).filter((name) => name !== 'people')",
      ],
      ['any epoch is the next', 'epoch: begins.epoch, floor', 'epoch, floor'],
      [
        'a first version takes the registry’s word',
        'if (base !== null && tables === undefined) return false;',
        'if (tables === undefined) return false;',
      ],
      [
        'a first version on top of another',
        'if (tables !== undefined && base === null) await demandNothing(tables);',
        '',
      ],
      ['any base will do', '  if (!isAt(head, base)) {', '  if (head.version < 1) {'],
      ['a base under any number', 'head.version === version && head.digest', 'version > 0 && head.digest'],
      ['what was put back is built on', 'acceptUnconfirmed = false', 'acceptUnconfirmed = true'],
      [
        'whatever one person published is built on',
        '  await demandSound(tables, head, await signedIn(head));\n',
        '',
      ],
      [
        'whatever came back is confirmed',
        '    await demandSound(tables, head, (await signedIn(head)) - 1);\n',
        '',
      ],
      [
        'nobody looks at what people signed of it',
        'head, (await signedIn(head)) - 1)',
        'head, await signedIn(head))',
      ],
      [
        'another version came back',
        '    if (!isAt(head, base)) throw untrue(',
        '    if (head.version < 1) throw untrue(',
      ],
      [
        'signatures for any registry',
        'if (tables !== undefined && registry !== homeOf(tables.tables.state))',
        "if (tables !== undefined && registry === '' && homeOf(tables.tables.state) === '')",
      ],
    ],
  },
  {
    file: 'cli/registry/tables.ts',
    caughtBy: 'test/cli/computed.test.ts',
    faults: [
      [
        'half of what it takes is nothing',
        'if (!names && !founders && !commits) return undefined;',
        'if (!names || !founders || !commits) return undefined;',
      ],
      ['the environment names no tables', 'options.tables ?? namesIn(env)', 'options.tables'],
    ],
  },
  {
    file: 'cli/registry/change-commands.ts',
    caughtBy: 'test/cli/computed.test.ts',
    faults: [
      [
        'a signature says it was computed',
        '{ ...json, computed: review.computed }',
        '{ ...json, computed: true }',
        'test/cli/registry.test.ts > sign',
      ],
      [
        'who approves computes nothing',
        'reviewOf(registry, id, { tables, reader: signer.key, all: true });\n          ({',
        'reviewOf(registry, id, { tables: undefined, reader: signer.key, all: true });\n          ({',
      ],
    ],
  },
  {
    file: 'cli/registry/computed.ts',
    caughtBy: 'test/cli/computed.test.ts',
    faults: [
      ['what flips is the registry’s word', 'if (!flipsAlike(applied, shown.simulation))', 'if (false)'],
    ],
  },
  {
    file: 'cli/registry/seen.ts',
    caughtBy: 'test/cli/registry.test.ts > sign',
    faults: [['the registry’s word, unsaid', 'if (!computed) progress(NOT_COMPUTED);', '']],
  },
  {
    file: 'cli/registry/stop-commands.ts',
    caughtBy: 'test/cli/registry.test.ts > confirm',
    faults: [
      [
        'the registry’s word is confirmed, unsaid',
        'for (const line of confirmationInWords(statement, computed)) progress(line);',
        '',
      ],
    ],
  },
  {
    file: 'cli/registry/verify-offline.ts',
    caughtBy: 'test/cli/verify-offline.test.ts',
    faults: [
      [
        'a guard is asked besides',
        'if ((options.url ?? options.function ?? options.as) !== undefined)',
        'if (false)',
      ],
      [
        'a database that says no is a crash',
        'if (!(error instanceof StoreError)) throw error;',
        'throw error;',
      ],
    ],
  },
  {
    file: 'cli/registry/history-commands.ts',
    caughtBy: 'test/cli/verify-offline.test.ts',
    faults: [
      ['offline asks the guard', 'if (options.offline === true) {', 'if (options.offline === undefined) {'],
    ],
  },
  {
    file: 'functions/board/board.ts',
    caughtBy: 'test/board/board.test.ts',
    faults: [
      [
        'a question is drawn as if nothing held',
        '${alert(registry.index.facts)}${await asked',
        '${subjectOf(event) === undefined ? alert(registry.index.facts) : NOTHING}${await asked',
      ],
    ],
  },
  {
    file: 'infra/keys.ts',
    caughtBy: 'test/infra/stages.test.ts > has these tables and keys',
    faults: [
      [
        'anybody may be granted the key of data',
        '    key.addToResourcePolicy(grantsForServicesAlone());\n',
        '',
      ],
      ['anybody may be granted the key that signs', '          grantsForServicesAlone(),\n', ''],
      [
        'grants are allowed',
        'effect: iam.Effect.DENY,\n    principals',
        'effect: iam.Effect.ALLOW,\n    principals',
      ],
    ],
  },
  {
    file: 'infra/keys.ts',
    caughtBy: 'test/infra/stages.test.ts > under AWS Control Tower',
    faults: [['a grant by whoever says nothing of services', "'aws:PrincipalIsAWSService': 'false', ", '']],
  },
  {
    file: 'infra/http-api.ts',
    caughtBy: 'test/infra/stages.test.ts > under AWS Control Tower',
    faults: [['the door is not traced', '        tracingEnabled: true,\n', '']],
  },
  {
    file: 'infra/stage-props.ts',
    caughtBy: 'test/infra/stages.test.ts > under AWS Control Tower',
    faults: [
      [
        'flows are forgotten in a quarter',
        'retention: logs.RetentionDays.ONE_YEAR',
        'retention: logs.RetentionDays.THREE_MONTHS',
      ],
    ],
  },
  {
    file: 'infra/tables.ts',
    caughtBy: 'test/infra/stages.test.ts > keeps what it must keep',
    faults: [
      [
        'a rollback that cannot delete what is protected',
        '      removalPolicy: RemovalPolicy.RETAIN,',
        '      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,',
      ],
    ],
  },
  {
    file: 'infra/tables.ts',
    caughtBy: 'test/infra/stages.test.ts',
    faults: [
      [
        'anybody moves HEAD',
        "statements: [denied('HeadIsNotWrittenAnotherWay', UNUSED), headDenied],",
        "statements: [denied('HeadIsNotWrittenAnotherWay', UNUSED)],",
      ],
      ['HEAD is moved by PartiQL', "denied('HeadIsNotWrittenAnotherWay', UNUSED), ", ''],
      ['the floor shrinks', "denied('TheFloorOnlyGrows', [...OVERWRITES, REPLACE]), ", ''],
      ['anybody raises the floor', '[...OVERWRITES, REPLACE]), growthDenied]', '[...OVERWRITES, REPLACE])]'],
      [
        'nobody is left out',
        "statement.addCondition('ArnNotEquals', { 'aws:PrincipalArn': roles });",
        'statement.freeze();',
      ],
    ],
  },
  {
    file: 'infra/guard-network.ts',
    caughtBy: 'test/infra/stages.test.ts',
    faults: [['no process in the VPC knows its floor', "          'dynamodb:DescribeTable',\n", '']],
  },
  {
    file: 'functions/core/marking/structured.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      [
        'whoever owns it, it is everybody’s',
        'const own = [markedBy, ...owners].every((code) => code === ownerOfFrame(frame));',
        'const own = true;',
      ],
      ['any level is everybody’s', 'OPEN.get(frame) === level && own', 'own'],
      ['what may be shown to some is everybody’s', '...fgi, ...displayOnly];', '...fgi];'],
    ],
  },
  {
    file: 'functions/core/decision/dominance.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [
      [
        'a translation needs no read-in',
        "frame === 'NATO' && as !== 'NATO' ? [...compartments, 'NATO'] : compartments",
        'compartments',
      ],
    ],
  },
  {
    file: 'functions/core/marking/ism/marking.ts',
    caughtBy: 'test/adversary/markings.test.ts',
    faults: [['a sub-compartment is a compartment', ' || compartments.length > 1)', ')']],
  },
  {
    file: 'functions/store/registry-reader.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > a stop that asks',
    faults: [
      [
        'a stop may ask for a newer build',
        'if (head.root.format > signed.format || head.root.oldestReader > signed.oldestReader)',
        'if (head.root.oldestReader > signed.oldestReader)',
      ],
    ],
  },
  {
    file: 'functions/store/audit-approvals.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > a stop that asks',
    faults: [
      [
        'a forged stop is taken for a newer build’s',
        'if (isStop && between.root.format > (between.parent?.format ?? 0))',
        'if (false)',
      ],
    ],
  },
  {
    file: 'functions/store/history-verify.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > is no newer build',
    faults: [
      [
        'nothing is audited of what only a newer build reads',
        "if (code === 'FORMAT_UNKNOWN') return headOfNewer();",
        "if (code === 'FORMAT_UNKNOWN') return (problem(code, null, digest), null);",
      ],
      [
        'a HEAD of a newer build is at the floor wherever it came from',
        'if (newest?.digest !== found.digest) problem(',
        'if (newest === null) problem(',
      ],
      [
        'a stop that only a newer build reads is one',
        'ALONE.has(kind) && isOfNewer(root)',
        '!ALONE.has(kind) && isOfNewer(root)',
      ],
      [
        'what contradicts itself is a newer build’s',
        'found.root.format <= FORMAT',
        'found.root.format < FORMAT',
      ],
    ],
  },
]);
