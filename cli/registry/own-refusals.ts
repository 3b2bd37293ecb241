/** What the command line itself refuses with, as the registry has its own (`functions/registry/refusal-table.ts`); printed in `docs/registry.md`. */
interface OwnRefusal {
  readonly means: string;
  readonly todo: string;
}

export const OWN_REFUSALS = {
  '403': {
    means: 'The door in front of the registry does not let in whoever called; the registry was not asked.',
    todo: 'Call with the credentials of a role that may use the door that is named (`--as` at the local guard).',
  },
  LEFT_UNSIGNED: {
    means: 'Whoever was asked did not say that they sign.',
    todo: 'Give the same command again to be asked again.',
  },
  REQUEST_CHANGED: {
    means: 'The request to purge is not the one that `--request` names.',
    todo: '`routeguard registry purge show`, and look at it again.',
  },
  REVIEW_CHANGED: {
    means: 'What would be signed is not what `--reviewed` names.',
    todo: '`routeguard registry review ID`, and look at it again.',
  },
  REGISTRY_MOVED: {
    means: 'The registry has gone on since the simulation.',
    todo: '`routeguard registry simulate ID`, look at it again, and sign that.',
  },
  REGISTRY_UNTRUE: {
    means: 'Root or people are not what they come to, computed here.',
    todo: 'Sign nothing, and tell the other founders: the registry, or somebody with its role, does not tell the truth.',
  },
  BASE_UNSOUND: {
    means: 'The tables do not hold what may be built on.',
    todo: '`routeguard registry verify --offline`, and the runbook.',
  },
  UNAVAILABLE: {
    means: 'The registry, or what holds your key, did not answer.',
    todo: 'Give the same command again.',
  },
} as const satisfies Record<string, OwnRefusal>;
