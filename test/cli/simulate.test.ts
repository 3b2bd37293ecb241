import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { loadBuild } from '../../cli/simulate.ts';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';

const directory = mkdtempSync(join(tmpdir(), 'routeguard-builds-'));
const builds: ReturnType<typeof loadBuild>[] = [];
afterEach(async () => {
  await Promise.all(builds.splice(0).map((b) => b.stop()));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const request = (UNIVERSAL_ANSWERS[0] as (typeof UNIVERSAL_ANSWERS)[number]).request;

function build(name: string, source: string) {
  const file = join(directory, `${name}.mjs`);
  writeFileSync(file, source);
  const loaded = loadBuild(file);
  builds.push(loaded);
  return loaded;
}

describe('a build in a thread of its own', () => {
  it('gets the request as text, and answers each question its own', async () => {
    const { ask } = build(
      'echo',
      'export const handler = async (event) => ({ decision: false, id: JSON.parse(event.request).message.id });',
    );
    const replies = await Promise.all(
      ['a', 'b', 'c'].map((id) => ask({ ...request, message: { ...request.message, id } })),
    );
    expect(replies.map((r) => ('payload' in r ? JSON.parse(r.payload).id : r.failed))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it.each([
    ['throws', 'export const handler = async () => { throw new Error("x"); };'],
    ['does not load', 'throw new Error("x");'],
    ['exits', 'export const handler = async () => process.exit(1);'],
  ])('one that %s gives no answer', async (name, source) => {
    expect(await build(name.replaceAll(' ', '-'), source).ask(request)).toHaveProperty('failed');
  });
});
