/** Everything the registry can refuse with. The codes are the contract, and `docs/registry.md` prints this table; the words may improve. */
interface RefusalMeaning {
  /** Of the HTTP answer. */
  readonly status: 400 | 403 | 404 | 409 | 413 | 422 | 503;
  readonly means: string;
  /** What whoever asked does about it. */
  readonly todo: string;
}

export const REFUSALS = {
  REQUEST_UNPARSABLE: {
    status: 400,
    means: 'The body is not JSON, or not JSON as this registry reads it.',
    todo: 'Send one JSON object without repeated members.',
  },
  REQUEST_INVALID: {
    status: 400,
    means: 'A member, a parameter or a name is not what it may be.',
    todo: 'Correct what the sentence names.',
  },
  CALLER_UNKNOWN: {
    status: 403,
    means: 'Whoever called is no session of an IAM role of this account.',
    todo: 'Call with the credentials of your role.',
  },
  NOT_AUTHORISED: {
    status: 403,
    means: 'Your role or your key may not speak for these facts.',
    todo: 'Have somebody of the authority that is named do it. Where `problems` names flaws of the facts too, correct those as well.',
  },
  SECOND_PERSON_NEEDED: {
    status: 403,
    means: 'Author and second person are one person.',
    todo: 'Have another person of the same authority approve, with a key, role and session of their own.',
  },
  SIGNATURE_INVALID: {
    status: 403,
    means: 'The signature is not over what is asked, not by that key, or not fresh.',
    todo: 'Sign again, by a clock that is right; see that the key is the one that is registered.',
  },
  ROUTE_UNKNOWN: {
    status: 404,
    means: 'The registry has no such method.',
    todo: 'See “Methods” on this page.',
  },
  PROPOSAL_UNKNOWN: {
    status: 404,
    means: 'There is no proposal of this id.',
    todo: '`routeguard registry proposals` lists them.',
  },
  FACT_UNKNOWN: {
    status: 404,
    means: 'There is no such fact in this version.',
    todo: '`routeguard registry show KIND` lists what there is, `blame KEY` tells when one left.',
  },
  VERSION_UNKNOWN: {
    status: 404,
    means: 'There is no such version.',
    todo: '`routeguard registry log` lists them.',
  },
  JOB_UNKNOWN: {
    status: 404,
    means: 'There is no job of this id.',
    todo: 'Start it again: the answer names it.',
  },
  PURGE_UNKNOWN: {
    status: 404,
    means: 'There is no request to purge of this id.',
    todo: '`routeguard registry purge request` ends with it.',
  },
  PURGE_MISSING: {
    status: 404,
    means: 'Something that is to be purged is not there.',
    todo: 'Look for it with `routeguard registry purge search`; what is nowhere needs no purge.',
  },
  HOLD_SET_LATELY: {
    status: 409,
    means:
      'The same authority, or another that your role may hold for, stopped some of this, which is not its own, until less than 24 hours ago.',
    todo: 'Have two people propose the hold again, or hold an owner or a network of your own.',
  },
  HOLDS_TOO_MANY: {
    status: 409,
    means:
      'The law is full but for the room that is kept for stops, and your role’s authorities have 50 stops in it that are in force, or were less than 30 days ago.',
    todo: 'Have two people end holds that are over before they began, so that they leave; or stop everything.',
  },
  AUTHOR_SIGNATURE_MISSING: {
    status: 409,
    means: 'The author has not signed what the proposal comes to.',
    todo: 'Have the author give `routeguard registry sign ID`, then approve.',
  },
  CHUNK_EXPIRED: {
    status: 409,
    means: 'The pieces of this proposal did not come in time.',
    todo: 'Propose it again.',
  },
  CONFLICT: {
    status: 409,
    means: 'The registry, or a fact, is not any more what this was written against.',
    todo: 'Look at what it is now, and write it anew; a stop is sent again as it is.',
  },
  FLIPS_CHANGED: {
    status: 409,
    means: 'It was not simulated, or other answers flip than were found.',
    todo: '`routeguard registry simulate ID`, look at it again, and sign again.',
  },
  NOT_OPENABLE: {
    status: 409,
    means: 'What was signed would open for nobody; nothing has changed.',
    todo: 'See that clocks agree and that who signed still speaks, sign again; if it stays so, `verify`.',
  },
  BEING_PUBLISHED: {
    status: 409,
    means:
      'Somebody approved the proposal less than two minutes ago, and may be publishing it at this moment.',
    todo: '`routeguard registry proposal ID` says what has become of it; from `until` on, send it again.',
  },
  PROPOSAL_EXPIRED: {
    status: 409,
    means: 'The proposal waited longer than thirty days.',
    todo: 'Propose it again.',
  },
  PROPOSAL_STATUS: {
    status: 409,
    means: 'The proposal is not in a state in which this may be done.',
    todo: '`routeguard registry proposal ID` says in which it is.',
  },
  REGISTRY_EMPTY: {
    status: 409,
    means: 'Nothing has been published yet.',
    todo: '`routeguard registry propose FILE --genesis`.',
  },
  REGISTRY_HELD: {
    status: 409,
    means: 'HEAD is not what was acknowledged last.',
    todo: 'Compare, and confirm: “A registry restored from a backup”.',
  },
  RESULT_GONE: {
    status: 409,
    means: 'The operations or the result are not kept any more, or were purged.',
    todo: 'Start the job, or propose, again.',
  },
  RESULT_PENDING: {
    status: 409,
    means: 'The job has no result yet, or failed.',
    todo: '`POST jobs/{id}/run` until it is done; the command line does.',
  },
  AUDIT_NEEDED: {
    status: 409,
    means:
      'What is to be erased stands in more versions than one request audits, and no sound audit of the last day covers them.',
    todo: '`routeguard registry verify` before the registry is closed, or with it open again; then send the last approval again.',
  },
  REGISTRY_OPEN: {
    status: 409,
    means: 'What facts said is erased only while nobody can publish, and somebody can.',
    todo: 'Have an administrator close the registry ("Spillage" below), then send the last approval again.',
  },
  VERSION_PURGED: {
    status: 409,
    means: 'Something of this version was purged: nothing can be read from it, or go back to it.',
    todo: 'Take another version; `routeguard registry verify` lists what was purged.',
  },
  IN_FORCE: {
    status: 409,
    means: 'What is to be erased is in the registry as it stands, or as people last signed it.',
    todo: 'Replace the fact by one without the words first, then ask again.',
  },
  TOO_LARGE: {
    status: 413,
    means: 'A fact, a proposal or the law is larger than may be stored.',
    todo: 'Split it.',
  },
  HOLD_TOO_WIDE: {
    status: 422,
    means: 'The hold stops more than its authority speaks for, for longer than a day, or as a rehearsal.',
    todo: 'Let it end within 24 hours, name an owner or a network of your own, or have two people propose it.',
  },
  PROPOSAL_INVALID: {
    status: 422,
    means: 'The change cannot be made, or would leave the registry unsound.',
    todo: 'Correct every fact that `problems` names; `routeguard check FILE` finds most of it before.',
  },
  ACKNOWLEDGEMENT_MISSING: {
    status: 422,
    means: 'An answer that becomes permit was not acknowledged.',
    todo: 'Look at what `review` shows, and acknowledge it.',
  },
  ACKNOWLEDGEMENT_UNKNOWN: {
    status: 422,
    means: 'Something was acknowledged that is not there.',
    todo: 'Look at what `review` shows: nobody approves what they have not seen.',
  },
  NOT_RESTRICTING: {
    status: 422,
    means: 'It could permit something, so one person may not do it alone.',
    todo: 'Propose it.',
  },
  SIMULATION_TOO_LARGE: {
    status: 422,
    means: 'More would have to be asked than a simulation can.',
    todo: 'Split the change.',
  },
  SYNTHETIC_REFUSED: {
    status: 422,
    means: 'An invented network, vendor, route or tunnel has no place in this registry.',
    todo: 'Leave it out; only a sample registry holds such.',
  },
  REGISTRY_FORMAT: {
    status: 409,
    means:
      'The registry was published by a newer build, and says what this one cannot read. Decisions are denied by it too.',
    todo: 'Put the newer build back in service: `docs/upgrade.md`, “Back to an older build”.',
  },
  READERS_TOO_OLD: {
    status: 409,
    means: 'The change is of a format that a function in service cannot read: it would deny everything.',
    todo: 'Deploy the build that reads it everywhere, wait until every canary has ended, then ask again; `details` names the functions.',
  },
  REGISTRY_INTEGRITY: {
    status: 503,
    means: 'What is stored is not what was published.',
    todo: '`routeguard registry verify`, and the runbook.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    means: 'The database did not answer in time.',
    todo: 'Send the same request again.',
  },
  REHEARSAL_FAILED: {
    status: 503,
    means: 'A stop was rehearsed, and one of its steps failed: nobody could stop anything now.',
    todo: 'See which step in `details`; then follow the runbook, as for a stop that is not answered.',
  },
  OUT_OF_TIME: {
    status: 503,
    means: 'The request took longer than it may.',
    todo: 'Send the same request again: it goes on where it was.',
  },
  INTERNAL_FAULT: {
    status: 503,
    means: 'The registry failed in a way nobody foresaw.',
    todo: 'Send it again once; then tell whoever runs the guard, with the time.',
  },
} as const satisfies Record<string, RefusalMeaning>;

export type RefusalCode = keyof typeof REFUSALS;
