/**
 * Officers who are led to approve, or to believe, what they have not seen: numbers that are not there are acknowledged, and
 * a question about a kind, a fact or a proposal that cannot be is answered as if there were none. At the command line, over
 * the registry's own function.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACT_KINDS } from '../../functions/core/facts/fact.ts';
import { routeguard } from '../cli/command.ts';
import { accreditation } from '../registry/changes.ts';
import { type RegistryRig, startRegistryRig, type Wire } from '../registry/rig.ts';
import { type ServedRegistry, serveRegistry } from '../registry/served.ts';

const folder = mkdtempSync(join(tmpdir(), 'unseen-'));
let rig: RegistryRig;
let served: ServedRegistry;
beforeAll(async () => {
  rig = await startRegistryRig();
  served = await serveRegistry(rig.context);
});
afterAll(async () => {
  await served.close();
  await rig.stop();
  rmSync(folder, { recursive: true });
});

const as = (who: string, ...args: readonly string[]) =>
  routeguard('registry', ...args, '--as', who, '--url', served.url);
const version = async (): Promise<number> => (await rig.as('auditor').get('log')).body.entries[0].version;

describe('a proposal that makes some answers permit', () => {
  let id: string;
  let permits: number;
  let reviewed: string;
  let theirs: string;
  beforeAll(async () => {
    const file = join(folder, 'change.json');
    writeFileSync(file, JSON.stringify([accreditation('unseen'), accreditation('unseen-too', 2039)]));
    const proposed = await as('usa-proposer', 'propose', file, '--reason', 'A test', '--json');
    ({ id } = JSON.parse(proposed.out) as Wire);
    const shown = await as('usa-approver', 'simulate', id, '--json');
    permits = (JSON.parse(shown.out) as Wire).toPermit;
    expect(permits).toBeGreaterThan(1);
    const reviewAs = async (who: string): Promise<Wire> =>
      JSON.parse((await as(who, 'review', id, '--json')).out);
    const author = await reviewAs('usa-proposer');
    expect((await as('usa-proposer', 'sign', id, '--reviewed', author.reviewed)).code).toBe(0);
    ({ reviewed } = await reviewAs('usa-approver'));
    theirs = author.reviewed;
  });

  it('is approved by exactly their numbers, each once', async () => {
    const before = await version();
    const WRONG: readonly (readonly [numbers: string, code: number, said: RegExp])[] = [
      [
        `1-${permits + 1}`,
        3,
        /ACKNOWLEDGEMENT_UNKNOWN: no answer that becomes permit has the number \d+: there are \d+/,
      ],
      [`1-${permits},${permits + 7}`, 3, /ACKNOWLEDGEMENT_UNKNOWN/],
      [`1-${permits},999999`, 3, /ACKNOWLEDGEMENT_UNKNOWN/],
      ['1-100000', 3, /ACKNOWLEDGEMENT_UNKNOWN/],
      [`${permits + 1}-${permits * 2}`, 3, /ACKNOWLEDGEMENT_UNKNOWN/],
      [`1-${permits - 1}`, 3, /ACKNOWLEDGEMENT_MISSING/],
      [`1-${permits},1`, 2, /names 1 twice/],
      [`1-${permits},1-${permits}`, 2, /names 1 twice/],
      ['0', 2, /takes groups by name, and numbers and ranges/],
    ];
    for (const [numbers, code, said] of WRONG) {
      const ran = await as('usa-approver', 'approve', id, '--reviewed', reviewed, '--acknowledge', numbers);
      expect([numbers, ran.code, ran.out]).toEqual([numbers, code, '']);
      expect(ran.err).toMatch(said);
    }
    const hers = await as(
      'usa-approver',
      'approve',
      id,
      '--reviewed',
      theirs,
      '--acknowledge',
      `1-${permits}`,
    );
    expect([hers.code, hers.err]).toEqual([
      3,
      expect.stringMatching(/REVIEW_CHANGED: --reviewed names what uma \(.*\) has read, and not you/),
    ]);
    expect(await version()).toBe(before);
    const all = await as(
      'usa-approver',
      'approve',
      id,
      '--reviewed',
      reviewed,
      '--acknowledge',
      `1-${permits}`,
    );
    expect(all.code).toBe(0);
    expect(await version()).toBe(before + 1);
  });
});

describe('a question about what cannot be', () => {
  const plurals = FACT_KINDS.map(
    (kind) => [kind.endsWith('y') ? kind.replace(/y$/, 'ies') : `${kind}s`, kind] as const,
  );
  const slips = FACT_KINDS.flatMap((kind) => [
    [kind.slice(0, -1), kind] as const,
    [kind.replace(/(.)(.)$/, '$2$1'), kind] as const,
    [kind.toUpperCase(), kind] as const,
  ]);
  const near = [...plurals, ...slips].filter(([word, kind]) => word !== kind);

  it.each(near)('of the kind %s says that it was %s', async (word, kind) => {
    for (const args of [
      ['show', word],
      ['show', `${word}/x`],
      ['blame', `${word}/x`],
    ]) {
      const { code, out, err } = await as('auditor', ...args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(`; did you mean ${kind}?`);
    }
    for (const path of [`facts/${word}`, `facts/${word}/x`, `blame/${word}/x`]) {
      const { status, body } = await rig.as('auditor').get(path);
      expect([path, status, body.error?.code]).toEqual([path, 400, 'REQUEST_INVALID']);
      expect(body.error.message).toContain(`; did you mean ${kind}?`);
    }
    const revoked = await as('usa-proposer', 'revoke', `${word}/x`, '--reason', 'A test');
    expect([revoked.code, revoked.err]).toEqual([3, expect.stringContaining(`; did you mean ${kind}?`)]);
  });

  it.each(['approve', 'reject', 'sign', 'review', 'proposal', 'validate', 'simulate'])(
    '%s of an id that is none says what one looks like, and where to see them',
    async (command) => {
      const more: Readonly<Record<string, readonly string[]>> = { reject: ['--reason', 'A test'] };
      for (const id of ['zzz', 'p-1', 'a/b', '../log', 'p-2026?x=1', 'j-20260101T000000Z-0123456789']) {
        const { code, out, err } = await as('usa-approver', command, id, ...(more[command] ?? []));
        expect([id, code, out]).toEqual([id, 3, '']);
        expect(err).toMatch(/the id of a proposal looks like p-\d{8}T.*`registry proposals` lists them/);
      }
      const unknown = await as(
        'usa-approver',
        command,
        'p-20260101T000000Z-0123456789',
        ...(more[command] ?? []),
      );
      expect([unknown.code, unknown.out]).toEqual([3, '']);
      expect(unknown.err).toMatch(/PROPOSAL_UNKNOWN: .*`registry proposals` lists them/);
    },
  );
});
