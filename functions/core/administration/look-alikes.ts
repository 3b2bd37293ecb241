/**
 * Letters that look alike: after Unicode Technical Standard #39 ("Unicode Security Mechanisms", confusable skeletons and
 * mixed-script detection), of which this takes what a name in Latin letters is imitated by: Greek and Cyrillic letters, and the i
 * without its dot.
 */

/** Each a Latin letter, and behind it what looks like it. */
const IMITATED = [
  'A\u0391\u0410 B\u0392\u0412 C\u03f9\u0421 E\u0395\u0415 F\u03dc H\u0397\u041d I\u0399\u0406\u04c0 J\u037f\u0408 K\u039a\u041a',
  'M\u039c\u041c N\u039d O\u039f\u041e P\u03a1\u0420 Q\u051a S\u0405 T\u03a4\u0422 V\u0474 W\u051c X\u03a7\u0425 Y\u03a5\u0423\u04ae Z\u0396',
  'a\u03b1\u0430 c\u03f2\u0441 d\u0501 e\u0435 h\u04bb i\u03b9\u0456\u0131 j\u03f3\u0458 k\u03ba\u043a l\u04cf o\u03bf\u043e p\u03c1\u0440',
  'q\u051b r\u0433 s\u0455 u\u03c5 v\u03bd\u0475 w\u051d x\u03c7\u0445 y\u03b3\u0443\u04af',
];

const LATIN = new Map(
  IMITATED.flatMap((line) => line.split(' ')).flatMap(([latin = '', ...alike]) =>
    alike.map((letter) => [letter, latin] as const),
  ),
);

/** As whoever glances at a text reads it: two that read alike have one skeleton. */
export function skeletonOf(text: string): string {
  // Before as well: a lunate sigma looks like a C, and is normalised to what does not.
  return inLatin(inLatin(text).normalize('NFKC'));
}

function inLatin(text: string): string {
  return [...text].map((letter) => LATIN.get(letter) ?? letter).join('');
}

/** Alphabets that have letters like the Latin; words that mix Latin with others, as Japanese ones do, are how people write. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
];

/** Words with letters of more than one of these scripts: nobody writes so who does not mean to be misread. */
export function mixedWordsIn(text: string): readonly string[] {
  const words = text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.filter((word) => SCRIPTS.filter((script) => script.test(word)).length > 1);
}
