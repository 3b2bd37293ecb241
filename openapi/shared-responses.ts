import { GATEWAY_BODY, gatewayMeanings, gatewayWords } from './gateway.ts';
import type { ApiErrors, ApiOperation, ComponentReference } from './operation.ts';
import type { MemberWords } from './words.ts';

/** What goes wrong, once for all operations by which it does in the same way. */
export class SharedResponses {
  readonly all = new Map<string, object>();
  readonly #reference: ComponentReference;

  constructor(reference: ComponentReference) {
    this.#reference = reference;
  }

  of({ errors, gateway, words, echoes = [] }: ApiOperation): object {
    const byGateway = gatewayMeanings(gateway);
    const statuses = [...new Set([...Object.keys(errors), ...Object.keys(byGateway)])];
    return Object.fromEntries(
      statuses.map((status) => {
        const response = this.#response(errors[status], byGateway[status], words, echoes);
        const name = `${errors[status]?.name ?? 'Gateway'}${status}`;
        return [status, { $ref: `#/components/responses/${this.#named(name, response)}` }];
      }),
    );
  }

  #response(
    own: ApiErrors[string] | undefined,
    gateways: string | undefined,
    words: MemberWords,
    echoes: readonly string[],
  ): object {
    const bodies = [
      ...(own === undefined ? [] : [this.#reference(own, words)]),
      ...(gateways === undefined ? [] : [this.#reference(GATEWAY_BODY, gatewayWords)]),
    ];
    const said = own !== undefined && gateways !== undefined ? `Or, by API Gateway: ${gateways}` : gateways;
    return {
      description: [own?.means, said].filter((each) => each !== undefined).join(' '),
      ...(own === undefined ? {} : headersOf(echoes)),
      content: {
        'application/json': {
          schema: bodies.length === 1 ? bodies[0] : { anyOf: bodies },
          example: own === undefined ? { message: gateways } : own.example,
        },
      },
    };
  }

  /** The name of an equal one that is there, or a free one. */
  #named(name: string, response: object, more = 1): string {
    const candidate = more === 1 ? name : `${name}-${more}`;
    const before = this.all.get(candidate);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(response))
      return this.#named(name, response, more + 1);
    this.all.set(candidate, response);
    return candidate;
  }
}

export function headersOf(echoed: readonly string[]): object {
  const headers = echoed.map((name) => [
    name,
    { description: 'As in the request.', schema: { type: 'string' } },
  ]);
  return headers.length === 0 ? {} : { headers: Object.fromEntries(headers) };
}
