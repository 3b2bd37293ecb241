/** Faults in the look at an account before a deployment: what must be fixed, and what could not be asked, told as well. */
import { mutationsOf } from '../mutation.ts';

const TEST = 'test/cli/preflight.test.ts';
const IN_SERVICE = 'test/cli/preflight-in-service.test.ts';
const ADOPTED = 'test/cli/preflight-adopted-registry.test.ts';

export const PREFLIGHT = mutationsOf('preflight', [
  {
    file: 'functions/store/raise-floor.ts',
    caughtBy: 'test/store/floor.test.ts > raising',
    faults: [
      ['a place that is taken by another name is asked for until nobody waits', ", 'DuplicateItem'])", '])'],
    ],
  },
  {
    file: 'cli/registry/words.ts',
    caughtBy: 'test/cli/verify-words.test.ts',
    faults: [
      [
        'what is unsound besides is only newer',
        "problems.every((each) => each['code']",
        "problems.some((each) => each['code']",
      ],
      ['a sound history is of a newer build', 'problems.length > 0 && problems.every', 'problems.every'],
    ],
  },
  {
    file: 'functions/store/audit-approvals.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > an audit by',
    faults: [
      [
        'a newer format is laid out as this one',
        'between.root.format > FORMAT',
        'between.root.format < FORMAT',
      ],
    ],
  },
  {
    file: 'cli/preflight.ts',
    caughtBy: TEST,
    faults: [
      [
        'what could not be asked is well',
        "!has('could-not-ask') ? 'ok'",
        "!has('must-fix') ? 'ok'",
        `${TEST} > what could not be asked is never well`,
      ],
      [
        'what must be fixed is not told before what could not be asked',
        "  if (has('must-fix')) return 'must-fix';\n",
        "  if (has('must-fix') && !has('could-not-ask')) return 'must-fix';\n",
        `${TEST} > what could not be asked is never well`,
      ],
      [
        'context for a template that is there is passed over',
        'if (context.length > 0)',
        'if (context.length > 99)',
        `${TEST} > used wrongly`,
      ],
      [
        'context that the command says itself is said twice',
        "if (name === 'stage' || ",
        "if (name === '' || ",
        `${TEST} > used wrongly`,
      ],
    ],
  },
  {
    file: 'cli/preflight/aws-caller.ts',
    caughtBy: `${TEST} > what could not be asked is never well`,
    faults: [
      ['the answer to something else counts', 'root?.name !== `${operation}Response`', 'root === undefined'],
      ['a throttled call is asked once', 'later && attempt < ATTEMPTS', 'later && attempt < 1'],
    ],
  },
  {
    file: 'cli/preflight/concurrency.ts',
    caughtBy: TEST,
    faults: [
      ['what an account must leave is not counted', 'kept + UNRESERVED + others', 'kept + others'],
      ['what others keep is not counted', 'quota - unreserved - reserved;', '0 * reserved;'],
      ['more may be left than there is', ' || unreserved > quota', ''],
      ['what is provisioned is not counted', 'provisioned += wholeNumber', 'provisioned = 0 * wholeNumber'],
      ['a limit that is none counts', '!isCount(quota) || !isCount(unreserved)', '!isCount(quota)'],
      [
        'what others may keep is taken for the stack’s own',
        'if (warm > 0 && quota >= needed - warm)\n    return [\n      couldNotAsk(',
        'if (warm > 0 && quota >= needed - warm)\n    return [\n      ok(',
      ],
      [
        'what the stack provisions now is others’ for sure',
        'if (warm > 0 && quota',
        'if (warm > 99 && quota',
      ],
      [
        'what a version provisions is not counted',
        "['AWS::Lambda::Alias', 'AWS::Lambda::Version']",
        "['AWS::Lambda::Alias']",
      ],
    ],
  },
  {
    file: 'cli/preflight/bootstrap.ts',
    caughtBy: TEST,
    faults: [
      [
        'the last version that is refused will do',
        'Math.max(0, ...wanted.refused) + 1',
        'Math.max(0, ...wanted.refused)',
      ],
      ['any text is a version', '!/^[1-9]\\d{0,4}$/.test(said)', "said === ''"],
    ],
  },
  {
    file: 'cli/preflight/api-logging.ts',
    caughtBy: TEST,
    faults: [
      [
        'a role that begins so is this stack’s',
        '(await stackOwning(caller, roleName)) === name',
        "(await stackOwning(caller, roleName)) !== ''",
      ],
      ['an API that logs needs no role', '!sets && !isLogging(template)', '!sets'],
      [
        'what is composed logs nothing',
        "list(methods ?? [], 'MethodSettings')",
        '(Array.isArray(methods) ? methods : [])',
      ],
      [
        'what a role for logs takes is not said',
        'with the managed policy service-role/AmazonAPIGatewayPushToCloudWatchLogs',
        'with a policy',
      ],
    ],
  },
  {
    file: 'cli/preflight/endpoint-services.ts',
    caughtBy: TEST,
    faults: [
      ['zones without a default subnet are counted', 'byDefault.length > 0', 'byDefault.length < 0'],
      ['a zone without an endpoint will do', '!here.zones.has(zone)', 'here.zones.size === 0'],
    ],
  },
  {
    file: 'cli/preflight/existing.ts',
    caughtBy: TEST,
    faults: [
      [
        'whatever CloudFormation refuses means that there is no stack',
        'error.said === `Stack with id ${name} does not exist`',
        "error.said.endsWith('does not exist')",
      ],
      [
        'what is another stack’s is left over',
        'owner === undefined || (owner === name && !mayServe)',
        "owner === undefined || owner !== ''",
      ],
      [
        'what is in use is left over, and can go',
        "(what === 'table' && named.has(each))",
        'false',
        `${IN_SERVICE} > what bears the stack`,
      ],
      [
        'what is the stack’s own is left over',
        '(own.some(({ physicalId }) => physicalId === each) ||',
        '(',
        `${IN_SERVICE} > what bears the stack`,
      ],
      [
        'what a stack at work has just made is left over',
        '(owner === name && !mayServe)',
        'owner === name',
        `${IN_SERVICE} > what bears the stack`,
      ],
      ['a name that nobody knows yet is free', 'if (unknown.length > 0)', 'if (unknown.length > 99)'],
      ['another stack’s state is this one’s', " || textAt(stack, 'StackName') !== name", ''],
    ],
  },
  {
    file: 'cli/preflight/region-types.ts',
    caughtBy: TEST,
    faults: [
      [
        'a property that a Region lacks is let pass',
        'return isOpen ? [] : [`there',
        'return isOpen || true ? [] : [`there',
      ],
      ['a reference is not followed', 'steps < 8', 'steps < 0'],
      [
        'the schema of another type counts',
        "parsed.value['typeName'] === type",
        "parsed.value['typeName'] !== ''",
      ],
    ],
  },
  {
    file: 'cli/preflight/founders.ts',
    caughtBy: `${TEST} > the template`,
    faults: [
      ['a function that is told no founders passes', 'if (untold.length > 0)', 'if (untold.length > 99)'],
      ['one of several values stands for all', 'if (values.size !== 1)', 'if (values.size < 1)'],
      [
        'anything that is referred to is a parameter',
        ' || template.Parameters?.[parameter] === undefined)',
        ')',
      ],
      ['what the template names is not compared', ' || inOrder(given) === inOrder(text)', ' || true'],
    ],
  },
  {
    file: 'cli/preflight/first-region.ts',
    caughtBy: `${TEST} > a standby`,
    faults: [
      ['the own Region is asked', 'const first = await elsewhere(region);', 'const first = caller;'],
      ['a key that cannot be used will do', "return state === 'Enabled'", "return state !== ''"],
      ['two keys are one', 'key === undefined || keys.length > 1', 'key === undefined'],
    ],
  },
  {
    file: 'cli/preflight/table-there.ts',
    caughtBy: `${TEST} > a standby`,
    faults: [
      ['any key will do', 'key !== undefined && under !== key', 'under === undefined'],
      ['any account will do', "arn.split(':')[4] !== account", "arn === ''"],
      ['a table that cannot be read will do', "if (status !== 'ACTIVE')", "if (status === '')"],
      [
        'a table with other keys will do',
        'if (has.join() !== keys.join())',
        'if (has.length === 0)',
        `${IN_SERVICE} > tables that the template adopts`,
      ],
    ],
  },
  {
    file: 'cli/preflight/registry-tables.ts',
    caughtBy: IN_SERVICE,
    faults: [
      [
        'functions that disagree are asked for one of their tables',
        'if (values.size > 1)',
        'if (values.size > 99)',
      ],
      [
        'tables may be under any key where the stack makes its own',
        "if (typeof arn !== 'string') answers.push",
        'if (arn === null) answers.push',
      ],
      ['adopted tables are not asked for', 'if (adopted.length === 0)', 'if (adopted.length >= 0)'],
      ['a stack at work leaves its tables', 'if (LEADS_NOWHERE.has(status))', 'if (status !== undefined)'],
      [
        'a stack that leads nowhere keeps its tables',
        'if (LEADS_NOWHERE.has(status))',
        "if (status === 'none')",
      ],
      [
        'another stack’s tables are adopted',
        'if (owner === undefined || owner === stack) return [];',
        "if (owner !== '') return [];",
      ],
      [
        'the stack’s own tables are another’s',
        'if (owner === undefined || owner === stack) return [];',
        'if (owner === undefined) return [];',
      ],
    ],
  },
  {
    file: 'cli/preflight/in-service.ts',
    caughtBy: `${IN_SERVICE} > a deployment over`,
    faults: [
      ['a founder may be left out', '[...live.founders].filter(', '[...live.founders].slice(1).filter('],
      [
        'a key of commits may be left out',
        '[...live.commitKeys].filter(',
        '[...live.commitKeys].slice(1).filter(',
      ],
      [
        'a restored table may be left',
        'if (others.length === 0) return [];',
        'if (others.length >= 0) return [];',
      ],
      ['a restored table is theirs already', 'if (moved.length > 0)', 'if (moved.length > 99)'],
    ],
  },
  {
    file: 'cli/preflight/look.ts',
    caughtBy: ADOPTED,
    faults: [['nobody looks into adopted tables', 'adoptsAny(template)\n', '!adoptsAny(template)\n']],
  },
  {
    file: 'cli/preflight/adopted-registry.ts',
    caughtBy: `${ADOPTED} > newer build`,
    faults: [
      [
        'whatever is open can be published on',
        'if (root.format <= FORMAT) return ok(says);',
        'return ok(says);',
      ],
    ],
  },
  {
    file: 'cli/preflight/opening.ts',
    caughtBy: `${ADOPTED} > a new stack`,
    faults: [
      ['what nobody of these founders signed opens', '      await at.read([]);\n', ''],
      ['what came back is confirmed by any founders', 'return asked.ok ?', 'return asked ?'],
      ['what could not be read is nothing', "error.code === 'HEAD_MISSING'", "error.code !== 'HEAD'"],
    ],
  },
  {
    file: 'cli/preflight/registry-move.ts',
    caughtBy: `${ADOPTED} > a stack that goes`,
    faults: [
      [
        'what is held is gone to while decisions are made',
        'if (decided === null) return heldFromHeld(is, what);',
        'if (decided !== null) return [];',
      ],
      [
        'from held to held is no move',
        'if (decided === null) return heldFromHeld(is, what);',
        'if (decided === null) return [];',
      ],
      ['an older version goes on', "return 'older'", "return 'newer'"],
      [
        'any other history was confirmed',
        "(await first(now))) return 'another'",
        "(await first(now))) return 'confirmed'",
      ],
      [
        'whatever was confirmed gives up what serves',
        "? 'confirmed' : 'apart'",
        "? 'confirmed' : 'confirmed'",
      ],
      [
        'nothing that people were shown gives it up',
        'floor?.digest === now.digest) return true',
        'floor?.digest === now.digest) return false',
      ],
      [
        'what was not shown is no matter while decisions are made',
        'if (decided === null)\n',
        'if (decided !== null)\n',
      ],
      ['nothing published is no loss', "next.comes === 'empty')\n", "next.comes !== 'empty')\n"],
      ['what nobody can compare goes on', '&& !isOneFloor', '&& isOneFloor'],
    ],
  },
  {
    file: 'cli/preflight/live-functions.ts',
    caughtBy: `${IN_SERVICE} > a deployment over`,
    faults: [
      [
        'variables that nobody may read are none',
        'if (!isObject(variables)) throw unreadable;',
        'if (!isObject(variables)) return {};',
      ],
      ['what was deployed last serves', '${path}?Qualifier=${LIVE_ALIAS}', '${path}'],
    ],
  },
  {
    file: 'cli/preflight/stack-resources.ts',
    caughtBy: `${TEST} > an account that is not ready`,
    faults: [['what a stack let go is still its own', 'return GONE.has(status) ?', "return status === '' ?"]],
  },
  {
    file: 'cli/preflight/pages.ts',
    caughtBy: TEST,
    faults: [
      ['a last page is waited for', 'next === undefined || next === null', 'next === undefined'],
      ['the first page is all there is', "next === '') return found", "next !== '') return found"],
      ['pages that take turns go on for ever', ' || asked.has(next)', ' || next === token'],
    ],
  },
  {
    file: 'cli/preflight/stack-standing.ts',
    caughtBy: 'test/cli/stack-standing.test.ts',
    faults: [
      [
        'a stack whose update stopped half-way is to be deleted',
        'and go on with \\`npx cdk deploy --no-rollback\\`; or',
        'then \\`aws cloudformation delete-stack\\`; or',
      ],
      [
        'one that was made in part is to be rolled back',
        "    case 'CREATE_FAILED':\n      return {\n        mayServe: true",
        "    case 'CREATE_FAILED':\n      return {\n        mayServe: false",
      ],
      [
        'nobody is told what the CDK asks where something is replaced',
        'answer no, and never give --force',
        'answer as you like',
      ],
      ['a stack that is half gone is not there', "isThere: known !== 'DELETE_COMPLETE'", 'isThere: false'],
      [
        'a state that nobody knows serves nothing',
        '    mayServe: true,\n    answer: couldNotAsk(',
        '    mayServe: false,\n    answer: couldNotAsk(',
      ],
    ],
  },
  {
    file: 'cli/preflight/network-quotas.ts',
    caughtBy: TEST,
    faults: [['what is there already is not counted', 'there + more.length <= most', 'more.length <= most']],
  },
  {
    file: 'cli/preflight/founders.ts',
    caughtBy: TEST,
    faults: [['the local run’s founders will do', 'LOCAL_FOUNDERS.includes(key)', "key === ''"]],
  },
]);
