import { Random } from './random.mjs';

/**
 * Land lots: GeoJSON features with the fields of the public San Francisco "CityLots" file on which Event Ruler's
 * own benchmark runs, some 850 characters each, most of them coordinates. All values are invented.
 */

/** Streets with how common they are; the rest of the city is made of random names. */
const KNOWN_STREETS = [
  ['FULTON', 90],
  ['MASON', 120],
  ['JEFFERSON', 10],
  ['BEACH', 12],
  ['HYDE', 80],
  ['CHESTNUT', 40],
  ['ACTON', 2],
  ['BLAKE', 15],
  ['DRAKE', 5],
  ['FUNSTON', 25],
  ['RHINE', 4],
  ['HARRISON', 90],
  ['LAKE', 60],
  ['DRUMM', 2],
  ['STERLING', 40],
  ['FRANCISCO', 60],
  ['INDIGO', 30],
  ['WASHINGTON', 140],
];
const STREET_TYPES = ['ST', 'ST', 'ST', 'ST', 'ST', 'AVE', 'AVE', 'AVE', 'DR', 'WAY', 'CT', null];

const POINT_X = -122.42916360011213;
const POINT_Y = 37.72990021620015;

/** Texts of lots. */
export function lots(count, seed = 1) {
  const random = new Random(seed);
  const streets = KNOWN_STREETS.flatMap(([name, weight]) => new Array(weight).fill(name));
  while (streets.length < 7000) {
    const name = random.text('ABCDEGHILMNOPRSTV', 4 + random.below(8));
    for (let i = random.below(14); i >= 0; i--) streets.push(name);
  }
  return Array.from({ length: count }, (_, index) => lot(random, streets, index));
}

function lot(random, streets, index) {
  const block = String(1 + random.below(9998)).padStart(4, '0');
  const number = String(1 + random.below(220)).padStart(3, '0');
  const id = random.fraction() < 0.003 ? '3745012' : index === 1000 ? '1430022' : block + number;
  const house = String(random.fraction() < 0.01 ? 441 : 1 + random.below(4000));
  const several = random.fraction() < 0.0006;
  const ring = ringOf(random, several);
  if (random.fraction() < 0.001) ring[0].x = POINT_X;
  const coordinates = several ? [[ring.slice(0, 12)], [ring.slice(12)]] : [ring];
  return JSON.stringify({
    type: 'Feature',
    properties: {
      MAPBLKLOT: id,
      BLKLOT: id,
      BLOCK_NUM: block,
      LOT_NUM: number,
      FROM_ST: house,
      TO_ST: house,
      STREET: random.pick(streets),
      ST_TYPE: random.pick(STREET_TYPES),
      ODD_EVEN: Number(house) % 2 === 0 ? 'E' : 'O',
    },
    geometry: { type: several ? 'MultiPolygon' : 'Polygon', coordinates, firstCoordinates: { ...ring[1] } },
  });
}

function ringOf(random, several) {
  const size = several ? 24 : random.pick([5, 5, 5, 7, 9, 10, 12, 14, 17, 19, 25]);
  const x = random.between(-122.5, -122.37);
  const y = random.between(37.71, 37.81);
  const point = () => ({ x: x + random.between(-4e-4, 4e-4), y: y + random.between(-3e-4, 3e-4), z: 0 });
  return Array.from({ length: size }, point);
}

const onField = (field, choices) => choices.map((choice) => ({ properties: { [field]: [choice] } }));
const streetsNot = (choice) => onField('STREET', [choice('FULTON'), choice('MASON')]);
const mixedNot = (choice, cut = (text) => text) => [
  ...streetsNot((street) => ({ 'anything-but': choice(cut(street)) })),
  ...onField('ST_TYPE', [{ 'anything-but': choice('ST') }]),
  { geometry: { type: [{ 'anything-but': choice(cut('Polygon')) }] } },
  ...onField('FROM_ST', [{ 'anything-but': choice(cut('441')) }]),
];
const ranges = [
  ['<', -122.416],
  ['>', -122.416],
  ['>', -122.46, '<', -122.41],
].map((numeric) => [{ numeric }]);

/** Five rules for each family of operators. */
export const lotRules = {
  exact: onField('MAPBLKLOT', ['1430022', '2607117', '2607218', '3745012', 'VACANT']),
  wildcard: onField(
    'MAPBLKLOT',
    ['143*', '2*0*1*7', '*218', '3*5*2', 'VA*NT'].map((wildcard) => ({ wildcard })),
  ),
  prefix: onField(
    'STREET',
    ['AC', 'BL', 'DR', 'FU', 'RH'].map((prefix) => ({ prefix })),
  ),
  'prefix, any case': onField(
    'STREET',
    ['Ac', 'bL', 'dR', 'Fu', 'rH'].map((text) => ({ prefix: { 'equals-ignore-case': text } })),
  ),
  suffix: onField(
    'STREET',
    ['ON', 'KE', 'MM', 'ING', 'GO'].map((suffix) => ({ suffix })),
  ),
  'suffix, any case': onField(
    'STREET',
    ['oN', 'Ke', 'mM', 'InG', 'gO'].map((text) => ({ suffix: { 'equals-ignore-case': text } })),
  ),
  'equals-ignore-case': [
    ...onField(
      'STREET',
      ['jefferson', 'bEaCh', 'HyDe', 'CHESTNUT'].map((text) => ({ 'equals-ignore-case': text })),
    ),
    ...onField('ST_TYPE', [{ 'equals-ignore-case': 'st' }]),
  ],
  numeric: [
    { geometry: { type: ['Polygon'], firstCoordinates: { x: [{ numeric: ['=', POINT_X] }] } } },
    { geometry: { type: ['MultiPolygon'], firstCoordinates: { z: [{ numeric: ['=', 0] }] } } },
    ...ranges.map((x) => ({ geometry: { firstCoordinates: { x } } })),
  ],
  'anything-but': mixedNot((text) => [text]),
  'anything-but, any case': mixedNot((text) => ({ 'equals-ignore-case': [text.toLowerCase()] })),
  'anything-but prefix': mixedNot(
    (text) => ({ prefix: text }),
    (text) => text.slice(0, -1),
  ),
  'anything-but suffix': mixedNot(
    (text) => ({ suffix: text }),
    (text) => text.slice(1),
  ),
  'anything-but wildcard': onField(
    'MAPBLKLOT',
    ['143*', '2*0*1*7', '*218', '3*5*2', 'VA*NT'].map((wildcard) => ({ 'anything-but': { wildcard } })),
  ),
  'complex arrays': [
    { geometry: { type: ['Polygon'], coordinates: { x: [{ numeric: ['=', POINT_X] }] } } },
    { geometry: { type: ['MultiPolygon'], coordinates: { y: [{ numeric: ['=', POINT_Y] }] } } },
    ...ranges.map((x) => ({ geometry: { coordinates: { x } } })),
  ],
};
