/** What the exit codes of `routeguard` say, in every command. */
export const EXIT = { failed: 1, usage: 2, refused: 3, unavailable: 4, untold: 5 } as const;

/** One sentence a code, for the page and for `routeguard help exit-codes`. Nothing but what is permitted, or done, is 0. */
export const EXIT_CODES: readonly (readonly [code: number, what: string])[] = [
  [
    0,
    'A permit that may be acted on now; for a command that asks for none: done, found, sound, nothing differs.',
  ],
  [
    EXIT.failed,
    'A check came to an end and failed: facts or scenarios are wrong, an account is not ready, a release is not whole. A crash of the command, too.',
  ],
  [
    EXIT.usage,
    'The command was given wrongly, or a file it names cannot be used. Nobody was asked anything.',
  ],
  [
    EXIT.refused,
    'Somebody said no: a deny, an indeterminate, not-applicable or hypothetical answer, a permit that may not be acted on, a refusal by the registry or by the door in front, or something differs, is not sound, was found.',
  ],
  [
    EXIT.unavailable,
    'Nobody decided: no connection, no answer in time, too many requests, no credentials, a crash, or an answer that nobody can read or that is about another question.',
  ],
  [
    EXIT.untold,
    'Of `recover` alone: more may be lost than is listed, or what came back is not to be confirmed yet.',
  ],
];
