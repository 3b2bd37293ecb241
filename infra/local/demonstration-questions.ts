/** What the demonstration asks. Every network is synthetic; the dates and instruments are real. */
export interface DemonstrationQuestion {
  /** The three columns before the answer. */
  readonly message: string;
  readonly path: string;
  readonly when: string;
  readonly request: unknown;
  /** Said after a permit, where one is expected. */
  readonly aside?: string;
}

interface Asked {
  readonly marking: string;
  readonly originator?: string;
  readonly format?: string;
  readonly hops?: readonly string[];
  readonly route?: string;
  /** A day; left out, the question is about now and the answer is enforceable. */
  readonly on?: string;
  readonly standards?: readonly string[];
  readonly aside?: string;
}

let asked = 0;

function question(q: Asked): DemonstrationQuestion {
  asked += 1;
  const owner = q.originator === undefined ? '' : ` (${q.originator})`;
  return {
    message: `${q.marking}${owner}`,
    path: q.route ?? (q.hops ?? []).join(' → '),
    when: q.on ?? 'now',
    ...(q.aside !== undefined && { aside: q.aside }),
    request: {
      message: {
        id: `demonstration-${asked}`,
        marking: q.marking,
        ...(q.originator !== undefined && { originator: q.originator }),
        ...(q.format !== undefined && { markingFormat: q.format }),
      },
      path: q.route !== undefined ? { route: q.route } : { hops: q.hops?.map((network) => ({ network })) },
      ...(q.on !== undefined && { at: `${q.on}T12:00:00Z` }),
      ...(q.standards !== undefined && { standards: q.standards }),
    },
  };
}

const REL = 'SECRET//REL TO USA, GBR';

export const QUESTIONS: readonly {
  readonly title: string;
  readonly questions: readonly DemonstrationQuestion[];
}[] = [
  {
    title: 'One network with 30 % of its radio access from a high risk vendor: two nations, two standards',
    questions: [
      question({ marking: REL, route: 'gb-a-alone', on: '2020-02-15', standards: ['UK-HRV-2020-01'] }),
      question({ marking: 'SECRET', originator: 'GBR', route: 'gb-a-alone', on: '2020-02-15' }),
      question({ marking: REL, route: 'gb-b-alone', aside: ': no designated vendor, every vendor assessed' }),
    ],
  },
  {
    title: 'The same message and network on four dates',
    questions: ['2020-01-15', '2020-02-15', '2023-06-01', '2028-01-01'].map((on) =>
      question({ marking: 'SECRET', originator: 'GBR', route: 'gb-a-alone', on }),
    ),
  },
  {
    title: 'The worst hop decides; an unknown hop is not trusted; an assumed route is a guess',
    questions: [
      question({ marking: REL, route: 'sms-gb-primary', aside: ' on every hop' }),
      question({ marking: REL, route: 'sms-gb-secondary' }),
      question({ marking: REL, hops: ['gb-b', 'nobody-knows'] }),
      question({ marking: REL, route: 'sms-gb-aggregator' }),
    ],
  },
  {
    title:
      'The same two networks as a caller names them: no more than assumed, unless the owner accepts that',
    questions: [
      question({ marking: REL, hops: ['gb-b', 'us-b'] }),
      question({
        marking: 'OFFICIAL',
        originator: 'AUS',
        hops: ['au-a'],
        aside: '; its owner accepts an assumed path, and the answer says so',
      }),
    ],
  },
  {
    title: 'Who can reach the network: NOFORN against REL TO',
    questions: [
      question({
        marking: 'SECRET//NOFORN',
        route: 'us-domestic',
        aside: '; only the United States can reach it',
      }),
      question({ marking: 'SECRET//NOFORN', route: 'us-b-alone' }),
      question({ marking: REL, route: 'us-b-alone', aside: '; its audience is on the release list' }),
    ],
  },
  {
    title: 'Confidence is shown, never presumed; what cannot be read is refused',
    questions: [
      question({ marking: 'SECRET//NOFORN', route: 'us-domestic-failover' }),
      question({ marking: 'SECRET//REL TO GBR', format: 'us-banner', route: 'us-b-alone' }),
      question({ marking: 'SECRET', route: 'us-b-alone' }),
    ],
  },
];
