import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../../functions/core/marking/xml.ts';
import { readFullXml } from './full-xml-reader.ts';

/** Every row is put to both readers. */
const REFUSED: readonly [what: string, text: string][] = [
  ['nothing', ''],
  ['text alone', 'a'],
  ['no end', '<a>'],
  ['another end', '<a></b>'],
  ['an end alone', '</a>'],
  ['an end too many', '<a/></a>'],
  ['an end of another prefix for the same names', '<x:a xmlns:x="u" xmlns:y="u"></y:a>'],
  ['two roots', '<a/><b/>'],
  ['text before the root', 'x<a/>'],
  ['text after the root', '<a/>x'],
  ['a second mark of byte order', '\uFEFF\uFEFF<a/>'],
  ['the end of a section that never began', '<a>]]></a>'],
  ['an attribute without a value', '<a b/>'],
  ['an attribute without quotes', '<a b=c/>'],
  ['attributes without space between', '<a b="1"c="2"/>'],
  ['an attribute twice', '<a b="1" b="1"/>'],
  ['an attribute twice by another prefix', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="1"/>'],
  ['a tag within a value', '<a b="<"/>'],
  ['a prefix nobody declared', '<x:a/>'],
  ['a prefix nobody declared, of an attribute', '<a x:b="1"/>'],
  ['a prefix of a sister', '<r><a xmlns:x="u"/><x:a/></r>'],
  ['a prefix twice', '<a xmlns:x="u" xmlns:x="v"/>'],
  ['a prefix of nothing', '<a xmlns:x=""/>'],
  ['a prefix of white space', '<a xmlns:x=" "/>'],
  ['a namespace after a space', '<a xmlns:x=" u"/>'],
  ['a namespace before a space that does not break', '<a xmlns="u\u00a0"/>'],
  ['a namespace after a byte-order mark', '<a xmlns="\ufeffu"/>'],
  ['the namespace of XML by another prefix', '<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>'],
  ['the namespace of XML by none', '<a xmlns="http://www.w3.org/XML/1998/namespace"/>'],
  ['xml for another', '<a xmlns:xml="u"/>'],
  ['the namespace of namespaces', '<a xmlns:x="http://www.w3.org/2000/xmlns/"/>'],
  ['xmlns declared', '<a xmlns:xmlns="http://www.w3.org/2000/xmlns/"/>'],
  ['an element of xmlns', '<xmlns:a/>'],
  ['two colons', '<a:b:c xmlns:a="u"/>'],
  ['a colon first', '<:a/>'],
  ['a colon last', '<a: xmlns:a="u"/>'],
  ['a digit first', '<1a/>'],
  ['space before a name', '< a/>'],
  ['space before an end', '<a></ a>'],
  ['a slash and a space', '<a/ >'],
  ['a control character', '<a>\u0001</a>'],
  ['what is no character', '<a>\uFFFE</a>'],
  ['a declaration without a version', '<?xml encoding="UTF-8"?><a/>'],
  ['a declaration in another order', '<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>'],
  ['a declaration of another version', '<?xml version="1.1"?><a/>'],
  ['a declaration of other bytes', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
  ['a declaration that is maybe alone', '<?xml version="1.0" standalone="maybe"?><a/>'],
  ['a declaration alone', '<?xml version="1.0"?>'],
  ['an instruction', '<?a?><a/>'],
  ['a comment', '<a><!-- b --></a>'],
  ['a section', '<a><![CDATA[b]]></a>'],
  ['a document type', '<!DOCTYPE a><a/>'],
  ['a ninth level', `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`],
  ['elements without end', `<a>${'<b/>'.repeat(128)}</a>`],
];

const READ: readonly [what: string, text: string][] = [
  ['an element', '<a/>'],
  ['a name of another alphabet, and of an astral one', '<é·> <\u{10000}/></é·>'],
  ['line ends of every kind', '<a b="1\r\n2\r3\n4\t5">1\r\n2\r3\n4\t5</a>\r\n'],
  [
    'a mark of byte order, and a declaration',
    '\uFEFF<?xml version="1.0" encoding="utf-8" standalone=\'no\' ?>\r<a/>',
  ],
  ['space wherever it may be', '<a  b = "1"\n c\r=\t\'2\' ></a\n>  '],
  ['a greater-than sign', '<a b=">">]] ></a>'],
  ['namespaces within one another', '<a xmlns="d"><b xmlns=""><x:c xmlns:x="u" x:d="1" d="2"/></b><c/></a>'],
  ['a prefix declared after it is used', '<x:a x:b="1" xmlns:x="u"/>'],
  ['a prefix declared anew', '<x:a xmlns:x="u"><x:a xmlns:x="v"/><x:a/></x:a>'],
  ['xml, which needs no declaration', '<a xml:lang="en" xmlns:xml="http://www.w3.org/XML/1998/namespace"/>'],
  ['a name that begins as the declaration does', '<a xmlnsx="1" x="2"/>'],
  ['a name that is every object’s', '<__proto__ constructor="1"><toString/></__proto__>'],
  ['eight levels', `${'<a>'.repeat(8)}${'</a>'.repeat(8)}`],
  ['as many elements as may be', `<a>${'<b/>'.repeat(127)}</a>`],
];

describe('a document', () => {
  it.each(REFUSED)('with %s is refused, as by a parser of all of XML', (_, text) => {
    expect(readFullXml(text).ok).toBe(false);
    expect(readXml(text)).toEqual(readFullXml(text));
  });

  it.each(READ)('with %s is what a parser of all of XML reads', (_, text) => {
    expect(readFullXml(text).ok).toBe(true);
    expect(readXml(text)).toEqual(readFullXml(text));
  });

  it.each([
    ['half a letter', '<a>\ud800</a>', 'MALFORMED_XML'],
    ['an entity', '<a>&amp;</a>', 'FORBIDDEN_XML'],
    ['too much of it', `<a>${' '.repeat(16_384)}</a>`, 'TOO_LONG'],
  ])('with %s is refused before anything', (_, text, code) => {
    expect(readXml(text)).toEqual({ ok: false, code });
  });

  const seed = 57_721;
  const PIECES = [
    ...[
      '<',
      '>',
      '/',
      '</',
      '/>',
      '=',
      '"',
      "'",
      ' ',
      '\n',
      '\r',
      '\r\n',
      '\t',
      '=""',
      ':',
      'a',
      'b',
      'text',
      '1',
      '-',
      '.',
    ],
    ...[
      'x:a',
      'y:b',
      ' a="1"',
      ' x:a="2"',
      ' y:a="3"',
      ' xml:lang="en"',
      '<a',
      '<a>',
      '</a>',
      '<a/>',
      '<x:a>',
      '</x:a>',
    ],
    ...[
      'xmlns',
      ' xmlns:x="u"',
      ' xmlns:y="u"',
      ' xmlns="d"',
      ' xmlns=""',
      ' xmlns:x=" "',
      ' xmlns:xml="z"',
      ' xmlns:="u"',
    ],
    ...[
      '<?xml version="1.0"?>',
      '<?xml',
      ' encoding="UTF-8"',
      '<?a?>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<!DOCTYPE a>',
    ],
    ...['é', '\u0300', '\u00b7', '\u0001', '\ufffe', '\ufeff', '\u2028', '\u0085', '😀'],
  ];
  const WHOLE = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<x:a xmlns:x="u" xmlns:y="u" xmlns="d" x:p="1">t<b y:r="a\tb"/> <c xmlns=""/></x:a>',
    '<a xmlns="d"><b x="1">text</b><b/></a>',
  ];
  const change = fc.tuple(fc.nat(120), fc.nat(2), fc.constantFrom('', ...PIECES));
  const changed = fc
    .tuple(fc.constantFrom(...WHOLE), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([whole, changes]) =>
      changes.reduce((text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone), whole),
    );
  const any = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => `<a${parts.join('')}`);

  it.each([
    ['any text', any, 5],
    ['a document that was sound', changed, 150],
  ])(`%s: what a parser of all of XML makes of it (seed ${seed})`, (name, texts, atLeast) => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const [ours, theirs] = [readXml(text), readFullXml(text)];
        if (ours.ok) read += 1;
        // What begins what is forbidden is forbidden, also where it would not have ended well.
        if (/<[!?]/.test(text) && !theirs.ok) expect(ours.ok).toBe(false);
        else expect(ours).toEqual(theirs);
      }),
      { seed, numRuns: 5000 },
    );
    console.log(`seed ${seed}: 5000 of ${name}, ${read} read`);
    expect(read).toBeGreaterThan(atLeast);
  });
});
