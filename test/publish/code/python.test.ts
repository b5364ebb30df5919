import { describe, expect, it } from 'vitest';
import { published, readCode } from './read.ts';

const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    'keyword arguments, the environment and json.dumps',
    {
      'app.py': `
import json, os, boto3
client = boto3.client("events")
BUS = os.environ["BUS"]
def handler(event, context):
    client.put_events(Entries=[{"Source": "shop", "DetailType": os.getenv("TYPE", "Placed"), "EventBusName": BUS, "Detail": json.dumps(event)}])
`,
    },
    ['shop@Placed on the-bus'],
  ],
  [
    'format, f-strings and percent',
    {
      'app.py': `
from boto3 import client
def entry(kind):
    return dict(Source="a.{}".format("b"), DetailType=f"{kind}Created", Detail="%s" % kind)
def handler(event, _):
    events = client("events")
    entries = []
    for k in ["Order", "Item"]:
        entries.append(entry(k))
    events.put_events(Entries=entries)
`,
    },
    ['a.b@ItemCreated on default', 'a.b@OrderCreated on default'],
  ],
  [
    'branches that fill a dictionary, and a package of the project',
    {
      'app.py': `
import boto3
from lib.events import to_event
tracer = Tracer()
@tracer.capture_method
def send(events):
    for i in range(0, len(events), 10):
        boto3.client("events").put_events(Entries=events[i:i+10])
@tracer.capture_lambda_handler
def handler(event, _):
    send([to_event(r, "bus", "shop") for r in event.get("Records", [])])
`,
      'lib/__init__.py': '',
      'lib/events.py': `
def to_event(record, bus, source):
    event = {"Source": source, "EventBusName": bus}
    if record["eventName"] == "INSERT":
        event["DetailType"] = "Created"
    elif record["eventName"] == "REMOVE":
        event["DetailType"] = "Deleted"
    else:
        raise ValueError()
    return event
`,
    },
    ['shop@Created on bus', 'shop@Deleted on bus'],
  ],
  [
    'a class, an enumeration and a keyword dictionary',
    {
      'app.py': `
import boto3
from enum import Enum
class Type(str, Enum):
    PAID = "Paid"
class Publisher:
    def __init__(self, source, *, bus="b"):
        self.source = source
        self.bus = bus
        self.client = boto3.client("events")
    def send(self, detail_type, **extra):
        entry = {"Source": self.source, "DetailType": detail_type.value, "EventBusName": self.bus, **extra}
        return self.client.put_events(Entries=[entry])
publisher = Publisher("shop", bus="the-bus")
def handler(event, context):
    publisher.send(Type.PAID, Detail="{}")
`,
    },
    ['shop@Paid on the-bus'],
  ],
  [
    'what was received, with get and without',
    {
      'app.py': `
import boto3, json
def handler(event, context):
    body = json.loads(event.get("body", "{}"))
    boto3.client("events").put_events(Entries=[{"Source": "hooks", "DetailType": "Hook." + body["type"]}])
`,
    },
    ['hooks@Hook.… on default'],
  ],
  [
    'what is not known',
    {
      'app.py': `
import boto3
def handler(event, context):
    boto3.client("events").put_events(**event)
`,
    },
    ['something'],
  ],
  [
    'nothing',
    {
      'app.py': `
import boto3
def put():
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T"}])
def handler(event, context):
    print(event)
`,
    },
    [],
  ],
];

describe('published by Python', () => {
  it.each(cases)('%s', (_name, files, expected) => {
    expect(published(readCode(files, { BUS: 'the-bus' }))).toEqual(expected);
  });
});
