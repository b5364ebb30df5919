import { describe, expect, it } from 'vitest';
import { documentOf } from '../../../src/json/document.ts';
import { readJava } from '../../../src/publish/code/java/read.ts';
import { loadParsers } from '../../../src/publish/code/parsers.ts';
import { publications } from '../../../src/publish/publications.ts';
import { loadText, readIn } from '../template.ts';
import { published } from './read.ts';

const parsers = await loadParsers({ java: true });

/** What the body of a handler's method publishes; other sources by their paths. */
function read(
  body: string,
  members = '',
  others: Readonly<Record<string, string>> = {},
  imports = '',
): string[] {
  const main = `package com.shop;\nimport software.amazon.awssdk.services.eventbridge.model.*;\n${imports}\npublic class Orders {\n${members}\npublic void handleRequest(Object event) {\n${body}\n}\n}\n`;
  const files = { 'src/main/java/com/shop/Orders.java': main, ...others };
  const documents = Object.entries(files).map(([path, text]) => documentOf(path, text));
  const reading = readJava(documents, new Map([['BUS', 'orders']]), parsers.java!);
  expect(reading.publications.every(({ conditional }) => conditional)).toBe(true);
  expect(reading.open).toHaveLength(1);
  return published(reading);
}

const entry = (source: string, detailType: string, more = '.eventBusName("orders")'): string =>
  `client.putEvents(PutEventsRequest.builder().entries(PutEventsRequestEntry.builder().source(${source}).detailType(${detailType}).detail(json)${more}.build()).build());`;

describe('Java', () => {
  it('is read for entries of literals, put together or not', () => {
    expect(read(entry('"shop"', '"Order" + ("Placed")'))).toEqual(['shop@OrderPlaced on orders']);
    expect(read(entry('"sh\\u006fp"', '"say \\"hi\\""'))).toEqual(['shop@say "hi" on orders']);
  });

  it('takes the default bus where none is named', () => {
    expect(read(entry('"shop"', '"Placed"', ''))).toEqual(['shop@Placed on default']);
  });

  it('reads constants of its own class, its fields and those made of others', () => {
    const members =
      'private static final String SOURCE = "shop"; static final String KIND = PREFIX + "Placed"; static final String PREFIX = "Order"; private final String bus = System.getenv("BUS");';
    expect(read(entry('SOURCE', 'Orders.KIND', '.eventBusName(this.bus)'), members)).toEqual([
      'shop@OrderPlaced on orders',
    ]);
  });

  it('reads constants of other classes, of interfaces, and by static imports', () => {
    const names = {
      'src/main/java/com/shop/names/Names.java':
        'package com.shop.names; public interface Names { String SOURCE = "shop"; class Kinds { public static final String PLACED = "Placed"; } }',
    };
    const imports = 'import com.shop.names.Names; import static com.shop.names.Names.Kinds.*;';
    expect(read(entry('Names.SOURCE', 'PLACED'), '', names, imports)).toEqual(['shop@Placed on orders']);
    expect(read(entry('com.shop.names.Names.SOURCE', 'Names.Kinds.PLACED'), '', names)).toEqual([
      'shop@Placed on orders',
    ]);
  });

  it('reads members of enums by their names', () => {
    const kinds = 'enum Kind { Placed, Shipped }';
    expect(read(entry('"shop"', 'Kind.Placed.name()'), kinds)).toEqual(['shop@Placed on orders']);
    expect(read(entry('"shop"', 'Kind.Shipped.toString()'), kinds)).toEqual(['shop@Shipped on orders']);
    const renamed = 'enum Kind { Placed; public String toString() { return "other"; } }';
    expect(read(entry('"shop"', 'Kind.Placed.toString()'), renamed)).toEqual(['shop@… on orders']);
  });

  it('reads environment variables', () => {
    expect(read(entry('"shop"', '"Placed"', '.eventBusName(System.getenv("BUS"))'))).toEqual([
      'shop@Placed on orders',
    ]);
    expect(read(entry('System.getenv("SOURCE")', '"Placed"'))).toEqual(['…@Placed on orders']);
  });

  it('reads the entries of version 1 of the SDK', () => {
    const old =
      'client.putEvents(new PutEventsRequest().withEntries(new PutEventsRequestEntry().withSource("shop").withDetailType("Placed")));';
    expect(read(old)).toEqual(['shop@Placed on default']);
  });

  it('does not know what variables, parameters, calls and fields that change hold', () => {
    expect(read(entry('event.source()', '"Placed"'))).toEqual(['…@Placed on orders']);
    expect(read(`String kind = "Placed"; kind = other(); ${entry('"shop"', 'kind')}`)).toEqual([
      'shop@… on orders',
    ]);
    expect(read(entry('"shop"', 'KIND'), 'static String KIND = "Placed";')).toEqual(['shop@… on orders']);
    // A variable hides the constant of its name.
    const hidden = `String KIND = other(); ${entry('"shop"', 'KIND')}`;
    expect(read(hidden, 'static final String KIND = "Placed";')).toEqual(['shop@… on orders']);
  });

  it('does not take the constant of a class for that of a library of the same name', () => {
    const other = {
      'src/main/java/com/shop/Names.java':
        'package com.shop; class Names { static final String SOURCE = "shop"; }',
    };
    expect(read(entry('Names.SOURCE', '"Placed"'), '', other)).toEqual(['shop@Placed on orders']);
    expect(read(entry('Names.SOURCE', '"Placed"'), '', other, 'import org.library.Names;')).toEqual([
      '…@Placed on orders',
    ]);
  });

  it('does not know constants that two classes of one name give', () => {
    const others = {
      'src/main/java/com/shop/a/Names.java':
        'package com.shop.a; class Names { static final String S = "a"; }',
      'src/main/java/com/shop/b/Names.java':
        'package com.shop.b; class Names { static final String S = "b"; }',
    };
    expect(read(entry('Names.S', '"Placed"'), '', others)).toEqual(['…@Placed on orders']);
  });

  it.each([
    [
      'a builder that is kept',
      'var b = PutEventsRequestEntry.builder(); b.source("shop"); b.detailType("Placed"); client.putEvents(of(b.build()));',
    ],
    [
      'a builder given to a function',
      'client.putEvents(PutEventsRequest.builder().entries(e -> e.source("shop").detailType("Placed")).build());',
    ],
    ['a builder by its type', 'PutEventsRequestEntry.Builder b = make(); client.putEvents(of(b.build()));'],
    [
      'a reference to the builder',
      'Supplier<?> s = PutEventsRequestEntry::builder; client.putEvents(of(s));',
    ],
    [
      'an entry of version 1 that is set',
      'var e = new PutEventsRequestEntry(); e.setSource("shop"); client.putEvents(of(e));',
    ],
    ['an entry that is changed when it is built', entry('"shop"', '"Placed"', '.applyMutation(more)')],
    ['a request from elsewhere', 'client.putEvents(Library.request(event));'],
  ])('says that something is published: %s', (_, body) => {
    expect(read(body)).toEqual(['something']);
  });

  it('says that something more is published where an entry is changed', () => {
    const built = `var e = PutEventsRequestEntry.builder().source("shop").detailType("Placed").build();`;
    expect(read(`${built} client.putEvents(of(e.toBuilder().source("till").build()));`)).toEqual([
      'shop@Placed on default',
      'something',
    ]);
    const old =
      'var e = new PutEventsRequestEntry().withSource("shop").withDetailType("Placed"); e.setSource("till");';
    expect(read(old)).toEqual(['shop@Placed on default', 'something']);
  });

  it('reads all sources of the module, and no comments or texts', () => {
    const other = {
      'src/main/java/com/shop/Sender.java': `package com.shop; class Sender { void send() { ${entry('"shop"', '"Sent"')} } }`,
    };
    expect(read('new Sender().send();', '', other)).toEqual(['shop@Sent on orders']);
    expect(read(`// ${entry('"shop"', '"Placed"')}\nlog("PutEventsRequestEntry");`)).toEqual([]);
  });

  it('ends for constants that go round, for broken code, and for deep code', () => {
    expect(read(entry('A', '"Placed"'), 'static final String A = B; static final String B = A;')).toEqual([
      '…@Placed on orders',
    ]);
    expect(read(`if (((( { ${entry('"shop"', '"Placed"')}`)).toContain('shop@Placed on orders');
    const deep = `${'('.repeat(20_000)}"a"${')'.repeat(20_000)}`;
    expect(() => read(entry(deep, '"Placed"'))).not.toThrow();
    expect(() => read(entry(Array(5000).fill('"a"').join(' + '), '"Placed"'))).not.toThrow();
  });
});

describe('the sources of a Java function', () => {
  const found = (uri: string, files: readonly string[]): string[] => {
    const code = `package com.shop; class Orders { void handleRequest() { ${entry('"shop"', '"Placed"')} } }`;
    const texts = Object.fromEntries(files.map((path) => [path, code]));
    const parts = loadText(
      `Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function, Properties: { Handler: 'com.shop.Orders::handleRequest', Runtime: java21, CodeUri: ${uri}, Policies: [{ EventBridgePutEventsPolicy: { EventBusName: orders } }] } }\n`,
    );
    const { value } = publications({
      parts,
      resources: parts.resources,
      sources: {
        read: readIn(texts),
        parsers,
        scripts: (folder, name) =>
          files.filter(
            (path) =>
              (folder === '.' || path.startsWith(`${folder}/`)) &&
              (name === undefined || path.endsWith(`/${name}.java`)),
          ),
      },
      fields: { depthField: '_chain_depth', stageField: 'processing_stage' },
    });
    return value.emissions.map(({ event }) => event?.detailType ?? 'something').sort();
  };

  it('are below CodeUri, or beside the archive that is built of them', () => {
    const path = 'orders/src/main/java/com/shop/Orders.java';
    expect(found('orders', [path])).toEqual(['Placed', 'something']);
    expect(found('orders/target/orders.jar', [path])).toEqual(['Placed', 'something']);
  });

  it('are not those of tests, of another package, or of one among several modules', () => {
    expect(found('orders', ['orders/src/test/java/com/shop/Orders.java'])).toEqual(['something']);
    expect(found('orders', ['orders/src/main/java/com/other/Orders.java'])).toEqual(['something']);
    const two = ['a/src/main/java/com/shop/Orders.java', 'b/src/main/java/com/shop/Orders.java'];
    expect(found('target/orders.jar', two)).toEqual(['something']);
    expect(found('a', two)).toEqual(['Placed', 'something']);
  });
});
