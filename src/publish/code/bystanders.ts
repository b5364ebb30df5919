/**
 * Packages that may be imported without anything being published by them: AWS clients other than EventBridge's (calls
 * of which are seen where they are made), libraries for logging, dates, validation and the like.
 */
const javaScript: readonly RegExp[] = [
  /^@(?:aws-sdk|smithy|aws-crypto|aws-lambda-powertools|middy|types|sinclair|hono|fastify|opentelemetry|sentry|prisma|apollo|casl|faker-js)\//,
  /^busproof\//,
  /^aws-(?:sdk|lambda|xray-sdk|xray-sdk-core|jwt-verify|embedded-metrics|serverless-express)(?:\/|$)/,
  /^(?:uuid|ulid|nanoid|ksuid|short-uuid|axios|node-fetch|cross-fetch|got|undici|superagent|lodash|lodash\..*|ramda|moment|moment-timezone|dayjs|date-fns|date-fns-tz|luxon)(?:\/|$)/,
  /^(?:zod|ajv|ajv-formats|joi|yup|superstruct|valibot|io-ts|fp-ts|class-validator|class-transformer|reflect-metadata|inversify|tsyringe|tslib)(?:\/|$)/,
  /^(?:source-map-support|pino|winston|bunyan|loglevel|debug|chalk|dotenv|config|convict|http-errors|http-status-codes|cfn-response|cfn-response-async)(?:\/|$)/,
  /^(?:jsonwebtoken|jwks-rsa|jose|bcrypt|bcryptjs|crypto-js|pg|mysql|mysql2|knex|typeorm|mongodb|mongoose|redis|ioredis|dynamodb-toolbox|dynamoose|electrodb)(?:\/|$)/,
  /^(?:express|koa|fastify|hono|serverless-http|graphql|graphql-tag|stripe|openai|sharp|csv-parse|csv-parser|fast-xml-parser|xml2js|cheerio|qs|query-string|jsonpath|jmespath|semver|p-limit|p-map|p-retry|retry|async-retry|rxjs|node:.*)(?:\/|$)/,
];

/** https://nodejs.org/api/modules.html */
const builtin =
  /^(?:assert|async_hooks|buffer|child_process|crypto|dns|events|fs|http|http2|https|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|url|util|v8|vm|worker_threads|zlib)(?:\/|$)/;

const python: ReadonlySet<string> = new Set(
  (
    'abc argparse array ast asyncio base64 binascii bisect builtins calendar cmath codecs collections concurrent configparser ' +
    'contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib email enum errno fnmatch fractions ftplib functools ' +
    'gc getpass glob gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json keyword locale logging ' +
    'math mimetypes multiprocessing numbers operator os pathlib pickle pkgutil platform pprint queue random re secrets select shelve ' +
    'shlex shutil signal smtplib socket sqlite3 ssl stat statistics string struct subprocess sys tarfile tempfile textwrap threading ' +
    'time timeit traceback types typing typing_extensions unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo ' +
    '__future__ boto3 botocore aiobotocore aioboto3 aws_lambda_powertools aws_xray_sdk aws_embedded_metrics requests urllib3 httpx ' +
    'aiohttp jose jwt cryptography pydantic attr attrs marshmallow jsonschema simplejson orjson ujson yaml dateutil pytz arrow pendulum ' +
    'ulid shortuuid numpy pandas pyarrow PIL psycopg2 psycopg pymysql sqlalchemy redis pymongo crhelper cfnresponse jsonpath_ng jmespath ' +
    'flask fastapi mangum starlette jinja2 bs4 lxml openai anthropic langchain stripe tenacity retrying loguru structlog faker mypy_boto3_events'
  ).split(' '),
);

/** Whether a package that is not part of the project is known not to publish events by itself. */
export function isBystander(name: string, language: 'javascript' | 'python'): boolean {
  if (language === 'python') return python.has(name.split('.')[0]!) || name.startsWith('mypy_boto3');
  return builtin.test(name) || javaScript.some((pattern) => pattern.test(name));
}

/** Whether a package is there to publish events. */
export function isPublisher(name: string): boolean {
  return (
    /^aws-lambda-stream(?:\/|$)|event-?bridge/i.test(name) &&
    !name.startsWith('@aws-sdk/') &&
    !/types?$/.test(name)
  );
}
