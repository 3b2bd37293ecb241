/**
 * Radio bands as frequencies, so that two ways of writing one band are one. A text that says nothing here is a band
 * nobody knows: it may be any.
 *
 * Read are a range (`3400-3720 MHz`, `3.4-3.72 GHz`), a 3GPP band (`n78`), and a few bands called by one frequency
 * (`3.5 GHz`). Any other single frequency says where, not how wide, and a decimal comma may separate thousands.
 */

/** In kHz, the end not included. */
type Span = readonly [from: number, to: number];

/** 3GPP TS 38.104 V18.8.0, tables 5.2-1 and 5.2-2, in MHz: what the base station sends and receives on. */
const OPERATING_BANDS: ReadonlyMap<string, readonly Span[]> = inMegahertz({
  n1: [
    [1920, 1980],
    [2110, 2170],
  ],
  n2: [
    [1850, 1910],
    [1930, 1990],
  ],
  n3: [
    [1710, 1785],
    [1805, 1880],
  ],
  n5: [
    [824, 849],
    [869, 894],
  ],
  n7: [
    [2500, 2570],
    [2620, 2690],
  ],
  n8: [
    [880, 915],
    [925, 960],
  ],
  n20: [
    [791, 821],
    [832, 862],
  ],
  n28: [
    [703, 748],
    [758, 803],
  ],
  n38: [[2570, 2620]],
  n40: [[2300, 2400]],
  n41: [[2496, 2690]],
  n48: [[3550, 3700]],
  n77: [[3300, 4200]],
  n78: [[3300, 3800]],
  n79: [[4400, 5000]],
  n257: [[26_500, 29_500]],
  n258: [[24_250, 27_500]],
  n260: [[37_000, 40_000]],
  n261: [[27_500, 28_350]],
});

/**
 * Bands that are called by one frequency, by that frequency in MHz: from the lowest to the highest of the 3GPP bands
 * called so, since what lies between may be meant. Which are called so is our reading: unverified.
 */
const NAMED: ReadonlyMap<number, Span> = new Map(
  Object.entries({
    700: ['n28'],
    800: ['n20'],
    900: ['n8'],
    1800: ['n3'],
    2100: ['n1'],
    2300: ['n40'],
    2600: ['n7', 'n38', 'n41'],
    3500: ['n78'],
    26000: ['n258'],
    28000: ['n257'],
  }).map(([mhz, bands]) => {
    const edges = bands.flatMap((b) => OPERATING_BANDS.get(b) ?? []).flat();
    return [Number(mhz) * 1000, [Math.min(...edges), Math.max(...edges)]];
  }),
);

function inMegahertz(bands: Readonly<Record<string, readonly Span[]>>): ReadonlyMap<string, readonly Span[]> {
  return new Map(
    Object.entries(bands).map(([name, spans]) => [name, spans.map(([a, b]): Span => [a * 1000, b * 1000])]),
  );
}

const KHZ: ReadonlyMap<string | undefined, number> = new Map([
  ['MHz', 1000],
  ['GHz', 1_000_000],
]);

/** Where public mobile radio is. Outside, a number was written in another way than it is read. */
const LOWEST = 380_000;
const HIGHEST = 100_000_000;

const FREQUENCIES = /^(\d{1,6}(?:\.\d{1,6})?)(?: ?[-\u2013] ?(\d{1,6}(?:\.\d{1,6})?))? ?(MHz|GHz)$/;

/** The frequencies a text names; `undefined` where it names none that is known. */
function spansOf(text: string): readonly Span[] | undefined {
  const known = OPERATING_BANDS.get(text);
  if (known !== undefined) return known;
  const [, first, last, unit] = FREQUENCIES.exec(text) ?? [];
  const khz = KHZ.get(unit);
  if (first === undefined || khz === undefined) return undefined;
  const from = Math.round(Number(first) * khz);
  if (last === undefined) {
    const named = NAMED.get(from);
    return named === undefined ? undefined : [named];
  }
  const to = Math.round(Number(last) * khz);
  return LOWEST <= from && from < to && to <= HIGHEST ? [[from, to]] : undefined;
}

export function isBand(text: string): boolean {
  return spansOf(text) !== undefined;
}

/** Whether two bands have a frequency in common; `undefined` where one of them is not known. */
export function bandsMeet(one: string, other: string): boolean | undefined {
  if (one === other) return true;
  const [a, b] = [spansOf(one), spansOf(other)];
  if (a === undefined || b === undefined) return undefined;
  return a.some(([from, to]) => b.some(([start, end]) => from < end && start < to));
}

/** How a band is written, for whoever wrote it otherwise. */
export const BAND_WORDS =
  'a band: a range such as 3400-3800 MHz or 3.4-3.8 GHz, a 3GPP band such as n78, or one of ' +
  [...NAMED.keys()].map((khz) => `${khz / 1000} MHz`).join(', ');
