/**
 * The network of a sandbox. Functions speak to the names that services have on AWS; what this process may reach of them is
 * found on this machine, and a connection to anything else never opens. Loaded before the bundle, and in no asset.
 */
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { isHost } from '../aws-services.ts';
import type { HostRule, LocalPlace, Unreachable } from './sandbox-messages.ts';

interface Target {
  readonly host: string;
  readonly port: number | undefined;
}

type Callback = () => void;

/** Every TCP connection of the process goes through here from now on. */
export function confine(rules: readonly HostRule[], tell: (message: Unreachable) => void): void {
  const ruleFor = (host: string): HostRule =>
    rules.find((each) => isHost(each.host, host)) ?? { host, why: 'nothing on this machine answers for it' };
  // What stands on this machine for a service is asked by its own address in the end.
  const places = rules.flatMap((rule) => ('to' in rule && 'host' in rule.to ? [rule.to] : []));
  const isPlace = ({ host, port }: Target) =>
    places.some((place) => place.host === host && place.port === port);
  confineTcp(ruleFor, isPlace, tell);
  takePlaces(ruleFor);
  // What imports a name of these modules gets the new one.
  syncBuiltinESMExports();
}

function confineTcp(
  ruleFor: (host: string) => HostRule,
  isPlace: (target: Target) => boolean,
  tell: (message: Unreachable) => void,
): void {
  const connect = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket;
  const confined = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const target = targetOf(args);
    if (isPlace(target)) return connect.apply(this, args);
    const { host, port } = target;
    const connected = args.findLast((each) => typeof each === 'function') as Callback | undefined;
    const rule = ruleFor(host);
    if ('to' in rule) return connect.call(this, addressOf(rule.to), connected);
    tell({ type: 'unreachable', host, why: rule.why });
    const error = new Error(`connect ETIMEDOUT ${host}:${port}`);
    Object.assign(this, { connecting: true });
    // A packet without a route is answered by nobody, and the client waits until it gives up. Here it has given up already.
    setImmediate(() =>
      this.destroy(Object.assign(error, { code: 'ETIMEDOUT', syscall: 'connect', address: host, port })),
    );
    return this;
  };
  net.Socket.prototype.connect = confined as typeof net.Socket.prototype.connect;
}

/** What stands on this machine for a service speaks without TLS: its socket is as good as one that has shaken hands. */
function takePlaces(ruleFor: (host: string) => HostRule): void {
  const connect = tls.connect as (...args: unknown[]) => tls.TLSSocket;
  const placed = (...args: unknown[]): tls.TLSSocket => {
    const { host, port } = targetOf(args);
    const rule = ruleFor(host);
    if ('to' in rule && 'tls' in rule.to && rule.to.tls)
      return connect({ ...optionsOf(args), ...addressOf(rule.to), servername: rule.to.host });
    if (!('to' in rule)) return connect(...args);
    const socket = new net.Socket();
    socket.setNoDelay(true);
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket.connect({ host, port: port ?? 443 }) as tls.TLSSocket;
  };
  tls.connect = placed as typeof tls.connect;
}

function addressOf(place: LocalPlace): net.NetConnectOpts {
  return 'path' in place ? { path: place.path } : { host: place.host, port: place.port };
}

type Options = Readonly<Record<string, unknown>>;

/** Node's own ways of calling: options; port and host; and both of them normalised into an array. */
function optionsOf(args: readonly unknown[]): Options {
  const [first, second] = args;
  if (Array.isArray(first)) return optionsOf(first);
  if (typeof first === 'object' && first !== null) return first as Options;
  return { port: first, ...(typeof second === 'string' && { host: second }) };
}

function targetOf(args: readonly unknown[]): Target {
  const { host, port } = optionsOf(args);
  const text = typeof host === 'string' ? host : 'localhost';
  return { host: text, port: port === undefined ? undefined : Number(port) };
}
