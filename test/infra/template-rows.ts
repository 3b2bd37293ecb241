/** From a template to rows that a table written by hand can be compared with: intrinsics as text, ids without hashes. */
import type { MutableTemplate } from './synthesised-guard.ts';

/** A resource whose values are plain: `<Id>` is a reference, `<Id.Name>` an attribute. */
export interface Plain {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: unknown;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export type Resources = Readonly<Record<string, Plain>>;

/** Versions and deployments end in two hashes, everything else in one. */
const idOf = (id: string): string => id.replace(/[0-9A-F]{8}([0-9a-f]{32}|[0-9a-f]{40})?$/, '');

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inner] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0) {
    if (key === 'Ref') return `<${idOf(String(inner))}>`;
    if (key === 'Fn::GetAtt') return `<${idOf(inner[0])}.${inner[1]}>`;
    if (key === 'Fn::Join') return [plain(inner[1])].flat().map(text).join(inner[0]);
    if (key === 'Fn::Sub') return inner;
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** @throws Error where two ids differ in their hash alone */
export function plainResources({ Resources }: MutableTemplate): Resources {
  const found: Record<string, Plain> = {};
  for (const [id, resource] of Object.entries(Resources)) {
    if (found[idOf(id)] !== undefined) throw new Error(`two resources are called ${idOf(id)}`);
    const { DependsOn, ...rest } = plain(resource) as Plain & { DependsOn?: string | string[] };
    found[idOf(id)] = {
      ...rest,
      ...(DependsOn !== undefined && { DependsOn: [DependsOn].flat().map(idOf).sort() }),
    };
  }
  return found;
}

export function plainOutputs({
  Outputs = {},
}: MutableTemplate): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(Outputs).map(([id, { Value, Description, ...rest }]) => [
      idOf(id),
      [...[Value, Description].filter((each) => each !== undefined).map(plain), ...Object.keys(rest)],
    ]),
  );
}

export function ofType(resources: Resources, type: string): readonly (readonly [id: string, each: Plain])[] {
  return Object.entries(resources).filter(([, each]) => each.Type === type);
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const words = (value: string | readonly string[] | undefined): string => [value ?? []].flat().join(' ');

/** `Allow to WHOM: ACTIONS on RESOURCES if CONDITION`; a member that is not among these is shown as it is. */
function statement(each: unknown): string {
  const { Sid, Effect, Principal, Action, Resource, Condition, ...others } = each as Statement;
  const who = Principal === undefined ? '' : ` to ${whom(Principal)}`;
  const on = Resource === undefined ? '' : ` on ${words(Resource)}`;
  const when = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${key} ${operator} ${text(value)}`),
  );
  const rest = Object.keys(others).length === 0 ? '' : ` ${JSON.stringify(others)}`;
  return `${Effect}${who}: ${words(Action)}${on}${when.length === 0 ? '' : ` if ${when.join(' and ')}`}${rest}`;
}

/** Every account and service by its kind: `AWS *` and `*` are not the same. */
function whom(principal: unknown): string {
  if (typeof principal === 'string') return principal;
  return Object.entries(principal as object)
    .map(([kind, names]) => `${kind} ${words(names)}`)
    .join(', ');
}

function statements(document: unknown): readonly string[] {
  return (document as { Statement: readonly unknown[] }).Statement.map(statement);
}

export interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
}

/** What an alarm reads, as text: an id of an expression is replaced by what it stands for. */
function measured(queries: readonly Query[]): (id: string) => string {
  const byId = new Map(queries.map((query) => [query.Id, query]));
  return function show(id: string): string {
    const { Expression, MetricStat } = byId.get(id) ?? {};
    if (MetricStat !== undefined) {
      const { Metric, Period, Stat, ...rest } = MetricStat;
      const at = Metric.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join();
      const more = Object.keys(rest).length === 0 ? '' : JSON.stringify(rest);
      return `${Stat} in ${Period} of ${Metric.Namespace} ${Metric.MetricName}{${at}}${more}`;
    }
    return (Expression ?? '?').replaceAll(/\b[a-z]\w*\b/g, (each) =>
      byId.has(each) ? `[${show(each)}]` : each,
    );
  };
}

const COMPARED: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanLowerOrGreaterThanUpperThreshold: 'outside',
};

/** Name, what is measured, threshold, datapoints, missing data; then whatever else the alarm says. */
export function alarmRow([id, { Properties }]: readonly [string, Plain]) {
  const {
    AlarmDescription: _words,
    ComparisonOperator: operator,
    DatapointsToAlarm: datapoints,
    EvaluationPeriods: periods,
    Metrics: queries,
    Threshold: threshold,
    ThresholdMetricId: thresholdId,
    TreatMissingData: missing,
    ...rest
  } = Properties as Record<string, unknown> & { Metrics: readonly Query[] };
  const show = measured(queries);
  const read = queries.filter((query) => query.ReturnData !== false).map((query) => show(query.Id));
  const limit = thresholdId === undefined ? threshold : show(String(thresholdId));
  return [
    id.replace('GuardMonitoringAlarms', ''),
    read.join(' | '),
    `${COMPARED[String(operator)] ?? operator} ${limit}`,
    `${datapoints ?? periods} of ${periods}`,
    missing,
    rest,
  ] as const;
}

/** Properties with every policy document replaced by its statements. */
export function withStatements(each: Plain): Readonly<Record<string, unknown>> {
  const { PolicyDocument, KeyPolicy, ResourcePolicy, AssumeRolePolicyDocument, ...rest } = each.Properties;
  const resource = (ResourcePolicy as { PolicyDocument?: unknown } | undefined)?.PolicyDocument;
  const own = PolicyDocument ?? KeyPolicy ?? resource;
  return {
    ...rest,
    ...(own !== undefined && { statements: statements(own) }),
    ...(AssumeRolePolicyDocument !== undefined && { takenBy: statements(AssumeRolePolicyDocument) }),
  };
}

/** By role: the statements of all policies that name it, in an order of their own. */
export function grantsOf(resources: Resources): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const [, { Properties }] of ofType(resources, 'AWS::IAM::Policy'))
    for (const role of Properties['Roles'] as readonly string[]) {
      const all = [...(found.get(role) ?? []), ...statements(Properties['PolicyDocument'])];
      found.set(role, all.sort());
    }
  return Object.fromEntries([...found].map(([role, all]) => [role.slice(1, -1), all]));
}

/** `METHOD path` of every method of an API, with its properties. */
export function methodsOf(resources: Resources): readonly (readonly [route: string, Plain['Properties']])[] {
  const pathOf = (reference: unknown): string => {
    const { Type, Properties } = resources[String(reference).slice(1, -1)] ?? { Type: '', Properties: {} };
    if (Type !== 'AWS::ApiGateway::Resource') return '';
    return `${pathOf(Properties['ParentId'])}/${String(Properties['PathPart'])}`;
  };
  return ofType(resources, 'AWS::ApiGateway::Method').map(([, { Properties }]) => [
    `${String(Properties['HttpMethod'])} ${pathOf(Properties['ResourceId'])}`,
    Properties,
  ]);
}

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>> & { readonly metrics?: readonly unknown[][] };
}

/** `statistic in period of namespace metric{dimensions}`, or an expression; then whatever else is said of it. */
function plotted(metric: readonly unknown[]): string {
  const { stat, period = 300, expression, ...rest } = metric.at(-1) as Record<string, unknown>;
  const [namespace, name, ...words] = metric.slice(0, -1);
  const dimensions = words.flatMap((word, i) => (i % 2 === 0 ? [`${word}=${words[i + 1]}`] : [])).join();
  const shown = expression ?? `${stat} of ${namespace} ${name}{${dimensions}}`;
  return `${shown} by ${period}${Object.entries(rest)
    .map(([key, value]) => ` ${key}=${value}`)
    .join('')}`;
}

/** Place, properties without what every graph has, and what is plotted. */
export function widgetRow({ type, x, y, width, height, properties: all }: Widget) {
  const { metrics = [], region: _region, view: _view, ...properties } = all;
  return [`${type} ${width}x${height} at ${x},${y}`, properties, ...metrics.map(plotted)] as const;
}
