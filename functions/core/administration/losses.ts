/**
 * What is permitted now and would not be after a change: figures for whoever stops something, not a review. Networks by
 * themselves, in every way they can be asked about; nothing ahead of now.
 */
import type { Facts } from './change.ts';
import { inquiry } from './inquiry.ts';
import { permittableClasses } from './label-classes.ts';
import { planSimulation } from './simulate.ts';

interface Lost {
  /** Of which something is permitted now. */
  readonly permitted: number;
  /** Ids of those of which something is lost, sorted. */
  readonly lost: readonly string[];
}

/** What is permitted now and would not be after a change. */
export interface Losses {
  readonly networks: Lost;
  readonly markings: Lost;
  /** False where there was more to look at than there was time for: there may be more that is lost. */
  readonly complete: boolean;
}

interface Change {
  readonly before: Facts;
  readonly after: Facts;
  readonly touched: readonly string[];
}

/** @param at now, epoch ms */
export function lossesBetween(change: Change, at: number, keepGoing: () => boolean): Losses {
  const plan = planSimulation({ ...change, at, limit: Number.POSITIVE_INFINITY });
  const { before, after } = plan.stopped;
  const networks = new Counter();
  const carried = new Counter();
  let complete = true;
  for (const { subject, ask } of plan.tasks) {
    if (!('network' in subject)) continue;
    if (!keepGoing()) {
      complete = false;
      break;
    }
    for (const asked of ask()) {
      if (!('markings' in asked)) continue;
      const { question, markings } = asked;
      const [was, is] = [inquiry(before, question), inquiry(after, question)];
      for (const alike of permittableClasses(markings, [before, after], question)) {
        const label = alike[0]?.label;
        if (label === undefined || was.answer(label, at).outcome !== 'permit') continue;
        const isLost = is.answer(label, at).outcome !== 'permit';
        networks.count(subject.network, isLost);
        for (const { id } of alike) carried.count(id, isLost);
      }
    }
  }
  return { networks: networks.told(), markings: carried.told(), complete };
}

class Counter {
  readonly #permitted = new Set<string>();
  readonly #lost = new Set<string>();

  count(id: string, isLost: boolean): void {
    this.#permitted.add(id);
    if (isLost) this.#lost.add(id);
  }

  told(): Lost {
    return { permitted: this.#permitted.size, lost: [...this.#lost].sort() };
  }
}
