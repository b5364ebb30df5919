import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import common from '../../schemas/mangaassist/common.json';
import reviewApproved from '../../schemas/mangaassist/mangaassist.reviews/ReviewApproved.json';
import reviewSubmitted from '../../schemas/mangaassist/mangaassist.reviews/ReviewSubmitted.json';

const client = new EventBridgeClient({});
const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats.default ?? addFormats)(ajv);
ajv.addSchema(common);
const isSubmitted = ajv.compile(reviewSubmitted);
const isApproved = ajv.compile(reviewApproved);

async function put(DetailType, detail, valid) {
  if (!valid(detail)) throw new Error(ajv.errorsText(valid.errors));
  const entry = {
    Source: 'mangaassist.reviews',
    DetailType,
    Detail: JSON.stringify(detail),
    EventBusName: 'main',
  };
  const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount) throw new Error('not published');
}

export async function handler(event) {
  const { detail } = event;
  if (!isSubmitted(detail)) throw new Error(ajv.errorsText(isSubmitted.errors));
  if (detail._chain_depth >= 3) return { status: 'rejected' };
  const { processing_stage, correlation_id, review_id, product_id, rating, locale } = detail;
  const chain = { processing_stage, correlation_id, _chain_depth: detail._chain_depth + 1 };
  const approved_at = new Date().toISOString();
  await put('ReviewApproved', { ...chain, review_id, product_id, rating, locale, approved_at }, isApproved);
}

export const submit = (detail) => put('ReviewSubmitted', detail, isSubmitted);
