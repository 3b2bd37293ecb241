/**
 * A person's key that an SSH agent holds: in its memory, or on a smart card or token behind it (PIV, PKCS #11). FIDO
 * keys are not among them: they sign over flags and a counter of their own besides.
 */
import { createHash } from 'node:crypto';
import { visible } from '../../functions/core/visible-text.ts';
import { UsageError } from '../usage-error.ts';
import { keyHeldBy, type PersonKey } from './person-key.ts';
import { type AskAgent, sshAgent } from './ssh-agent.ts';
import { keyKindOf, publicHalfOf, rawSignatureOf } from './ssh-key.ts';
import { number, SshFormatError, string } from './ssh-wire.ts';

/** OpenSSH's own client takes no more (authfd.c, ssh_fetch_identitylist). */
const MOST_KEYS = 2048;
const NO_FLAGS = number(0);

interface Identity {
  readonly blob: Buffer;
  readonly kind: string;
  readonly comment: string;
  /** As `ssh-add -l` prints it. */
  readonly fingerprint: string;
  /** Null for a key that no person's key may be. */
  readonly publicKey: string | null;
}

type Fitting = Identity & { readonly publicKey: string };

/**
 * The agent's key of that fingerprint or comment; where neither is given, the only one that fits.
 *
 * @throws UsageError where there is none, or more than one; and as {@link sshAgent} does
 */
export async function agentKey(which: string, ask: AskAgent = sshAgent()): Promise<PersonKey> {
  const { blob, kind, publicKey } = chosen(await identities(ask), which);
  return keyHeldBy({
    name: 'the SSH agent',
    publicKey,
    sign: (message) =>
      ask(
        {
          ...{ type: 13, contents: Buffer.concat([string(blob), string(message), NO_FLAGS]), answer: 14 },
          refused:
            'the SSH agent refused to sign: it was declined, or the key is locked, gone, or restricted to certain hosts',
        },
        (reader) => rawSignatureOf(kind, reader.string()),
      ),
  });
}

function identities(ask: AskAgent): Promise<readonly Identity[]> {
  return ask({ type: 11, answer: 12, refused: 'the SSH agent refused to list its keys' }, (reader) => {
    const count = reader.number();
    if (count > MOST_KEYS) throw new SshFormatError('too many keys');
    return Array.from({ length: count }, () => identity(reader.string(), reader.string()));
  });
}

function identity(blob: Buffer, comment: Buffer): Identity {
  const hash = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return {
    ...{ blob, kind: keyKindOf(blob), publicKey: publicHalfOf(blob) },
    ...{ comment: comment.toString('utf8'), fingerprint: `SHA256:${hash}` },
  };
}

function chosen(held: readonly Identity[], which: string): Fitting {
  const named = held.filter((each) => ['', each.fingerprint, each.comment].includes(which));
  const [first, ...others] = named.filter(isFitting);
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined)
    throw new UsageError(
      `several keys of the SSH agent fit, so say which: ${[first, ...others].map(inWords).join(', ')}`,
    );
  if (named.some(({ kind }) => kind.startsWith('sk-')))
    throw new UsageError(
      'a FIDO key (sk-…) signs over flags and a counter of its own too, which the registry does not verify: take an Ed25519 or P-384 key',
    );
  const what = which === '' ? '' : ' of that fingerprint or comment';
  throw new UsageError(
    `the SSH agent holds no Ed25519 or P-384 key${what}: \`ssh-add -l\` lists what it holds`,
  );
}

function isFitting(each: Identity): each is Fitting {
  return each.publicKey !== null;
}

function inWords({ fingerprint, comment }: Identity): string {
  return `--key agent:${fingerprint} (${visible(comment)})`;
}
