import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { type Engine, startEngine } from '../engine.ts';
import { openRig, pairedChange, pairedValues, type StoreRig, sampleState } from './store-rig.ts';

const KILLS = 8;
const SCRIPT = fileURLToPath(new URL('publish-until-killed.ts', import.meta.url));

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/**
 * Runs a publisher until it has had `acknowledged` versions acknowledged, waits `delayMs`, and kills it.
 *
 * @param look done again and again from when it begins until it is dead
 */
async function publishAndKill(
  rig: StoreRig,
  acknowledged: number,
  delayMs: number,
  look: () => Promise<void>,
): Promise<number> {
  const args = [rig.engine.endpoint, rig.tables.objects, rig.tables.state, rig.tables.floor, rig.privateKey];
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const published = () => output.trimEnd().split('\n').slice(1);
  let watching: Promise<void> | undefined;
  let isDead = false;
  const watch = async () => {
    while (!isDead) await look();
  };
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the publisher stopped by itself')));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      watching ??= watch();
      if (published().length >= acknowledged) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.removeAllListeners('exit');
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
  isDead = true;
  await watching;
  return Math.max(...published().map(Number));
}

describe('a publisher killed at any point', () => {
  it('leaves the old or the new registry whole, and the next one goes on', async () => {
    const rig = await openRig(engine);
    const seed = Number(process.env['SEED'] ?? 261);
    console.log(`delays from seed ${seed}`);
    await rig.genesis(sampleState(200));
    await rig.change(pairedChange(2));
    // Whoever died before the floor was raised has published all the same.
    const told = { acceptUnacknowledged: true };
    const watcher = rig.reader(told);
    const watched = new Set<number>();
    const look = async () => {
      const { version, values } = await pairedValues(watcher);
      expect(values.size).toBe(1);
      watched.add(version);
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const acknowledged = await publishAndKill(rig, 1 + (kill % 3), (seed * 7 + kill * 13) % 40, look);
      const { version, values } = await pairedValues(rig.reader(told));
      // Acknowledged is published; at most one more was published without its acknowledgement being heard.
      expect([acknowledged, acknowledged + 1]).toContain(version);
      expect(values).toEqual(new Set([JSON.stringify({ value: version })]));
    }
    console.log(`versions seen while publishing: ${watched.size}`);
    const report = await verifyHistory({
      // These documents are of no facts.
      isLaidOut: async () => true,
      client: rig.client,
      tables: rig.tables,
      publicKeys: rig.keys,
      founders: rig.founders,
      signal: AbortSignal.timeout(20_000),
    });
    expect(report.problems).toEqual([]);
  });
});
