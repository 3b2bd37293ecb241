/** Whether a person has seen what they are about to sign, before anything is signed. */
import { createInterface } from 'node:readline/promises';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { isDigest } from '../../functions/store/digest-bytes.ts';
import { noteWrapped } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { NOT_COMPUTED } from './computed.ts';
import { RegistryRefusedError } from './errors.ts';
import type { Review } from './review.ts';
import { progress } from './run.ts';

/** Where a person is asked: a terminal, or nobody. */
export interface Asker {
  readonly isThere: boolean;
  /** Shows lines, then asks for one. */
  ask(lines: readonly string[], question: string): Promise<string>;
}

/** Standard error and input, so that standard output stays the answer. */
export const terminal: Asker = {
  get isThere() {
    return process.stdin.isTTY === true && process.stderr.isTTY === true;
  },
  async ask(lines, question) {
    noteWrapped(lines);
    const asking = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C and the end of input close it, and answer nothing.
    const gone = new Promise<never>((_, reject) => asking.once('close', () => reject(leftUnsigned())));
    try {
      return (await Promise.race([asking.question(question).catch(() => gone), gone])).trim();
    } finally {
      asking.close();
    }
  },
};

/** A purge has another digest than the person names who has read it: nothing is signed. */
export function requestChanged(id: string): RegistryRefusedError {
  return new RegistryRefusedError({
    code: 'REQUEST_CHANGED',
    message: `this is not the request that --request names: \`routeguard registry purge show ${id}\``,
  });
}

function leftUnsigned(): RegistryRefusedError {
  return new RegistryRefusedError({ code: 'LEFT_UNSIGNED', message: 'left unsigned: nothing was signed' });
}

/**
 * Passes where the person has seen exactly what is about to be signed: they name its digest, or they are shown it now and
 * say so.
 *
 * @returns the digest of what they have seen
 * @throws RegistryRefusedError where it is something else than they name, or they leave it; UsageError where nobody is there to be asked
 */
export async function demandSeen(
  id: string,
  { words, digest, computed, whose }: Review,
  reviewed: string | undefined,
  asker: Asker = terminal,
): Promise<Digest | null> {
  if (reviewed !== undefined) {
    if (!isDigest(reviewed))
      throw new UsageError(
        `--reviewed takes the digest that \`routeguard registry review ${id}\` ends with: sha256:…`,
      );
    if (reviewed === digest) {
      if (!computed) progress(NOT_COMPUTED);
      return digest;
    }
    const other = await whose(reviewed);
    throw new RegistryRefusedError({
      code: 'REVIEW_CHANGED',
      message:
        other === undefined
          ? 'this is not what --reviewed names: it has changed since, or was never that'
          : `--reviewed names what ${other} has read, and not you: everybody who signs reads it`,
    });
  }
  if (!asker.isThere)
    throw new UsageError(
      `nobody is asked here: look at it with \`routeguard registry review ${id}\`, and give the digest it ends with as --reviewed`,
    );
  const said = await asker.ask(words, 'Type "sign" to sign exactly this, anything else to leave it: ');
  if (said !== 'sign') throw leftUnsigned();
  return digest;
}
