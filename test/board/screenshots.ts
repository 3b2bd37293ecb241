/**
 * Pictures of the board in Chromium: `npm run board:screenshots [DIRECTORY]`. For people to look at; no test compares
 * pixels. Needs Debian's `chromium` (or CHROMIUM=/path).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BoardEvent, createBoard } from '../../functions/board/board.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { stateOf } from '../decide/rig.ts';
import { openRig } from '../store/store-rig.ts';
import { largeRegistry, sampleWithCliff } from './large-registry.ts';

const chromium = process.env['CHROMIUM'] ?? 'chromium';
const output = resolve(process.argv[2] ?? 'dist/board');
const AT = Date.parse('2026-11-23T12:00:00Z');

interface Picture {
  readonly name: string;
  readonly event: BoardEvent;
  readonly width: number;
  readonly height: number;
}

const desktop = { width: 1200, height: 2000 };
const phone = { width: 500, height: 2400 };
const light = { widgetContext: { theme: 'light' } };
const dark = { widgetContext: { theme: 'dark' } };
const refused = { route: 'sms-gb-secondary', profile: 'USA · SECRET, shared' };
const ending = { route: 'sms-gb-primary', profile: 'USA · SECRET, shared' };

const PICTURES: readonly Picture[] = [
  { name: 'light', event: light, ...desktop },
  { name: 'dark', event: dark, ...desktop },
  { name: 'phone', event: light, ...phone },
  { name: 'question', event: { ...light, ...refused }, width: 1200, height: 900 },
  { name: 'question-dark-phone', event: { ...dark, ...refused }, width: 500, height: 1400 },
];

function shoot(html: string, { name, width, height }: Picture, of: string): void {
  const profile = mkdtempSync(join(tmpdir(), 'routeguard-chromium-'));
  const file = join(output, `${of}-${name}.html`);
  const background = html.includes('--bg:#0f1b2a') && name.includes('dark') ? '#0f1b2a' : '#fff';
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><body style="margin:0;background:${background}">${html}`,
  );
  try {
    execFileSync(
      chromium,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--hide-scrollbars',
        `--user-data-dir=${profile}`,
        `--window-size=${width},${height}`,
        `--screenshot=${join(output, `${of}-${name}.png`)}`,
        `file://${file}`,
      ],
      { stdio: 'ignore', timeout: 60_000 },
    );
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function picturesOf(
  of: string,
  facts: ReadonlyMap<string, RawFact>,
  pictures: readonly Picture[],
): Promise<void> {
  const rig = await openRig();
  try {
    await rig.genesis(stateOf(facts));
    const board = createBoard({ reader: rig.reader(), clock: () => AT });
    for (const picture of pictures) {
      const started = performance.now();
      const html = await board(picture.event);
      const ms = Math.round(performance.now() - started);
      shoot(html, picture, of);
      console.log(`${of}-${picture.name}.png  ${Math.round(html.length / 1024)} KB of HTML in ${ms} ms`);
    }
  } finally {
    await rig.stop();
  }
}

mkdirSync(output, { recursive: true });
await picturesOf('sample', readSampleRegistry(), PICTURES);
await picturesOf('cliff', sampleWithCliff(AT), [
  ...PICTURES.slice(0, 1),
  { name: 'question', event: { ...light, ...ending }, width: 1200, height: 700 },
]);
await picturesOf('large', largeRegistry(2000, AT), PICTURES.slice(0, 3));
console.log(output);
