import { describe, expect, test } from 'vitest';
import { isMarkingFormat } from '../../../../functions/core/marking/formats.ts';
import { readMarking } from '../../../../functions/core/marking/read.ts';
import { codeFactsOn } from '../code-facts.ts';
import { secondReading } from '../second-reader/us-banner.ts';
import documents from './documents.json' with { type: 'json' };
import machine from './machine.json' with { type: 'json' };
import national from './national.json' with { type: 'json' };
import us from './us.json' with { type: 'json' };

/** Strings of public sources and neighbours of every rule, with verdicts taken from the sources, not from the readers. */
const CORPORA = [us, documents, national, machine];
const on = '2026-11-23';

type Case = readonly [format: string, text: string];
const casesOf = (verdict: 'accepted' | 'refused'): readonly Case[] =>
  CORPORA.flatMap((corpus) => Object.entries(corpus[verdict])).flatMap(([format, texts]) =>
    texts.map((text): Case => [format, text]),
  );

function read([format, text]: Case) {
  if (!isMarkingFormat(format)) throw new Error(`no format ${format}`);
  return readMarking(text, { format, on });
}

describe('strings of the field', () => {
  test('what the sources allow is read, and its canonical form reads back as the same label', () => {
    const accepted = casesOf('accepted');
    for (const [format, text] of accepted) {
      const first = read([format, text]);
      expect({ format, text, ok: first.ok }).toEqual({ format, text, ok: true });
      if (!first.ok) continue;
      const again = read([format, first.canonical]);
      expect(again.ok && { canonical: again.canonical, label: again.label }).toEqual({
        canonical: first.canonical,
        label: first.label,
      });
    }
    console.log(`accepted: ${accepted.length}`);
  });

  test('what they do not allow is refused, with a position inside the text', () => {
    const refused = casesOf('refused');
    for (const [format, text] of refused) {
      const result = read([format, text]);
      expect({ format, text, ok: result.ok }).toEqual({ format, text, ok: false });
      if (result.ok) continue;
      for (const { at } of result.errors) expect(at >= 0 && at <= text.length).toBe(true);
    }
    console.log(`refused: ${refused.length}`);
  });

  test('the second reader of US banners gives the same verdicts', () => {
    const facts = codeFactsOn(on);
    const verdicts = (texts: readonly string[]) =>
      texts.map((text) => [text, secondReading(text, facts) !== undefined]);
    expect(verdicts(us.accepted['us-banner'])).toEqual(us.accepted['us-banner'].map((text) => [text, true]));
    expect(verdicts(us.refused['us-banner'])).toEqual(us.refused['us-banner'].map((text) => [text, false]));
  });
});
