import { buildSync, transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { published, readCode } from './read.ts';

const source = `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const client = new EventBridgeClient({});
enum Type { Placed = 'OrderPlaced', Paid = 'OrderPaid' }
class Publisher {
  constructor(private readonly bus = process.env.BUS ?? 'default') {}
  async publish(type: Type, detail: object) {
    await client.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: type, EventBusName: this.bus, Detail: JSON.stringify(detail) }] }));
  }
}
const publisher = new Publisher();
export const handler = async (event: any) => {
  if ((event.detail?._chain_depth ?? 0) >= 3) return;
  for (const type of [Type.Placed, Type.Paid]) await publisher.publish(type, { ...event.detail, _chain_depth: (event.detail?._chain_depth ?? 0) + 1 });
};`;

function bundled(options: Parameters<typeof buildSync>[0]): string {
  const { outputFiles } = buildSync({
    stdin: { contents: source, loader: 'ts', resolveDir: '.' },
    bundle: true,
    write: false,
    platform: 'node',
    external: ['@aws-sdk/*'],
    logLevel: 'silent',
    ...options,
  });
  return outputFiles![0]!.text;
}

const expected = ['shop@OrderPaid on the-bus', 'shop@OrderPlaced on the-bus'];

describe('what builds make of a handler', () => {
  it.each([
    ['CommonJS', bundled({ format: 'cjs' })],
    ['ES modules', bundled({ format: 'esm' })],
    ['CommonJS, minified', bundled({ format: 'cjs', minify: true })],
    ['ES modules, minified', bundled({ format: 'esm', minify: true })],
    ['CommonJS for old engines', bundled({ format: 'cjs', target: 'es2016' })],
    ['CommonJS with the packages in it', bundled({ format: 'cjs', external: [] })],
    ['one file, transformed', transformSync(source, { loader: 'ts', format: 'cjs', target: 'es2017' }).code],
  ])('is read as its source is: %s', (_name, code) => {
    const reading = readCode({ 'a.js': code }, { BUS: 'the-bus' });
    expect(published(reading)).toEqual(expected);
    const { detail, others } = reading.publications[0]!;
    // What old engines copy member by member may be any of them.
    if (others !== 'any') expect(detail['_chain_depth']).toEqual({ kind: 'increment' });
    // Where the code of packages is not followed to its end, no guard is claimed.
    expect(reading.rejects?.depth).toBe(reading.open.length === 0 ? 3 : undefined);
  });

  it('is read as its source is: output of the TypeScript compiler for old engines', () => {
    const code = `"use strict";
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.handler = void 0;
const client_eventbridge_1 = require("@aws-sdk/client-eventbridge");
var Type;
(function (Type) {
    Type["Placed"] = "OrderPlaced";
    Type["Paid"] = "OrderPaid";
})(Type || (Type = {}));
const client = new client_eventbridge_1.EventBridgeClient({});
const handler = (event) => __awaiter(void 0, void 0, void 0, function* () {
    for (const type of [Type.Placed, Type.Paid])
        yield client.send(new client_eventbridge_1.PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: type, EventBusName: process.env.BUS, Detail: '{}' }] }));
});
exports.handler = handler;`;
    expect(published(readCode({ 'a.js': code }, { BUS: 'the-bus' }))).toEqual(expected);
  });

  it('is read as its source is: output of webpack', () => {
    const code = `(()=>{"use strict";var e={318:e=>{e.exports=require("@aws-sdk/client-eventbridge")},
      7:(e,t,n)=>{Object.defineProperty(t,"__esModule",{value:!0}),t.put=void 0;const r=n(318),o=new r.EventBridgeClient({});
        t.put=async e=>o.send(new r.PutEventsCommand({Entries:[{Source:"shop",DetailType:e,EventBusName:process.env.BUS,Detail:"{}"}]}))}},t={};
      function n(r){var o=t[r];if(void 0!==o)return o.exports;var s=t[r]={exports:{}};return e[r](s,s.exports,n),s.exports}
      var r={};(()=>{var e=r;Object.defineProperty(e,"__esModule",{value:!0}),e.handler=void 0;const t=n(7);
        e.handler=async()=>{await t.put("OrderPlaced"),await t.put("OrderPaid")}})(),module.exports=r})();`;
    expect(published(readCode({ 'a.js': code }, { BUS: 'the-bus' }))).toEqual(expected);
  });
});
