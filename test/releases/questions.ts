/** What every kept release was asked, and is asked again: of routes that every sample has had. */

const REL = 'SECRET//REL TO USA, GBR';
const NOFORN = 'SECRET//NOFORN';

const question = (message: object, path: object, more: object = {}) => ({
  message: { id: 'm', ...message },
  path,
  ...more,
});

export const QUESTIONS: Readonly<Record<string, object>> = {
  'allies, over what both trust': question({ marking: REL }, { route: 'sms-gb-primary' }),
  'one nation, at home': question({ marking: NOFORN }, { route: 'us-domestic' }),
  'one nation, where another can reach it': question({ marking: NOFORN }, { route: 'sms-gb-primary' }),
  'over a vendor nobody assessed': question({ marking: REL }, { route: 'sms-gb-secondary' }),
  'over a path that is known too little': question({ marking: REL }, { route: 'sms-gb-aggregator' }),
  'over a network nobody knows': question(
    { marking: REL },
    { hops: [{ network: 'gb-b' }, { network: 'nobody-knows' }] },
  ),
  'read-in that nobody there has': question(
    { marking: 'TOP SECRET//SI//REL TO USA, GBR' },
    { route: 'sms-gb-primary' },
  ),
  'allies, as it was in spring': question(
    { marking: REL },
    { route: 'sms-gb-primary' },
    { at: '2026-04-01T12:00:00Z' },
  ),
  'a high risk vendor that will have to be gone': question(
    { marking: 'SECRET', originator: 'GBR' },
    { route: 'sms-gb-secondary' },
    { at: '2028-01-01T12:00:00Z' },
  ),
};

/** The members of an answer that every release has had. */
interface AnyAnswer {
  readonly decision: boolean;
  readonly outcome: string;
  readonly hypothetical?: { readonly outcome: string };
  readonly reasons: readonly { readonly code: string }[];
}

/** What was decided and under which codes: `permit`, `deny VENDOR_NOT_ASSESSED`, `hypothetical permit`. */
export function answerInWords(answer: unknown): string {
  const { decision, outcome, hypothetical, reasons } = answer as AnyAnswer;
  // No release may say the one and mean the other.
  if (decision !== (outcome === 'permit')) return `contradiction: ${decision} and ${outcome}`;
  const said = hypothetical === undefined ? [outcome] : ['hypothetical', hypothetical.outcome];
  return [...said, ...new Set(reasons.map(({ code }) => code).toSorted())].join(' ');
}
