/** A command that acts at once, on one person's word; or, asked for a dry run, says what that would stop. */

import type { Command } from 'commander';
import type { Losses } from '../../functions/core/administration/losses.ts';
import { byHeight, heightOf } from '../../functions/core/administration/marking-order.ts';
import { acknowledgement, dryRun, stopCounts } from '../../functions/registry/answers.ts';
import { say } from '../terminal.ts';
import type { RegistryClient, RegistryOptions } from './connection.ts';
import { RegistryUnavailableError } from './errors.ts';
import { readAs } from './read-answer.ts';
import { run } from './run.ts';
import { acknowledgementInWords } from './words.ts';

export interface StopOptions extends RegistryOptions {
  readonly dryRun?: true;
}

export function withDryRun(command: Command): Command {
  return command.option('--dry-run', 'say what this would stop, and stop nothing');
}

export interface Stop {
  readonly path: 'hold' | 'revoke';
  readonly body: Readonly<Record<string, unknown>>;
  /** What else is said of the answer. */
  readonly also?: (answer: Readonly<Record<string, unknown>>) => readonly string[];
}

const MOST_NAMED = 20;

function named(all: readonly string[]): string {
  const more = all.length - MOST_NAMED;
  return `${all.slice(0, MOST_NAMED).join(', ')}${more > 0 ? `, and ${more} more (--json names them)` : ''}`;
}

/** Markings by frame and level with how many there are of each, the highest first. */
function byLevel(markings: readonly string[]): readonly string[] {
  return [...Map.groupBy(markings, (id) => heightOf(id).name)]
    .sort(([a], [b]) => byHeight(heightOf(a), heightOf(b)))
    .map(([of, each]) => `${of} (${each.length})`);
}

/** `stops something on 12 of 14 networks, and 34 of 60 markings that they carry now`. */
function figures({ networks, markings, complete }: Losses): string {
  const counted =
    networks.lost.length === 0
      ? 'nothing that is permitted now'
      : `something on ${networks.lost.length} of ${networks.permitted} networks, for ${markings.lost.length} of ${markings.permitted} markings that they may carry now`;
  return complete ? counted : `${counted}; there was no time to look at the rest, so it may be more`;
}

export function stopping(options: StopOptions, { path, body, also = () => [] }: Stop): Promise<void> {
  return run(options, async (registry) => {
    if (options.dryRun === true) {
      const answer = await registry({ method: 'POST', path, body: { ...body, dryRun: true } });
      const { stops: losses } = readAs(dryRun, answer);
      const lists = [
        ...(losses.networks.lost.length > 0 ? [`  networks: ${named(losses.networks.lost)}`] : []),
        ...(losses.markings.lost.length > 0 ? [`  markings: ${named(byLevel(losses.markings.lost))}`] : []),
      ];
      const words = [`DRY RUN, nothing was stopped. This would stop ${figures(losses)}.`, ...lists];
      return { words: [...words, ...also(answer)], json: answer };
    }
    const { answer, done } = await stopped(registry, { path, body });
    const words = [...acknowledgementInWords(done), ...also(answer)];
    if (done['already'] === true) return { words, json: answer };
    // In force: whoever waits for it is told before anything is counted.
    if (options.json !== true) say(words);
    const losses = await lossesOf(registry, done.version);
    return losses === undefined
      ? { words: ['What it stops could not be counted; it is in force all the same.'], json: answer }
      : { words: [`It stops ${figures(losses)}.`], json: { ...answer, stops: losses } };
  });
}

/** @throws RegistryUnavailableError that says what whoever relies on a stop has to know, and does next */
async function stopped(registry: RegistryClient, { path, body }: Stop) {
  try {
    const answer = await registry({ method: 'POST', path, body });
    return { answer, done: readAs(acknowledgement, answer) };
  } catch (cause) {
    if (!(cause instanceof RegistryUnavailableError)) throw cause;
    throw new RegistryUnavailableError(
      `${cause.message}. NOTHING IS KNOWN TO BE STOPPED: send the same command again until it is answered; it is recognised where it has been carried out already`,
      { cause },
    );
  }
}

/** Asked after the stop is in force, which it never fails: whoever gets no figures has stopped all the same. */
async function lossesOf(registry: RegistryClient, version: number): Promise<Losses | undefined> {
  try {
    return readAs(stopCounts, await registry({ method: 'GET', path: `versions/${version}/stops` })).stops;
  } catch {
    return undefined;
  }
}
