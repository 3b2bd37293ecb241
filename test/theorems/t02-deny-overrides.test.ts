/** T2: an unwaived adverse finding on any hop, or a hold, refuses, whatever else holds. */
import { responsibleOwners } from '../../functions/core/marking/label.ts';
import * as make from '../core/decision/facts.ts';
import { stored } from './case.ts';
import { theorem } from './theorem.ts';
import { networksOn } from './touched.ts';

theorem({
  name: 'T2',
  cases: 250,
  *violations(decide, { facts, question, permits }) {
    if (!permits) return;
    const stops = [
      make.hold({ id: 'stop' }),
      ...responsibleOwners(question.label).map((owner) => make.hold({ id: 'stop', scope: { owner } })),
      ...networksOn(facts, question).map((network) => make.hold({ id: 'stop', scope: { network } })),
    ];
    for (const stop of stops)
      if (decide([...facts, ...stored([stop])], question)) yield JSON.stringify(stop.scope);
    const judged = networksOn(facts, question).map((network) =>
      make.assessment({ id: 'judged', outcome: 'not-trusted', valid: make.FOREVER, subject: { network } }),
    );
    const strict = make.mandate({
      id: 'strict',
      owner: question.label.markedBy,
      basis: 'trusted-transport',
      from: make.EVERYWHERE,
      authority: make.OFFICES[question.label.markedBy] ?? '',
      standards: ['TRUSTED'],
    });
    const sealed = { ...strict, id: 'sealed', basis: 'encrypted-transport' as const };
    for (const fact of judged)
      if (decide([...facts, ...stored([strict, sealed, fact])], question))
        yield `judged ${JSON.stringify(fact.subject)}`;
  },
});
