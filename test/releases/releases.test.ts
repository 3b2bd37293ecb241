/**
 * Every kept release, and today's build, under every kept registry, today's, and two of a format that nobody knows yet: whoever
 * can read a registry answers as the release did that published it, and whoever cannot permits nothing and says so.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FORMAT } from '../../functions/core/facts/format.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { doors, forgeSigned, honest, ofFormat, putBack, startForgingOver } from '../adversary/forging.ts';
import { keptReleases, readKept, restoreKept } from './kept-release.ts';
import { answerInWords, QUESTIONS } from './questions.ts';

/** An instant of today's sample; a kept registry is asked about the one at which it was kept. */
const NOW = '2026-11-30T12:00:00.000Z';

/** What today's build says of today's sample. */
const TODAY: Readonly<Record<string, string>> = {
  'allies, over what both trust': 'permit',
  'one nation, at home': 'permit',
  'one nation, where another can reach it': 'deny AUDIENCE_NOT_RELEASABLE',
  'over a vendor nobody assessed': 'deny VENDOR_NOT_ASSESSED',
  'over a path that is known too little':
    'deny NETWORK_NOT_ASSESSED NOT_ACCREDITED PATH_ASSURANCE_INSUFFICIENT PATH_NOT_ASSURED VENDOR_NOT_ASSESSED',
  'over a network nobody knows': 'deny HOP_UNKNOWN PATH_ASSURANCE_INSUFFICIENT PATH_NOT_ASSURED',
  'read-in that nobody there has': 'deny COMPARTMENT_NOT_ACCREDITED LEVEL_NOT_ACCREDITED',
  'allies, as it was in spring': 'hypothetical permit',
  'a high risk vendor that will have to be gone':
    'hypothetical deny AUDIENCE_NOT_RELEASABLE DESIGNATED_VENDOR_AFTER_DEADLINE STANDARD_NOT_APPLICABLE',
};

type Unread = 'indeterminate REGISTRY_FORMAT' | 'indeterminate REGISTRY_INTEGRITY';

const NEWER: Unread = 'indeterminate REGISTRY_FORMAT';
/** What said nothing of formats yet, and what came with them, are to each other what nobody signed. */
const STRANGE: Unread = 'indeterminate REGISTRY_INTEGRITY';

/**
 * By registry and build, who answers otherwise than the registry's own release did: what cannot read it denies everything, and
 * what decides otherwise since then (CHANGELOG.md, "Decisions") does so question by question.
 */
const OTHERWISE: Readonly<Record<string, Readonly<Record<string, Unread | RegistryCase['answers']>>>> = {
  '0.1.0': { '0.2.0-pre.1': STRANGE, today: STRANGE },
  '0.2.0-pre.1': { '0.1.0': STRANGE },
  today: { '0.1.0': STRANGE },
  'a newer format': { '0.1.0': STRANGE, '0.2.0-pre.1': NEWER, today: NEWER },
  'a newer format for the same readers': { '0.1.0': STRANGE },
};

/** A registry, and what whoever can read it says of it at an instant. */
interface RegistryCase {
  readonly name: string;
  readonly publish: () => Promise<void>;
  /** Where it is and whose word counts in it, where that is not as ever. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly at: string;
  readonly answers: Readonly<Record<string, string>>;
}

const KEPT = new Map(keptReleases().map((release) => [release, readKept(release)]));

const kept: readonly RegistryCase[] = [...KEPT].map(([name, { environment, keptAt, answers }]) => ({
  ...{ name, environment, answers, at: keptAt },
  publish: () => restoreKept(name, doors.store.engine.endpoint),
}));

/** Today's sample as today's code publishes it, and as builds may that nobody has written yet. */
const live: readonly RegistryCase[] = [
  { name: 'today', publish: putBack },
  { name: 'a newer format', publish: () => ofNewerFormat(FORMAT + 1) },
  {
    name: 'a newer format for the same readers',
    publish: () => ofNewerFormat(honest.root.oldestReader),
  },
].map((each) => ({ ...each, answers: TODAY, at: NOW }));

function ofNewerFormat(oldestReader: number): Promise<void> {
  return forgeSigned(ofFormat({ format: FORMAT + 1, oldestReader }));
}

/** Its name makes Node run what is in it as it is. */
const folder = mkdtempSync(join(tmpdir(), 'routeguard-doors-'));

beforeAll(async () => {
  await startForgingOver(readSampleRegistry());
  for (const [release, { bundle }] of KEPT) {
    mkdirSync(join(folder, release));
    writeFileSync(join(folder, release, 'index.mjs'), bundle);
  }
});
afterEach(() => void vi.useRealTimers());
afterAll(async () => {
  await doors.stop();
  rmSync(folder, { recursive: true });
});

const BUILDS = [...KEPT.keys(), 'today'];

describe.each([...kept, ...live])(
  'under the registry of $name',
  ({ name, publish, environment, at, answers }) => {
    beforeAll(publish);

    it.each(BUILDS)('%s', async (build) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at) });
      const asset = KEPT.has(build) ? join(folder, build) : undefined;
      const decide = await doors.fresh('decide', environment, asset);
      const said: Record<string, string> = {};
      for (const [question, request] of Object.entries(QUESTIONS))
        said[question] = answerInWords(await decide({ request: JSON.stringify(request) }));
      const otherwise = OTHERWISE[name]?.[build] ?? {};
      if (typeof otherwise === 'string') expect(withoutTime(said)).toEqual([otherwise]);
      else expect(said).toEqual({ ...answers, ...otherwise });
    });
  },
);

/** The different answers, whichever time they are about. */
function withoutTime(said: RegistryCase['answers']): readonly string[] {
  return [...new Set(Object.values(said).map((words) => words.replace('hypothetical ', '')))];
}
