import { describe, expect, it } from 'vitest';
import { printHoles } from '../../../src/json/holes.ts';
import { valueOf } from '../../../src/json/node.ts';
import { load, underlined } from '../support/loading.ts';

/** What a rule's pattern is, whose source is an expression. */
function sourceOf(expression: string, around = ''): unknown {
  const { routes } = load({
    'main.tf': `${around}
variable "open" {}
variable "stage" { default = "dev" }
locals {
  rules = { a = { types = ["x", "y"] }, b = { types = ["z"], enabled = false } }
  names = ["one", "two"]
}
resource "aws_cloudwatch_event_rule" "r" {
  event_pattern = jsonencode({ source = ${expression} })
}
`,
  });
  const [{ filter } = { filter: undefined }] = routes;
  if (filter?.kind !== 'pattern') return filter?.kind;
  const { source } = valueOf(filter.node) as { source: unknown };
  return JSON.parse(printHoles(JSON.stringify(source)));
}

describe('an expression', () => {
  it.each([
    ['["a", "b",]', ['a', 'b']],
    ['["${var.stage}-a"]', ['dev-a']],
    ['["x-${var.open}"]', ['x-${var.open}']],
    ['["$${literal}"]', ['${literal}']],
    ['[var.stage == "dev" ? "yes" : "no"]', ['yes']],
    ['[for n in local.names : upper(n)]', ['ONE', 'TWO']],
    ['[for k, v in local.rules : k if lookup(v, "enabled", true)]', ['a']],
    ['flatten([for k, v in local.rules : v.types])', ['x', 'y', 'z']],
    ['concat(local.names, ["three"])', ['one', 'two', 'three']],
    ['local.rules["a"].types', ['x', 'y']],
    ['local.rules.b.types', ['z']],
    ['values(local.rules)[*].types[0]', ['x', 'z']],
    ['[local.names[1]]', ['two']],
    ['[element(local.names, 3)]', ['two']],
    ['[try(local.rules.c.types, "none")]', ['none']],
    ['keys({ (var.stage) = 1, other = 2 })', ['dev', 'other']],
    ['[format("%s.%s", "shop", var.stage)]', ['shop.dev']],
    ['[join(".", ["shop", var.open])]', ['shop.${var.open}']],
    ['split(",", "a,b")', ['a', 'b']],
    ['[trimprefix("x-a", "x-"), replace("a_b", "_", "-")]', ['a', 'a-b']],
    ['jsondecode(jsonencode(["a"]))', ['a']],
    ['jsondecode("[\\"a\\"]")', ['a']],
    ['[{ prefix = "shop." }]', [{ prefix: 'shop.' }]],
    ['[{ "anything-but" : ["a"] }]', [{ 'anything-but': ['a'] }]],
    ['tolist(toset(["a", "a"]))', ['a']],
    ['slice(local.names, 0, 1)', 'unknown'],
    ['compact(["a", "", null])', ['a']],
    ['merge({ a = 1 }, { b = 2 }) == { a = 1, b = 2 } ? ["same"] : ["other"]', ['same']],
  ])('%s', (expression, value) => {
    expect(sourceOf(expression)).toEqual(value);
  });

  it('that only the deployment decides between two is either of them', () => {
    const { lines } = load({
      'main.tf': `variable "loud" {}
resource "aws_sqs_queue" "a" { name = "a" }
resource "aws_sqs_queue" "b" { name = "b" }
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "rate(1 day)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = var.loud ? aws_sqs_queue.a.arn : aws_sqs_queue.b.arn
}`,
    });
    expect(lines).toEqual(['rule r: bus default [nothing] -> queue aws_sqs_queue.a, queue aws_sqs_queue.b']);
  });

  it('is taken apart in heredocs and in templates, each part at its place', () => {
    const { diagnostics } = load({
      'main.tf': `locals { s = "shop" }
resource "aws_cloudwatch_event_rule" "r" {
  event_pattern = <<-EOT
    {
      "source": ["\${local.s}.orders"],
      "detail": { "total": [{ "numeric": [">", "x"] }] }
    }
  EOT
}`,
    });
    const [found] = diagnostics.filter(({ severity }) => severity === 'error');
    expect(found && underlined(found)).toBe('"x"');
  });
});

describe('a file that is not well-formed', () => {
  it('is told of, at the place, and read on', () => {
    const { lines, diagnostics } = load({
      'main.tf': `resource "aws_sqs_queue" "a" {
  name = = "a"
}
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "rate(1 day)"
}`,
    });
    expect(lines).toEqual(['rule r: bus default [nothing] -> nothing']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['input/syntax', 'template/without-plan']);
  });
});
