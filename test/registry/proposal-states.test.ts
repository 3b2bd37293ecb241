/** Every operation on a proposal, in every state, by everybody: what it answers, and that a refusal changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROPOSAL_MS } from '../../functions/core/administration/statement.ts';
import type { Proposal } from '../../functions/registry/proposal.ts';
import { digestOf, vendor } from './changes.ts';
import {
  approvalOf,
  keepingFrozen,
  type RegistryRig,
  simulated,
  startRegistryRig,
  type Wire,
  writtenAs,
} from './rig.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T12:00:00.000Z');
const now = START;
let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => now });
  await makeTemplates();
});
afterAll(() => rig.stop());

const PEOPLE = ['proposer', 'approver', 'usa-approver', 'gbr-approver', 'auditor'] as const;
const nobody = 'NOT_AUTHORISED NOT_AUTHORISED NOT_AUTHORISED';
const status = (code: string) => Array(5).fill(code).join(' ');
const CLOSED = status('PROPOSAL_STATUS');

/** By state and operation: the answer to its author, the second person, two approvers of nations, and an auditor. */
const TABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  uploading: {
    show: status('200/uploading'),
    validate: CLOSED,
    simulate: CLOSED,
    approve: CLOSED,
    reject: '200/rejected PROPOSAL_STATUS PROPOSAL_STATUS PROPOSAL_STATUS PROPOSAL_STATUS',
    chunk: `200/uploading NOT_AUTHORISED ${nobody}`,
  },
  open: {
    show: status('200/open'),
    validate: status('200/open'),
    simulate: status('200/open'),
    approve: `SECOND_PERSON_NEEDED FLIPS_CHANGED ${nobody}`,
    reject: `200/rejected 200/rejected ${nobody}`,
    chunk: CLOSED,
  },
  simulated: {
    show: status('200/open'),
    validate: status('200/open'),
    simulate: status('200/open'),
    approve: `SECOND_PERSON_NEEDED 200/published ${nobody}`,
    reject: `200/rejected 200/rejected ${nobody}`,
    chunk: CLOSED,
  },
  // Two people have said it, and it is in the history: whoever asks again gets the acknowledgement that was lost.
  approving: {
    show: status('200/approving'),
    validate: status('CONFLICT'),
    simulate: CLOSED,
    approve: status('200/published'),
    reject: status('BEING_PUBLISHED'),
    chunk: CLOSED,
  },
  published: {
    show: status('200/published'),
    validate: status('CONFLICT'),
    simulate: CLOSED,
    approve: status('200/published'),
    reject: CLOSED,
    chunk: CLOSED,
  },
  rejected: {
    show: status('200/rejected'),
    validate: status('200/rejected'),
    simulate: CLOSED,
    approve: CLOSED,
    reject: CLOSED,
    chunk: CLOSED,
  },
  expired: {
    show: status('200/expired'),
    validate: status('200/expired'),
    simulate: status('PROPOSAL_EXPIRED'),
    approve: status('PROPOSAL_EXPIRED'),
    reject: `200/rejected 200/rejected ${nobody}`,
    chunk: CLOSED,
  },
  'an upload that is late': {
    show: status('200/uploading'),
    simulate: CLOSED,
    approve: CLOSED,
    chunk: status('CHUNK_EXPIRED'),
  },
  'an upload that waited thirty days': {
    show: status('200/expired'),
    simulate: CLOSED,
    approve: CLOSED,
    chunk: status('CHUNK_EXPIRED'),
  },
};

/** One real proposal in each state; every cell has a copy of its own. */
const templates: Record<string, Proposal> = {};

async function makeTemplates(): Promise<void> {
  const author = rig.as('proposer');
  const file = async (name: string) =>
    (await author.post('proposals', { reason: 'A test', changes: [vendor(name)] })).body;
  const keep = async (state: string, id: string) => {
    const held = await rig.context.proposals.read(id, AbortSignal.timeout(5_000));
    if (held === undefined) throw new Error(state);
    templates[state] = held.record;
    return held.record;
  };
  const first = await simulated(author, (await file('first')).id);
  const done = await rig
    .asIn(keepingFrozen(rig), 'approver')
    .post(`proposals/${first.id}/approve`, approvalOf(first));
  expect(done.status).toBe(200);
  const { published, ...rest } = await keep('published', first.id);
  expect(published?.version).toBe(2);
  templates['approving'] = { ...rest, status: 'approving' };
  const { id } = await file('second');
  const open = await keep('open', id);
  await simulated(author, id);
  const sound = await keep('simulated', id);
  await author.post(`proposals/${id}/reject`, { reason: 'A test' });
  await keep('rejected', id);
  // To the millisecond: the table's last instant is one before.
  templates['expired'] = { ...sound, createdAt: new Date(now - PROPOSAL_MS).toISOString() };
  templates['simulated'] = { ...sound, createdAt: new Date(now - PROPOSAL_MS + 1).toISOString() };
  templates['open'] = { ...open, createdAt: new Date(now - PROPOSAL_MS + 1).toISOString() };
  const upload = { chunks: 2, bytes: 8, digest: digestOf('"ab"') };
  const { body } = await author.post('proposals', { reason: 'A test', upload });
  const uploading = await keep('uploading', body.id);
  expect(uploading.upload?.expiresAt).toBe(now + HOUR);
  const at = (expiresAt: number) =>
    ({ ...uploading, upload: { ...upload, received: {}, expiresAt } }) as Proposal;
  templates['uploading'] = at(now + 1);
  templates['an upload that is late'] = at(now);
  templates['an upload that waited thirty days'] = {
    ...at(now),
    createdAt: new Date(now - PROPOSAL_MS).toISOString(),
  };
}

let copies = 0;
async function copyOf(state: string): Promise<Proposal> {
  copies += 1;
  const id = `p-20260101T000000Z-${String(copies).padStart(10, '0')}`;
  const template = templates[state] as Proposal;
  await writtenAs(rig.context, id, template);
  return { ...template, id };
}

const read = (id: string) => rig.context.proposals.read(id, AbortSignal.timeout(5_000));

function ask(operation: string, who: string, record: Proposal) {
  const path = `proposals/${record.id}`;
  // Every cell finishes what the same two people froze.
  const person = rig.asIn(keepingFrozen(rig), who);
  const zero = digestOf('');
  const approval = {
    proposal: record.digest ?? zero,
    base: record.simulation?.base ?? zero,
    flips: record.simulation?.flips ?? zero,
    permits: Array.from({ length: record.simulation?.permits ?? 0 }, (_, index) => index + 1),
  };
  switch (operation) {
    case 'show':
      return person.get(path);
    case 'chunk':
      return person.put(`${path}/chunks/0`, { text: '"a' });
    case 'approve':
      return person.post(`${path}/approve`, approval);
    case 'reject':
      return person.post(`${path}/reject`, { reason: 'A test' });
    default:
      return person.post(`${path}/${operation}`);
  }
}

const without = ({ agreed: _, ...rest }: Proposal) => rest as Proposal;

/** Those that publish come last: the copies of one proposal cannot all be published. */
const CELLS = Object.entries(TABLE)
  .flatMap(([state, operations]) =>
    Object.entries(operations).map(([op, answers]) => [state, op, answers] as const),
  )
  .sort(
    ([state, op], [other, its]) =>
      Number(`${state} ${op}` === 'simulated approve') - Number(`${other} ${its}` === 'simulated approve'),
  );

describe('a proposal', () => {
  it.each(CELLS)('that is %s: %s', async (state, operation, answers) => {
    const found: string[] = [];
    for (const who of PEOPLE) {
      const record = await copyOf(state);
      const { status, body } = await ask(operation, who, record);
      // An author may have signed meanwhile, which changes nothing else.
      const { agreed: _, ...after } = (await read(record.id))?.record ?? ({} as Proposal);
      if (status !== 200) expect(after, `${who}: ${JSON.stringify(body)}`).toEqual(without(record));
      const shown = (await rig.as('auditor').get(`proposals/${record.id}`)).body;
      found.push(status === 200 ? `200/${shown.status}` : body.error.code);
      const { simulation, ...more } = after;
      if (operation === 'show' || operation === 'validate') expect(after).toEqual(without(record));
      if (operation === 'simulate' && status === 200) {
        expect([more, simulation?.job === record.simulation?.job]).toEqual([
          (({ simulation: _, ...rest }) => rest)(without(record)),
          // Whoever has no say in it may ask, and changes nothing of what two people have signed.
          !['proposer', 'approver'].includes(who),
        ]);
      }
    }
    expect(found.join(' ')).toBe(answers);
  });

  it('was published once for all of that', async () => {
    const { entries } = (await rig.as('auditor').get('log')).body;
    expect(entries.map((entry: Wire) => [entry.version, entry.kind, entry.author, entry.approvers])).toEqual([
      [3, 'change', 'routeguard-proposer/pat', ['routeguard-approver/alex']],
      [2, 'change', 'routeguard-proposer/pat', ['routeguard-approver/alex']],
      [1, 'approve', 'alice', ['bob']],
    ]);
  });
});
